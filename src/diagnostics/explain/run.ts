import { type Explanation, onRun, plays, running } from './explanation.ts'

/** What is wrong with a call, or goes wrong in a run. */
export const RUN_EXPLANATIONS = {
  'task-failed': {
    meaning: 'A task failed on a host, and nothing expected or caught it. The host takes no further part; what it said is shown below the message.',
    mend: 'See to what the host said. Failures can be allowed for with failed_when, ignore_errors or rescue.',
    example: running('- command: "false"'),
  },
  unreachable: {
    meaning: 'The host could not be connected to, or the connection was lost.',
    mend: 'See that its address, port, user and keys are right: `ssh -v HOST` tells more.',
    example: { files: { 'site.yml': '- hosts: all\n  gather_facts: false\n  tasks: [{ ping: {} }]\n', hosts: 'away ansible_host=127.0.0.1 ansible_port=1\n' }, call: ['run', 'site.yml', '-i', 'hosts', '--no-journal'], onTerminal: true },
  },
  'extra-vars': {
    meaning: 'What -e was given is neither name=value pairs nor JSON or YAML of a mapping.',
    mend: 'Write -e name=value, -e \'{"name": "value"}\' or -e @file.yml.',
    example: { ...plays('- hosts: all\n'), call: ['run', 'site.yml', '-i', 'hosts', '-e', '[1]', '--syntax-check', '--no-journal'] },
  },
  'nothing-to-run': {
    meaning: 'exec was given hosts, but neither a command nor a module.',
    mend: 'Write tsplay exec HOSTS COMMAND, or -m MODULE -a ARGUMENTS.',
    example: { files: { hosts: 'a\n' }, call: ['exec', 'all', '-i', 'hosts', '--no-journal'] },
  },
  'unknown-run': {
    meaning: 'The journal holds no run of this name.',
    mend: '`tsplay runs list` shows those that it holds.',
    example: { files: {}, call: ['runs', 'show', 'gone', '--journal', '.'] },
  },
  'bad-lint-settings': {
    meaning: 'The settings of tsplay lint cannot be used.',
    mend: 'Correct what the message names.',
    example: { files: { 'site.yml': '[]\n', 'lint.yml': 'profile: safty\n' }, call: ['lint', 'site.yml', '--config', 'lint.yml'] },
  },
  'unknown-host': {
    meaning: 'The inventory has no host of this name.',
    mend: 'Use the name that the hint suggests, or another inventory.',
    example: { files: { hosts: 'web1\n' }, call: ['vars', 'web2', '-i', 'hosts'] },
  },
  'unknown-schema': {
    meaning: 'There is no JSON Schema of this name.',
    mend: '`tsplay schema` lists those that there are.',
    example: { files: {}, call: ['schema', 'playbok'] },
  },
  'unknown-code': {
    meaning: 'There is no diagnostic or rule of this name.',
    mend: '`tsplay explain --list` shows all of them.',
    example: { files: {}, call: ['explain', 'unknown-kyword'] },
  },
  vault: {
    meaning: 'A vault-encrypted text or file cannot be decrypted: no password was given, none fits, or it is damaged.',
    mend: 'Give the password with --vault-password-file, --vault-id or --ask-vault-pass.',
    example: plays('$ANSIBLE_VAULT;1.1;AES256\n6162\n'),
  },
  'vault-secret': {
    meaning: 'One of several vault passwords could not be had; the others may do.',
    mend: 'See to the file or script that the message names.',
    example: 'A --vault-id names a file that is not there, and another one is given too.',
  },
  'run-failed': {
    meaning: 'The run as a whole could not go on, for a reason that is no host\'s.',
    mend: 'The message tells the reason. With a stack of calls it is a mistake of tsplay: please report it.',
    example: 'An inventory plugin fails when the inventory is read again during the run.',
  },
  'journal-failed': {
    meaning: 'The record of the run cannot be written any more. The run goes on, but what it changes from here on cannot be looked up or taken back.',
    mend: 'See that the disk has room and that the folder of --journal can be written.',
    example: 'The disk that holds .tsplay is full.',
  },
  'retry-file': {
    meaning: 'The list of hosts that failed could not be written.',
    mend: 'Set retry_files_save_path to a folder that can be written, or turn retry_files_enabled off.',
    example: 'Hosts failed, retry files are wanted, and the folder of the playbook cannot be written.',
  },
  'fact-cache': {
    meaning: 'Facts are to be kept from run to run, and the folder for them cannot be used.',
    mend: 'Set fact_caching_connection to a folder that can be written.',
    example: 'fact_caching is jsonfile and fact_caching_connection names a file.',
  },
  'no-answer': {
    meaning: 'A question must be answered, and there is nobody to ask: standard input is no terminal.',
    mend: 'Give the answer with -e NAME=VALUE, or the password by a file.',
    example: onRun(plays('- hosts: all\n  gather_facts: false\n  vars_prompt: [{ name: version }]\n')),
  },
  'not-interactive': {
    meaning: 'A play asks for a variable, and there is nobody to ask: its default is used.',
    mend: 'Give the value with -e NAME=VALUE.',
    example: onRun(plays('- hosts: all\n  gather_facts: false\n  vars_prompt: [{ name: version, default: 1 }]\n')),
  },
  'no-hosts': {
    meaning: 'The limit leaves no host of the inventory.',
    mend: 'Correct -l; it takes the same patterns as hosts.',
    example: { ...onRun(plays('- hosts: all\n')), call: ['run', 'site.yml', '-i', 'hosts', '-l', 'nobody', '--no-journal'] },
  },
  'unknown-group': {
    meaning: 'module_defaults names a group of modules (`group/NAME`) that no installed collection has, and no modules of tsplay are named after it.',
    mend: 'Write `group/NAMESPACE.COLLECTION.GROUP`, and see that collections_path leads to the collection: groups are in its meta/runtime.yml.',
    example: plays('- hosts: all\n  gather_facts: false\n  module_defaults: { group/acme.tools.all: { x: 1 } }\n  tasks: [{ ping: {} }]\n'),
  },
  'bad-group-metadata': {
    meaning: 'A collection lists something besides modules and `metadata: {extend_group: [...]}` in a group. What is odd is left out.',
    mend: 'That is for the author of the collection; the setting validate_action_group_metadata turns the warning off.',
    example: plays('- hosts: all\n  gather_facts: false\n  module_defaults: { group/acme.tools.all: { data: x } }\n  tasks: [{ ping: {} }]\n', {
      'collections/ansible_collections/acme/tools/meta/runtime.yml': 'action_groups:\n  all: [ping, metadata: [x]]\n',
    }),
  },
  'no-effect-in-free': {
    meaning: 'Where each host goes through the play by itself (strategy free or host_pinned), hosts do not wait for one another: run_once, any_errors_fatal and max_fail_percentage have no effect, as in ansible-core.',
    mend: 'Use the strategy linear for plays that need them.',
    example: onRun(plays('- hosts: all\n  strategy: free\n  gather_facts: false\n  tasks: [{ command: "true", run_once: true }]\n')),
  },
  'unusable-handler': {
    meaning: 'The name of a handler hangs on a variable that is not there, so nobody can notify it.',
    mend: 'Give the handler a plain name, or let it listen to a topic.',
    example: onRun(plays('- hosts: all\n  gather_facts: false\n  tasks:\n    - command: echo\n      notify: Restart it\n  handlers:\n    - name: Restart it\n      debug: {}\n    - name: Restart {{ what }}\n      debug: {}\n')),
  },
  'condition-delimiters': {
    meaning: 'A condition is an expression already; one that is put together from templates is evaluated twice, which is hard to read and easy to get wrong.',
    mend: 'Leave out the braces and use the variable itself.',
    example: running('- debug: {}\n  when: 1 == {{ 1 }}'),
  },
  debugger: {
    meaning: 'A task should be looked at in the debugger, and there is nobody to ask.',
    mend: 'Run it at a terminal, or take `debugger` and ANSIBLE_ENABLE_TASK_DEBUGGER away.',
    example: running('- command: "false"\n  debugger: on_failed'),
  },
  'no-action': {
    meaning: '`tsplay inventory` was not told what to show.',
    mend: 'Add --graph, --list, --host NAME or --nodes DIR.',
    example: { files: { hosts: 'a\n' }, call: ['inventory', '-i', 'hosts'] },
  },
  'module-warning': {
    meaning: 'A module did its work and has something to say about it: the text is its own.',
    mend: 'Do as it says. action_warnings = false in ansible.cfg keeps such warnings quiet.',
    example: onRun(plays('- hosts: all\n  gather_facts: false\n  tasks:\n    - command: { argv: [echo], executable: /bin/sh }\n')),
  },
  'module-deprecation': {
    meaning: 'A module says that something of it will go away: the text is its own.',
    mend: 'Do as it says. deprecation_warnings = false in ansible.cfg keeps such warnings quiet.',
    example: onRun(plays('- hosts: all\n  gather_facts: false\n  tasks:\n    - paint: {}\n', { 'library/paint.sh': '#!/bin/sh\necho \'{"changed": false, "deprecations": [{"msg": "The argument color is old"}]}\'\n' })),
  },
  'plugin-skipped': {
    meaning: 'A file with filters, tests or lookups in Python cannot be loaded: there is no python3 on the control host, or what the file imports is missing. The run goes on without it.',
    mend: 'Install what the message names, or write the plugin in TypeScript: docs/plugins.md says how.',
    example: plays('- hosts: all\n', { 'filter_plugins/mine.py': 'import nothing_of_that_name\n' }),
  },
  'plugin-failed': {
    meaning: 'A file with filters, tests, lookups or modules of your own cannot be loaded.',
    mend: 'Correct the mistake that the message tells.',
    example: plays('- hosts: all\n', { 'filter_plugins/mine.mjs': 'throw new Error("broken")\n' }),
  },
  setting: {
    meaning: 'A setting of ansible.cfg, or a variable of the environment, has a value that it cannot have.',
    mend: 'Write what the message asks for; `tsplay config list` describes all settings.',
    example: { ...plays('- hosts: all\n'), environment: { ANSIBLE_FORKS: 'many' } },
  },
  'config-file': {
    meaning: 'A settings file such as ansible.cfg cannot be read.',
    mend: 'Correct the line that is shown: [section], or name = value.',
    example: { ...plays('- hosts: all\n', { 'ansible.cfg': '[defaults\n' }), environment: { ANSIBLE_CONFIG: 'ansible.cfg' } },
  },
  'no-config-file': {
    meaning: 'There is no ansible.cfg to show.',
    mend: '`tsplay config init > ansible.cfg` begins one.',
    example: '`tsplay config view` is called where no ansible.cfg is found.',
  },
  'world-writable-folder': {
    meaning: 'Everybody may write in this folder, so an ansible.cfg in it may be anybody\'s: it is not used.',
    mend: 'chmod o-w the folder, or name the file in ANSIBLE_CONFIG.',
    example: 'ansible.cfg lies in /tmp, and tsplay is called there.',
  },
  'bad-options': {
    meaning: 'Options of the command line do not go together, or one has a value that it cannot have.',
    mend: 'Do as the message says; --help lists the options.',
    example: { files: { 'a.txt': 'x', 'p1.txt': 'one', 'p2.txt': 'two' }, call: ['vault', 'encrypt', 'a.txt', '--vault-id', 'one@p1.txt', '--vault-id', 'two@p2.txt'] },
  },
  'conflicting-options': {
    meaning: 'Options were given of which only one can be meant.',
    mend: 'Keep one of them.',
    example: { files: { hosts: 'a\n' }, call: ['inventory', '--list', '--host', 'a', '-i', 'hosts'] },
  },
} as const satisfies Readonly<Record<string, Explanation>>
