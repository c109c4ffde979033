import type { SourceRange } from '../../diagnostics/types.ts'
import { type LintTask, textOfNode } from '../lint-model.ts'
import { type Rule, when } from '../rule.ts'

interface Condition {
  readonly text: string
  readonly range: SourceRange
}

const KEYWORDS = ['when', 'changed_when', 'failed_when', 'until']

function conditionsOf({ fields }: LintTask): readonly Condition[] {
  return KEYWORDS.flatMap((name) => fields.nodes(name)).flatMap((node) => {
    const text = textOfNode(node)
    return text === undefined ? [] : [{ text, range: node.range }]
  })
}

/** Habits of conditions. */
export const CONDITION_RULES: readonly Rule[] = [
  {
    id: 'literal-compare', profile: 'basic',
    meaning: 'Comparing with true or false is not the same as being true or false: "yes" and 1 are neither.',
    mend: 'Write the value itself, with `| bool` where it may be text: `when: wanted | bool`, `when: not wanted`.',
    bad: '- name: Say it\n  ansible.builtin.debug: { msg: x }\n  when: wanted == true\n', good: '- name: Say it\n  ansible.builtin.debug: { msg: x }\n  when: wanted | bool\n',
    task: (task) => conditionsOf(task).flatMap(({ text, range }) => when(/[=!]=\s*(?:true|false)\b/i.test(text), 'A condition need not be compared with true or false', range)),
  },
  {
    id: 'empty-string-compare', profile: 'basic', optional: true,
    meaning: 'Comparing with an empty text says less than it means: null and an empty list are empty too.',
    mend: 'Ask for the length: `when: name | length > 0`.',
    bad: "- name: Say it\n  ansible.builtin.debug: { msg: x }\n  when: name != ''\n", good: '- name: Say it\n  ansible.builtin.debug: { msg: x }\n  when: name | length > 0\n',
    task: (task) => conditionsOf(task).flatMap(({ text, range }) => when(/[=!]=\s*(?:""|'')/.test(text), 'A condition compares with an empty text', range)),
  },
  {
    id: 'no-jinja-when', profile: 'basic',
    meaning: 'A condition is an expression already. Braces in it are evaluated first, and what they give is then evaluated again, or refused.',
    mend: 'Leave the braces away: `when: a == b`.',
    bad: '- name: Say it\n  ansible.builtin.debug: { msg: x }\n  when: "{{ a == b }}"\n', good: '- name: Say it\n  ansible.builtin.debug: { msg: x }\n  when: a == b\n',
    task: (task) => conditionsOf(task).flatMap(({ text, range }) => when(/\{\{|\{%/.test(text), 'A condition holds template braces', range, 'Leave the braces away')),
  },
]
