import { type Explanation, plays, tasks } from './explanation.ts'

const role = (main: string, more: Readonly<Record<string, string>> = {}) => ({ 'roles/app/tasks/main.yml': main, ...more })

/** What is wrong with playbooks, roles and tasks. */
export const PLAYBOOK_EXPLANATIONS = {
  'unknown-keyword': {
    meaning: 'A play, block, task or role has a key that is no keyword of it. Often a typing mistake, or a key that is indented too little and belongs to the module.',
    mend: 'Use the name that the hint suggests, or move the key to where it belongs.',
    example: tasks('- debug: {}\n  wen: true'),
  },
  'missing-keyword': {
    meaning: 'Something that must be said is not said: rescue without block, a prompt without a name.',
    mend: 'Add what the message names.',
    example: tasks('- rescue: [{ debug: {} }]'),
  },
  'conflicting-keywords': {
    meaning: 'Two keywords say the same thing, and nobody can tell which one counts.',
    mend: 'Keep one of them.',
    example: plays('- hosts: all\n  user: a\n  remote_user: b\n'),
  },
  'bad-keyword': {
    meaning: 'The value of a play\'s keyword is well formed but cannot be used.',
    mend: 'Use one of the values that the message lists.',
    example: plays('- hosts: all\n  strategy: quick\n'),
  },
  'missing-module': {
    meaning: 'A task has keywords but names no module, so there is nothing to do.',
    mend: 'Add the module, or remove the task.',
    example: tasks('- name: Do it\n  become: true'),
  },
  'misplaced-meta': {
    meaning: 'A meta action stands where it has no meaning: flush_handlers as a handler, or end_role outside of a role.',
    mend: 'Move it to where it means something, or remove it.',
    example: tasks('- meta: end_role'),
  },
  'outside-role': {
    meaning: 'tasks_from (or handlers_from and so on) leads out of the folder of the role that it names.',
    mend: 'Name a file of the role; for others there is include_tasks.',
    example: tasks('- import_role: { name: app, tasks_from: ../../../other.yml }', role('- debug: {}\n', { 'other.yml': '- debug: {}\n' })),
  },
  'conflicting-actions': {
    meaning: 'A task names two modules. One task does one thing.',
    mend: 'Write a task for each.',
    example: tasks('- debug: {}\n  copy: { content: x, dest: /x }'),
  },
  'unknown-module': {
    meaning: 'There is no module of this name, in a collection or built in. `tsplay doc` lists those that are there.',
    mend: 'Use the name that the hint suggests. Modules of your own go to a library folder beside the playbook.',
    example: tasks('- coppy: { src: a, dest: /b }'),
  },
  'unusable-module': {
    meaning: 'The module is there and cannot be used: a part of it is missing, or it needs a plugin in Python on the control host.',
    mend: 'The message names the file. docs/modules-of-your-own.md tells which kinds of modules are run.',
    example: tasks('- community.general.shutdown: {}'),
  },
  'bad-arguments': {
    meaning: 'Arguments written as text are read as name=value pairs; one of the words is none.',
    mend: 'Quote values that hold blanks, or write the arguments as a mapping.',
    example: tasks('- file: path=/a state directory'),
  },
  'unexpected-free-text': {
    meaning: 'The module takes named arguments only, and was given text.',
    mend: 'Write the arguments by name.',
    example: tasks('- service: nginx'),
  },
  'unknown-argument': {
    meaning: 'The module has no argument of this name. Ansible would fail when the task runs; here it is known before.',
    mend: 'Use the name that the hint suggests; `tsplay doc MODULE` lists all of them.',
    example: tasks('- copy: { sorce: a, dest: /b }'),
  },
  'missing-argument': {
    meaning: 'The module cannot do without this argument.',
    mend: 'Add it. An argument that only sometimes has a value may be `{{ name | default(omit) }}`, but not a required one.',
    example: tasks('- copy: { content: x }'),
  },
  'invalid-argument': {
    meaning: 'The value of an argument is of the wrong type, or none of the choices there are.',
    mend: 'Use one of the values that the message lists, or a value of the type that it names.',
    example: tasks('- service: { name: a, state: runing }'),
  },
  'conflicting-arguments': {
    meaning: 'Arguments that exclude each other are given together, or ones that belong together are not.',
    mend: 'Keep or add what the message says.',
    example: tasks('- copy: { src: a, content: b, dest: /c }', { a: '' }),
  },
  'unknown-meta': {
    meaning: 'meta steers the run by one of a few actions; this is none of them.',
    mend: 'Use one that the hint lists.',
    example: tasks('- meta: flush_handler'),
  },
  'missing-hosts': {
    meaning: 'A play says on which hosts it runs; this one does not.',
    mend: 'Add hosts: a group, a host, all, or a pattern of them.',
    example: plays('- tasks: []\n'),
  },
  'empty-playbook': {
    meaning: 'The file holds no plays, so there is nothing to run.',
    mend: 'Add a play, or name another file.',
    example: plays('[]\n'),
  },
  'missing-file': {
    meaning: 'A file that the playbook names is in none of the places where it is looked for. The message lists them.',
    mend: 'Create the file, or correct its name. Only names that are known before the run are looked for so early.',
    example: tasks('- copy: { src: gone.conf, dest: /x }'),
  },
  'missing-role': {
    meaning: 'No folder of this name is in roles/ beside the playbook, in roles_path, or in a collection.',
    mend: 'Correct the name, install the role, or set roles_path.',
    example: plays('- hosts: all\n  roles: [gone]\n'),
  },
  'unknown-import': {
    meaning: 'Imports are put in place before the run, so their names cannot hang on what only the run knows.',
    mend: 'Define what the name uses in play vars or by -e, or use include_tasks or include_role.',
    example: tasks('- import_tasks: "{{ ansible_os_family }}.yml"'),
  },
  'import-loop': {
    meaning: 'A file imports itself, or a role depends on itself, directly or by way of others.',
    mend: 'Break the circle; a loop that ends can be written with include_tasks and a condition.',
    example: tasks('- import_tasks: more.yml', { 'more.yml': '- import_tasks: more.yml\n' }),
  },
  'loop-on-import': {
    meaning: 'An import is put in place before the run, when the items of a loop are not known.',
    mend: 'Use include_tasks or include_role.',
    example: tasks('- import_tasks: more.yml\n  loop: [1, 2]', { 'more.yml': '- debug: {}\n' }),
  },
  'second-loop': {
    meaning: 'A task loops once; two loops were given.',
    mend: 'Combine the lists: `loop: "{{ a | product(b) }}"`.',
    example: tasks('- debug: {}\n  loop: [1]\n  with_items: [2]'),
  },
  'removed-include': {
    meaning: 'The keyword include stood for two different things; ansible-core 2.16 removed it.',
    mend: 'Use include_tasks (evaluated during the run) or import_tasks (put in place before it).',
    example: tasks('- include: more.yml', { 'more.yml': '[]\n' }),
  },
  'role-as-handler': {
    meaning: 'A handler is one task; a role is many.',
    mend: 'Make a file of tasks that includes the role, and use include_tasks as the handler.',
    example: plays('- hosts: all\n  handlers:\n    - name: Set up\n      include_role: { name: app }\n', role('[]\n')),
  },
  'block-as-handler': {
    meaning: 'A handler is one task; a block is many.',
    mend: 'Let several handlers listen to one topic, or include a file of tasks.',
    example: plays('- hosts: all\n  handlers:\n    - name: Restart\n      block: [{ debug: {} }]\n'),
  },
  'unknown-handler': {
    meaning: 'A task notifies a handler that is not there: when the task changes something, the run would fail.',
    mend: 'Use the name that the hint suggests, or add the handler. Handlers of roles that are included are known only during the run, and are not missed.',
    example: tasks('- command: ls\n  notify: Restart it'),
  },
  'bad-variable-name': {
    meaning: 'Templates can use only names of letters, digits and underscores that do not start with a digit, and read true, false, none and not as what they mean in an expression.',
    mend: 'Rename the variable.',
    example: tasks('- debug: {}\n  register: my-result'),
  },
  'reserved-name': {
    meaning: 'A variable has a name that plays or templates use themselves: one of the two is hidden.',
    mend: 'Rename the variable.',
    example: plays('- hosts: all\n  vars: { hosts: 1 }\n'),
  },
  'unmatched-pattern': {
    meaning: 'No host or group matches a part of a pattern. The play runs on the others; when there are none, it is skipped.',
    mend: 'Correct the name, or give the inventory that defines it with -i.',
    example: plays('- hosts: wbe\n', { hosts: '[web]\na\n' }),
  },
  'bad-pattern': {
    meaning: 'A host pattern that begins with ~ is a regular expression; this one cannot be read.',
    mend: 'Correct the expression.',
    example: plays('- hosts: "~web("\n', { hosts: 'a\n' }),
  },
} as const satisfies Readonly<Record<string, Explanation>>
