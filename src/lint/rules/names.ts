import type { YamlMapping } from '../../yaml/node.ts'
import type { Fields } from '../../playbook/fields.ts'
import { type LintTask, keysOf, textOfNode } from '../lint-model.ts'
import { type Finding, type Rule, when } from '../rule.ts'

const SILENT = new Set(['meta', 'include_tasks', 'import_tasks', 'include_role', 'import_role', 'include_vars', 'debug', 'set_fact', 'assert', 'fail'])

function nameOf(fields: Fields): string | undefined {
  return textOfNode(fields.node('name'))
}

function nameRange(fields: Fields): LintTask['range'] {
  return fields.entries.get('name')?.value.range ?? fields.range
}

function loopVariable(fields: Fields): string {
  const control = fields.node('loop_control')
  const node = control?.kind === 'mapping' ? control.entries.find(({ key }) => key.value === 'loop_var')?.value : undefined
  return textOfNode(node) ?? ''
}

const BAD_CASE = /^[a-z]/

function variableFindings(mapping: YamlMapping): readonly Finding[] {
  return mapping.entries.flatMap(({ key }) => {
    const name = typeof key.value === 'string' ? key.value : undefined
    return name === undefined || name.startsWith('ansible_') ? [] : when(!/^[a-z_][a-z0-9_]*$/.test(name) || RESERVED.has(name), variableProblem(name), key.range)
  })
}

function variableProblem(name: string): string {
  return RESERVED.has(name) ? `The variable '${name}' hides a name that templates or plays use themselves` : `The variable '${name}' should be of lower-case letters, digits and underscores`
}

const ROLE_NAME = /^[a-z][a-z0-9_]*$/

function roleProblem(name: string): string {
  return `The role's name '${name}' should be of lower-case letters, digits and underscores`
}

/** Names that mean something of their own in templates or plays. */
const RESERVED = new Set(['hostvars', 'groups', 'group_names', 'inventory_hostname', 'inventory_hostname_short', 'play_hosts', 'environment', 'vars', 'namespace', 'lookup', 'query', 'item', 'omit', 'playbook_dir', 'role_name', 'role_path', 'true', 'false', 'none', 'and', 'or', 'not', 'in', 'is', 'if', 'else'])

