import { keysOf } from '../lint-model.ts'
import { type Rule, when } from '../rule.ts'

/** What roles and playbooks consist of. */
export const ROLE_RULES: readonly Rule[] = [
  {
    id: 'playbook-extension', profile: 'basic', meaning: 'Tools find playbooks by their extension.', mend: 'Name the file .yml or .yaml.',
    file: 'site.yaml.txt', bad: '- name: A\n  hosts: all\n', good: '',
    source: ({ kind, source }) => when(kind === 'playbook' && !/\.ya?ml$/.test(source.path), 'A playbook ends in .yml or .yaml', { file: source, start: 0, end: 1 }),
  },
  {
    id: 'empty-play', profile: 'basic', meaning: 'A play without roles and tasks only gathers facts.', mend: 'Remove it, or say gather_facts: true where facts are what it is for.',
    file: 'site.yml', bad: '- name: A\n  hosts: all\n', good: '- name: A\n  hosts: all\n  gather_facts: true\n',
    play: ({ fields, range }) => when(fields.has('hosts') && !['roles', 'tasks', 'pre_tasks', 'post_tasks', 'gather_facts', 'handlers'].some((key) => fields.has(key)), 'This play does nothing', fields.entries.get('hosts')?.key.range ?? range),
  },
  {
    id: 'duplicate-name', profile: 'basic', meaning: 'Of two handlers with one name only the last one runs, and --start-at-task finds only the first of two tasks.', mend: 'Give each its own name.',
    file: 'handlers/main.yml', bad: '- name: Restart\n  ansible.builtin.debug: { msg: x }\n- name: Restart\n  ansible.builtin.debug: { msg: y }\n', good: '- name: Restart\n  ansible.builtin.debug: { msg: x }\n',
    source: ({ kind, node }) => {
      if (kind !== 'handlers' || node?.kind !== 'sequence') return []
      const names = node.items.flatMap((item) => item.kind === 'mapping' ? item.entries.filter(({ key }) => key.value === 'name').map(({ value }) => value) : [])
      const seen = new Set<unknown>()
      return names.flatMap((name) => {
        const value = name.kind === 'scalar' ? name.value : undefined
        const again = typeof value === 'string' && seen.has(value)
        seen.add(value)
        return when(again, `Another handler is called '${String(value)}' too`, name.range)
      })
    },
  },
  {
    id: 'role-argument-spec', profile: 'production', optional: true, meaning: 'Without a spec a mistyped parameter of the role goes unnoticed.', mend: 'Describe the parameters in meta/argument_specs.yml.',
    file: 'meta/main.yml', bad: 'dependencies: []\n', good: 'dependencies: []\nargument_specs: { main: { options: {} } }\n',
    source: ({ kind, node, source }) => when(kind === 'meta' && node?.kind === 'mapping' && !keysOf(node).includes('argument_specs'), 'The role does not describe its parameters', { file: source, start: 0, end: 1 }),
  },
]
