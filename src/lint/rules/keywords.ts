import { argument, keysOf, type LintTask, textOfNode } from '../lint-model.ts'
import { type Rule, when } from '../rule.ts'

const SECRET = /(?:^|_)(?:password|passwd|passphrase|secret|token|api_key|private_key)$/
const NOT_SECRET = /^(?:update_password|password_expire|password_lock|no_log|ask_pass|generate_ssh_key|password_)/

function looksSecret(task: LintTask): string | undefined {
  return [...task.args.named.keys()].find((name) => SECRET.test(name) && !NOT_SECRET.test(name))
}

function loops({ fields }: LintTask): boolean {
  return keysOf(fields).some((name) => name === 'loop' || name.startsWith('with_'))
}

const BUILTIN_TEXT = new Set(['command', 'shell', 'raw', 'script', 'win_command', 'win_shell', 'meta', 'include_tasks', 'import_tasks', 'include_vars', 'add_host', 'group_by'])

/** How tasks use keywords. */
export const KEYWORD_RULES: readonly Rule[] = [
  {
    id: 'key-order', profile: 'basic',
    meaning: 'The name is what a reader looks for first; the tasks of a block are lost when keywords follow pages later.',
    mend: 'Begin with name; put block, rescue and always last.',
    bad: '- ansible.builtin.debug: { msg: x }\n  name: Say it\n', good: '- name: Say it\n  ansible.builtin.debug: { msg: x }\n',
    task: ({ fields, isBlock }) => {
      const keys = keysOf(fields)
      const late = isBlock ? keys.slice(keys.indexOf('block') + 1).find((key) => !['rescue', 'always'].includes(key)) : undefined
      return [
        ...when(keys.includes('name') && keys[0] !== 'name', 'The name comes first', fields.keyRange('name')),
        ...when(late !== undefined && late !== 'name', `'${late ?? ''}' comes before the tasks of its block`, fields.keyRange(late ?? 'block')),
      ]
    },
    play: ({ fields }) => when(fields.has('name') && keysOf(fields)[0] !== 'name', 'The name comes first', fields.keyRange('name')),
  },
  {
    id: 'ignore-errors', profile: 'shared',
    meaning: 'ignore_errors hides every failure, also the ones nobody thought of.',
    mend: 'Say with failed_when what is no failure, or handle it with rescue. In check mode only: ignore_errors: "{{ ansible_check_mode }}".',
    bad: '- name: Try it\n  ansible.builtin.debug: { msg: x }\n  ignore_errors: true\n', good: '- name: Try it\n  ansible.builtin.debug: { msg: x }\n  ignore_errors: "{{ ansible_check_mode }}"\n',
    task: ({ fields }) => when(fields.value('ignore_errors') === true && !fields.has('register'), 'Every failure of this task is ignored', fields.keyRange('ignore_errors'), 'Use failed_when or rescue'),
  },
  {
    id: 'run-once', profile: 'production', optional: true,
    meaning: 'run_once runs once a batch, and under strategy free once a host.',
    mend: 'Make sure that the play uses the linear strategy and no serial; or put the task in a play for one host.',
    bad: '- name: Say it\n  ansible.builtin.debug: { msg: x }\n  run_once: true\n', good: '- name: Say it\n  ansible.builtin.debug: { msg: x }\n',
    task: ({ fields }) => when(fields.value('run_once') === true, 'run_once means once a batch', fields.keyRange('run_once')),
  },
  {
    id: 'partial-become', profile: 'basic',
    meaning: 'become_user alone does nothing: without become the task runs as the login user.',
    mend: 'Set become: true beside become_user.',
    bad: '- name: Say it\n  ansible.builtin.debug: { msg: x }\n  become_user: web\n', good: '- name: Say it\n  ansible.builtin.debug: { msg: x }\n  become: true\n  become_user: web\n',
    task: ({ fields }) => when(fields.has('become_user') && !fields.has('become'), 'become_user does nothing without become', fields.keyRange('become_user'), 'Add become: true'),
    play: ({ fields }) => when(fields.has('become_user') && !fields.has('become'), 'become_user does nothing without become', fields.keyRange('become_user'), 'Add become: true'),
  },
  {
    id: 'deprecated-local-action', profile: 'basic',
    meaning: 'local_action is an old spelling that editors and schemas do not know.',
    mend: 'Write the module as in other tasks, with delegate_to: localhost.',
    bad: '- name: Say it\n  local_action: ansible.builtin.debug msg=x\n', good: '- name: Say it\n  ansible.builtin.debug: { msg: x }\n  delegate_to: localhost\n',
    task: (task) => when(task.written === 'local_action', 'local_action is an old spelling', task.moduleRange, 'Use delegate_to: localhost'),
  },
  {
    id: 'no-log-password', profile: 'shared',
    meaning: 'A loop shows each of its items: a password among them ends up in the log.',
    mend: 'Set no_log: true, or loop_control: { label: ... } with something harmless.',
    bad: '- name: Users\n  ansible.builtin.user: { name: "{{ item.name }}", password: "{{ item.password }}" }\n  loop: "{{ users }}"\n', good: '- name: Users\n  ansible.builtin.user: { name: "{{ item.name }}", password: "{{ item.password }}" }\n  loop: "{{ users }}"\n  no_log: true\n',
    task: (task) => when(loops(task) && looksSecret(task) !== undefined && !task.fields.has('no_log') && !task.fields.has('loop_control'), `A loop may show '${looksSecret(task) ?? ''}'`, task.moduleRange, 'Set no_log: true'),
  },
  {
    id: 'no-free-form', profile: 'basic',
    meaning: 'key=value text is read by rules of its own: types are lost, and a blank in a value ends it.',
    mend: 'Write the arguments as a mapping.',
    bad: '- name: Say it\n  ansible.builtin.debug: msg=x\n', good: '- name: Say it\n  ansible.builtin.debug:\n    msg: x\n',
    task: (task) => {
      const isText = textOfNode(task.fields.node(task.written)) !== undefined && !BUILTIN_TEXT.has(task.module)
      const hasNames = task.args.named.size > 0 && !task.fields.has('args')
      return when(isText && hasNames && !['local_action', 'action'].includes(task.written), `The arguments of ${task.module} are written as text`, task.moduleRange, 'Write them as a mapping')
    },
  },
  {
    id: 'complexity[nesting]', profile: 'moderate',
    meaning: 'Blocks within blocks within blocks cannot be followed.',
    mend: 'Move the inner tasks to a file of their own and include it.',
    bad: '- name: A\n  block:\n    - name: B\n      block:\n        - name: C\n          block:\n            - name: D\n              block:\n                - name: E\n                  block: [{ name: F, ansible.builtin.debug: { msg: x } }]\n', good: '- name: A\n  block: [{ name: B, ansible.builtin.debug: { msg: x } }]\n',
    task: (task) => when(task.isBlock && indentOf(task) >= 4, 'Blocks are nested more than four deep', task.fields.keyRange('block')),
  },
  {
    id: 'fqcn', profile: 'production', optional: true,
    meaning: 'A short name means whichever module is found first by that name.',
    mend: 'Write the full name: ansible.builtin.copy.',
    bad: '- name: Say it\n  debug: { msg: x }\n', good: '- name: Say it\n  ansible.builtin.debug: { msg: x }\n',
    task: (task) => when(!task.isBlock && !task.written.includes('.') && !['action', 'local_action'].includes(task.written), `'${task.written}' is a short name`, task.moduleRange, 'Write its full name, such as ansible.builtin.NAME'),
  },
  {
    id: 'only-builtins', profile: 'production', optional: true,
    meaning: 'The task uses a module that does not come with ansible-core.',
    mend: 'Use a module of ansible.builtin, or name the collection in requirements.yml.',
    bad: '- name: Configure\n  community.general.ini_file: { path: /a, section: b, mode: "0644" }\n', good: '- name: Say it\n  ansible.builtin.debug: { msg: x }\n',
    task: (task) => when(task.written.includes('.') && !/^ansible\.(?:builtin|legacy)\./.test(task.written), `'${task.written}' does not come with ansible-core`, task.moduleRange),
  },
  {
    id: 'args', profile: 'basic',
    meaning: 'Arguments in args: beside a module with arguments of its own are easily overlooked.',
    mend: 'Put all of them beneath the module.',
    bad: '- name: Say it\n  ansible.builtin.debug: { msg: x }\n  args: { verbosity: 1 }\n', good: '- name: Say it\n  ansible.builtin.debug: { msg: x, verbosity: 1 }\n',
    task: (task) => when(task.fields.has('args') && task.fields.node(task.written)?.kind === 'mapping', "The module has arguments of its own, and more in 'args'", task.fields.keyRange('args')),
  },
  {
    id: 'no-prompting', profile: 'production', optional: true,
    meaning: 'A play that asks a person cannot be run by a machine.',
    mend: 'Take the value from a variable; for a pause, give seconds or minutes.',
    bad: '- name: Wait\n  ansible.builtin.pause: { prompt: Go on? }\n', good: '- name: Wait\n  ansible.builtin.pause: { seconds: 3 }\n',
    task: (task) => when(task.module === 'pause' && argument(task, 'seconds') === undefined && argument(task, 'minutes') === undefined, 'This task waits for a person', task.moduleRange),
    play: ({ fields }) => when(fields.has('vars_prompt'), 'This play asks a person', fields.keyRange('vars_prompt')),
  },
]

/** How many blocks stand around a block, told by lists within lists of the file. */
function indentOf({ range, file }: LintTask): number {
  return depthIn(file.node, range.start, 0)
}

function depthIn(node: LintTask['file']['node'], start: number, depth: number): number {
  if (node === undefined || node.range.start > start || node.range.end < start) return -1
  if (node.kind === 'sequence') return Math.max(-1, ...node.items.map((item) => depthIn(item, start, depth)))
  if (node.kind !== 'mapping') return -1
  if (node.range.start === start) return depth
  return Math.max(-1, ...node.entries.map(({ key, value }) => depthIn(value, start, depth + (['block', 'rescue', 'always'].includes(String(key.value)) ? 1 : 0))))
}