/** Names of plays, tasks, roles and variables. */
export const NAME_RULES: readonly Rule[] = [
  {
    id: 'name[missing]', profile: 'basic',
    meaning: 'A task without a name shows up as its module: whoever reads the log, or looks for --start-at-task, cannot tell which one it is.',
    mend: 'Say in a few words what is so when the task is done.',
    bad: '- ansible.builtin.command: ls\n  changed_when: false\n', good: '- name: List the folder\n  ansible.builtin.command: ls\n  changed_when: false\n',
    task: ({ fields, module, moduleRange, isBlock }) => when(!isBlock && !fields.has('name') && !SILENT.has(module), 'This task has no name', moduleRange),
  },
  {
    id: 'name[play]', profile: 'basic',
    meaning: 'A play without a name shows up as its hosts pattern.',
    mend: 'Give the play a name.',
    file: 'site.yml', bad: '- hosts: all\n  tasks: []\n', good: '- name: Prepare\n  hosts: all\n  tasks: []\n',
    play: ({ fields, range }) => when(fields.has('hosts') && !fields.has('name'), 'This play has no name', fields.entries.get('hosts')?.key.range ?? range),
  },
  {
    id: 'name[casing]', profile: 'moderate',
    meaning: 'Names are read as sentences.',
    mend: 'Begin the name with a capital letter.',
    bad: '- name: list the folder\n  ansible.builtin.command: ls\n  changed_when: false\n', good: '- name: List the folder\n  ansible.builtin.command: ls\n  changed_when: false\n',
    task: ({ fields }) => when(BAD_CASE.test(nameOf(fields) ?? ''), 'Names begin with a capital letter', nameRange(fields)),
    play: ({ fields }) => when(BAD_CASE.test(nameOf(fields) ?? ''), 'Names begin with a capital letter', nameRange(fields)),
  },
  {
    id: 'name[template]', profile: 'moderate',
    meaning: 'A template at the front or in the midst of a name makes it hard to search a log for.',
    mend: 'Put what changes at the end of the name.',
    bad: '- name: "{{ a }} is listed"\n  ansible.builtin.command: ls\n  changed_when: false\n', good: '- name: "List {{ a }}"\n  ansible.builtin.command: ls\n  changed_when: false\n',
    task: ({ fields }) => when(/\}\}(?!\s*['"]?\s*$)(?!.*\{\{[^}]*\}\}\s*$)/.test(nameOf(fields) ?? ''), 'A template in a name stands at its end', nameRange(fields)),
  },
  {
    id: 'var-naming', profile: 'basic',
    meaning: 'A variable that is no plain lower-case name cannot be used in every place, or hides something that templates need.',
    mend: 'Use lower-case letters, digits and underscores, and no name that templates or plays use themselves.',
    file: 'defaults/main.yml', bad: 'MyPort: 1\n', good: 'my_port: 1\n',
    source: ({ kind, node }) => kind === 'vars' && node?.kind === 'mapping' ? variableFindings(node) : [],
    task: ({ fields, module, args }) => {
      const vars = fields.node('vars')
      const register = textOfNode(fields.node('register'))
      const registered = when(register !== undefined && !/^[a-z_][a-z0-9_]*$/.test(register), variableProblem(register ?? ''), fields.entries.get('register')?.value.range ?? fields.range)
      const set = module === 'set_fact' ? [...args.named].filter(([name]) => !name.includes('{{') && name !== 'cacheable') : []
      return [
        ...vars?.kind === 'mapping' ? variableFindings(vars) : [],
        ...registered,
        ...set.flatMap(([name, { range }]) => when(!/^[a-z_][a-z0-9_]*$/.test(name) || RESERVED.has(name), variableProblem(name), range)),
      ]
    },
    play: ({ fields }) => {
      const vars = fields.node('vars')
      return vars?.kind === 'mapping' ? variableFindings(vars) : []
    },
  },
  {
    id: 'role-name', profile: 'basic',
    meaning: 'The name of a role becomes part of names of variables and of collections, where only some characters can stand.',
    mend: 'Use lower-case letters, digits and underscores.',
    file: 'site.yml', bad: '- name: A\n  hosts: all\n  roles: [My-Role]\n', good: '- name: A\n  hosts: all\n  roles: [my_role]\n',
    play: ({ fields }) => fields.nodes('roles').flatMap((node) => {
      const name = textOfNode(node.kind === 'mapping' ? node.entries.find(({ key }) => key.value === 'role')?.value : node)
      return when(name !== undefined && !/[/.{]/.test(name) && !ROLE_NAME.test(name), roleProblem(name ?? ''), node.range)
    }),
    source: ({ role, source }) => when(role !== undefined && !ROLE_NAME.test(role) && /\/(?:tasks|meta)\/main\.ya?ml$/.test(source.path), roleProblem(role ?? ''), { file: source, start: 0, end: 1 }),
  },
  {
    id: 'loop-var-prefix', profile: 'production', optional: true,
    meaning: 'A loop inside a role that is itself used in a loop overwrites item.',
    mend: 'Name the variable after the role: loop_control: { loop_var: ROLE_item }.',
    file: 'roles/web/tasks/main.yml',
    bad: '- name: Say it\n  ansible.builtin.debug: { msg: x }\n  loop: [1]\n', good: '- name: Say it\n  ansible.builtin.debug: { msg: x }\n  loop: [1]\n  loop_control: { loop_var: web_item }\n',
    task: ({ fields, file: { role } }) => {
      const loop = keysOf(fields).find((name) => name === 'loop' || name.startsWith('with_'))
      const prefix = `${role ?? ''}_`
      const isOwn = loopVariable(fields).replace(/^_+/, '').startsWith(prefix)
      return when(role !== undefined && loop !== undefined && !isOwn, `The loop variable should begin with '${prefix}'`, fields.keyRange(loop ?? 'name'))
    },
  },
]
