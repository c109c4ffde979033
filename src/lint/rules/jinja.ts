import type { SourceRange } from '../../diagnostics/types.ts'
import { isLoopKey } from '../../playbook/read-loop.ts'
import { TemplateString } from '../../value/template-string.ts'
import type { YamlNode } from '../../yaml/node.ts'
import type { LintFile } from '../lint-file.ts'
import { textOfNode } from '../lint-model.ts'
import { type Finding, type Rule, when } from '../rule.ts'

function templatesOf({ node }: LintFile): readonly TemplateString[] {
  return node === undefined ? [] : inNode(node)
}

function inNode(node: YamlNode): readonly TemplateString[] {
  if (node.kind === 'sequence') return node.items.flatMap(inNode)
  if (node.kind === 'mapping') return node.entries.flatMap(({ key, value }) => [...inNode(key), ...inNode(value)])
  return node.value instanceof TemplateString ? [node.value] : []
}

/** `{{x}}`, `{{ x}}`: a blank belongs on both sides, a line break may stand for it. */
function badSpacing(template: TemplateString): readonly Finding[] {
  const { source, range } = template
  if (range === undefined) return []
  const found = [...source.matchAll(/\{\{([-+]?)(.*?)([-+]?)\}\}/gs)].filter(([, , inner = '']) => !/^\s.*\s$/s.test(inner) || /^ {2,}\S|\S {2,}$/.test(inner))
  return found.map(([text = '']) => ({ message: `Put one blank inside the braces of ${text.length > 40 ? `${text.slice(0, 38)}…` : text}`, range: placeIn(range, text) }))
}

function badPipes({ source, range }: TemplateString): readonly Finding[] {
  if (range === undefined) return []
  const expressions = [...source.matchAll(/\{\{(.*?)\}\}/gs)].map(([, inner = '']) => inner.replaceAll(/'[^']*'|"[^"]*"/g, (text) => '_'.repeat(text.length)))
  const pipes = expressions.flatMap((inner) => [...inner.matchAll(/\S\|\w|\w\|\s|\s\|\w/g)].map(([text]) => text))
  return pipes.slice(0, 1).map(() => ({ message: 'Put a blank on both sides of a filter\'s |', range }))
}

/** Where a part of a template stands in the file; the whole template when YAML folded it. */
function placeIn({ file, start, end }: SourceRange, text: string): SourceRange {
  const at = file.text.indexOf(text, start)
  return at === -1 || at >= end ? { file, start, end } : { file, start: at, end: at + text.length }
}

/** Habits of templates. */
export const JINJA_RULES: readonly Rule[] = [
  {
    id: 'jinja[spacing]', profile: 'basic',
    meaning: 'Templates are read more often than written: `{{ name | filter }}` is how the rest of the world writes them.',
    mend: 'One blank inside the braces, and one on both sides of |.',
    bad: '- name: Say it\n  ansible.builtin.debug: { msg: "{{x}} {{ y|upper }}" }\n', good: '- name: Say it\n  ansible.builtin.debug: { msg: "{{ x }} {{ y | upper }}" }\n',
    source: (file) => templatesOf(file).flatMap((template) => {
      const spacing = badSpacing(template)
      return spacing.length > 0 ? spacing : badPipes(template)
    }),
  },
  {
    id: 'deprecated-bare-vars', profile: 'basic',
    meaning: 'A loop over a bare name loops over the name itself: it is text, not the variable.',
    mend: 'Write `with_items: "{{ name }}"`, or better loop: "{{ name }}".',
    bad: '- name: Say it\n  ansible.builtin.debug: { msg: x }\n  with_items: names\n', good: '- name: Say it\n  ansible.builtin.debug: { msg: x }\n  with_items: "{{ names }}"\n',
    task: ({ fields }) => [...fields.entries].filter(([name]) => isLoopKey(name) && !TEXT_LOOPS.has(name)).flatMap(([name, { value }]) => {
      const text = textOfNode(value)
      return when(text !== undefined && /^[A-Za-z_]\w*$/.test(text.trim()), `'${name}' loops over the text '${text ?? ''}', not over a variable`, value.range, `Write "{{ ${text ?? ''} }}"`)
    }),
  },
]

const TEXT_LOOPS = new Set(['with_fileglob', 'with_filetree', 'with_lines', 'with_sequence', 'with_inventory_hostnames', 'with_file', 'with_first_found', 'with_env', 'with_password', 'with_pipe', 'with_url', 'with_template'])
