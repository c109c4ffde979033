import type { LintFile } from '../lint-file.ts'
import { type Finding, type Rule } from '../rule.ts'

interface Line {
  readonly text: string
  readonly start: number
}

function linesOf({ source }: LintFile): readonly Line[] {
  let start = 0
  return source.text.split('\n').map((text) => {
    const line = { text, start }
    start += text.length + 1
    return line
  })
}

/** A finding for each line that matches, at what matches. */
function perLine(file: LintFile, pattern: RegExp, message: string): readonly Finding[] {
  if (file.kind === 'template') return []
  return linesOf(file).flatMap(({ text, start }) => {
    const match = pattern.exec(text)
    return match === null ? [] : [{ message, range: { file: file.source, start: start + match.index, end: start + match.index + Math.max(1, match[0].length) } }]
  })
}

const LONGEST = 160

/** How YAML files are written. */
export const YAML_RULES: readonly Rule[] = [
  {
    id: 'yaml[trailing-spaces]', profile: 'basic', meaning: 'Blanks at the end of a line show up in every diff and mean nothing, or, in block text, too much.', mend: 'Remove them.',
    bad: '- name: Say it  \n  ansible.builtin.debug: { msg: x }\n', good: '- name: Say it\n  ansible.builtin.debug: { msg: x }\n',
    source: (file) => perLine(file, /[ \t]+\r?$/, 'Blanks end the line'),
  },
  {
    id: 'yaml[line-length]', profile: 'moderate', meaning: `A line of more than ${LONGEST} characters cannot be read beside its neighbour in a diff.`, mend: 'Break it: folded text (`>-`) joins its lines again.',
    bad: `- name: Say it\n  ansible.builtin.debug: { msg: "${'x '.repeat(90)}" }\n`, good: '- name: Say it\n  ansible.builtin.debug: { msg: x }\n',
    source: (file) => perLine(file, new RegExp(`^(?=.{${LONGEST + 1}})(?=.*\\s.*\\S).{${LONGEST}}`), `The line is longer than ${LONGEST} characters`)
      .map((finding) => ({ ...finding, range: { ...finding.range, start: finding.range.end - 1 } })),
  },
  {
    id: 'yaml[truthy]', profile: 'basic', meaning: 'yes, no, on and off are booleans to Ansible and text to most other readers of YAML.', mend: 'Write true or false.',
    bad: '- name: Say it\n  ansible.builtin.debug: { msg: x }\n  become: yes\n', good: '- name: Say it\n  ansible.builtin.debug: { msg: x }\n  become: true\n',
    source: (file) => perLine(file, /(?<=^[^#'"]*[\w"'\]]:\s+)(?:yes|no|on|off|Yes|No|On|Off|YES|NO|ON|OFF|True|False|TRUE|FALSE)(?=\s*(?:[,}]|\s#.*)?$)/, 'Write true or false'),
  },
  {
    id: 'yaml[new-line-at-end-of-file]', profile: 'basic', meaning: 'A file whose last line does not end joins what is appended to it.', mend: 'End the file with one line break.',
    bad: '- name: Say it\n  ansible.builtin.debug: { msg: x }', good: '- name: Say it\n  ansible.builtin.debug: { msg: x }\n',
    source: ({ source, kind }) => {
      const end = source.text.length
      if (kind === 'template' || end === 0 || source.text.endsWith('\n')) return []
      return [{ message: 'The last line does not end', range: { file: source, start: end - 1, end } }]
    },
  },
  {
    id: 'yaml[empty-lines]', profile: 'moderate', meaning: 'One empty line sets things apart; more of them are an accident.', mend: 'Leave at most two.',
    bad: '- name: Say it\n\n\n\n  ansible.builtin.debug: { msg: x }\n', good: '- name: Say it\n  ansible.builtin.debug: { msg: x }\n',
    source: ({ source, kind }) => {
      const match = kind === 'template' ? null : /\n[ \t]*\n[ \t]*\n[ \t]*\n/.exec(source.text)
      return match === null ? [] : [{ message: 'More than two empty lines', range: { file: source, start: match.index + 1, end: match.index + 2 } }]
    },
  },
  {
    id: 'no-tabs', profile: 'basic', meaning: 'A tab in a value is rarely meant, and cannot be seen.', mend: 'Write \\t in double quotes, or blanks.',
    bad: '- name: Say it\n  ansible.builtin.debug: { msg: "a\tb" }\n', good: '- name: Say it\n  ansible.builtin.debug: { msg: "a\\tb" }\n',
    source: (file) => perLine(file, /\t/, 'The line holds a tab'),
  },
]
