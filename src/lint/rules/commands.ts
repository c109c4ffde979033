import { commandText, type LintTask } from '../lint-model.ts'
import { type Rule, when } from '../rule.ts'

/** Programs that a module does better, by the program's name. */
const MODULE_FOR: Readonly<Record<string, string>> = {
  'apt-get': 'apt', 'apt': 'apt', 'apt-key': 'apt_key', aptitude: 'apt', chkconfig: 'service', curl: 'get_url or uri', wget: 'get_url or uri', dnf: 'dnf', yum: 'yum',
  git: 'git', hg: 'hg', svn: 'subversion', mount: 'mount', umount: 'mount', patch: 'patch', pip: 'pip', rpm: 'package', rsync: 'synchronize', sed: 'lineinfile or replace',
  service: 'service', systemctl: 'systemd', supervisorctl: 'supervisorctl', tar: 'unarchive', unzip: 'unarchive', useradd: 'user', usermod: 'user', userdel: 'user',
  groupadd: 'group', groupdel: 'group', chmod: 'file', chown: 'file', chgrp: 'file', ln: 'file', mkdir: 'file', rmdir: 'file', rm: 'file', touch: 'file', cp: 'copy',
  crontab: 'cron', hostname: 'hostname', sysctl: 'sysctl', pkill: 'service',
}

/** Calls of those programs that only look, or that no module does. */
const FINE_CALLS = /^(?:git (?:branch|describe|log|ls-files|ls-remote|lfs|rev-parse|rev-list|show|status|diff|config|-C)|systemctl (?:--|is-|list|show|status|get-default|set-default|cat|daemon-reexec|kill|set-environment)|rpm -q|apt-cache|yum (?:clean|history|info|list)|dnf (?:clean|history|info|list)|sysctl -n|crontab -l|tar -?t|mount$|supervisorctl (?:status|pid|reread|update)|hostname(?: -\w)?$)/

/** Shell marks that `command` cannot do. */
const NEEDS_SHELL = /[&|<>;$\n*?{}`()[\]~#]|^\s*(?:[A-Za-z_]\w*=|(?:cd|source|\.|export|set|test|ulimit|umask|command|type|alias|exec|eval|read|wait|trap) )/

function text(task: LintTask): string | undefined {
  return commandText(task)?.trim()
}

function program(task: LintTask): string {
  return /^\S+/.exec(text(task) ?? '')?.[0].split('/').at(-1) ?? ''
}

function mayBeUnchanged({ fields, args, isHandler }: LintTask): boolean {
  return isHandler || fields.has('changed_when') || args.named.has('creates') || args.named.has('removes') || fields.has('loop_control') && fields.has('until')
}

function isWrittenShell(task: LintTask): boolean {
  return ['shell', 'ansible.builtin.shell'].includes(task.written)
}

/** Habits of tasks that run commands. */
export const COMMAND_RULES: readonly Rule[] = [
  {
    id: 'no-changed-when', profile: 'shared',
    meaning: 'A command is always reported as changed, so a second run never says that all is well, and handlers run for nothing.',
    mend: 'Say with changed_when what counts as a change, or with creates or removes what makes the command needless. Handlers need none of it.',
    bad: '- name: Load the rules\n  ansible.builtin.command: fw-load rules\n', good: '- name: Load the rules\n  ansible.builtin.command: fw-load rules\n  changed_when: false\n',
    task: (task) => when(text(task) !== undefined && ['command', 'shell', 'raw'].includes(task.module) && !mayBeUnchanged(task), `This ${task.module} task is always reported as changed`, task.moduleRange, 'Add changed_when, creates or removes'),
  },
  {
    id: 'command-instead-of-module', profile: 'basic',
    meaning: 'There is a module for what this program does. It knows whether anything must be done, shows what it changed and works in check mode.',
    mend: 'Use the module that the message names. Where the command itself is meant, add `# noqa: command-instead-of-module`.',
    bad: '- name: Fetch it\n  ansible.builtin.command: /usr/bin/curl -O http://a/b\n  changed_when: true\n', good: '- name: Fetch it\n  ansible.builtin.get_url: { url: "http://a/b", dest: /b, mode: "0644" }\n',
    task: (task) => {
      const known = ['command', 'shell'].includes(task.module) && Object.hasOwn(MODULE_FOR, program(task)) ? MODULE_FOR[program(task)] : undefined
      const fine = FINE_CALLS.test((text(task) ?? '').replace(/^\S*\//, '')) || NEEDS_SHELL.test(text(task) ?? '') && isWrittenShell(task)
      return when(known !== undefined && !fine, `'${program(task)}' is run by ${task.module}: there is a module for it`, task.moduleRange, `Use ${known ?? ''}`)
    },
  },
  {
    id: 'command-instead-of-shell', profile: 'basic',
    meaning: 'The command uses nothing of a shell. The shell adds a process, and its quoting rules turn odd values into other commands.',
    mend: 'Use command instead of shell.',
    bad: '- name: Say it\n  ansible.builtin.shell: echo hello\n  changed_when: false\n', good: '- name: Say it\n  ansible.builtin.shell: echo hello | tee /x\n  changed_when: false\n',
    task: (task) => when(isWrittenShell(task) && text(task) !== undefined && !NEEDS_SHELL.test(text(task) ?? '') && !task.args.named.has('executable'), 'The shell is not needed for this command', task.moduleRange, 'Use command'),
  },
  {
    id: 'risky-shell-pipe', profile: 'safety',
    meaning: 'The status of a pipeline is that of its last command, so a failure of an earlier one goes unnoticed.',
    mend: 'Begin with `set -o pipefail`, in a shell that knows it: args: { executable: /bin/bash }.',
    bad: '- name: Count\n  ansible.builtin.shell: cat /a | wc -l\n  changed_when: false\n', good: '- name: Count\n  ansible.builtin.shell: set -o pipefail && cat /a | wc -l\n  args: { executable: /bin/bash }\n  changed_when: false\n',
    task: (task) => {
      const pipes = /(?:^|[^|])\|(?:[^|]|$)/.test((text(task) ?? '').replaceAll(/\{\{.*?\}\}|'[^']*'|"[^"]*"/gs, ''))
      return when(task.module === 'shell' && pipes && !/pipefail/.test(text(task) ?? '') && !task.fields.has('ignore_errors'), 'A failure before the last | goes unnoticed', task.moduleRange, 'Begin with set -o pipefail')
    },
  },
  {
    id: 'inline-env-var', profile: 'basic',
    meaning: 'command runs no shell, so `NAME=value program` looks for a program called NAME=value.',
    mend: 'Give the variable with environment:, or use shell.',
    bad: '- name: Build\n  ansible.builtin.command: MODE=fast make\n  changed_when: true\n', good: '- name: Build\n  ansible.builtin.command: make\n  environment: { MODE: fast }\n  changed_when: true\n',
    task: (task) => when(task.module === 'command' && /^[A-Za-z_]\w*=\S*\s/.test(text(task) ?? '') && !/^(?:chdir|creates|removes|executable|stdin|warn|cmd|argv|strip_empty_ends|expand_argument_vars|stdin_add_newline)=/.test(text(task) ?? ''), 'command cannot set a variable of the environment', task.moduleRange, 'Use environment:'),
  },
  {
    id: 'no-handler', profile: 'shared',
    meaning: 'A task that runs when another one changed is a handler: notified by many it still runs once, and --force-handlers and a failure treat it as one.',
    mend: 'Make it a handler and notify it.',
    bad: '- name: Restart\n  ansible.builtin.service: { name: a, state: restarted }\n  when: config.changed\n', good: '- name: Restart\n  ansible.builtin.service: { name: a, state: restarted }\n  when: config.changed and other.changed\n',
    task: ({ fields, isHandler }) => {
      const conditions = fields.values('when').map(String)
      const follows = conditions.length === 1 && /^\s*\w+(?:\.changed|\[["']changed["']\]|\s+is\s+changed)\s*$/.test(sourceOf(fields.values('when')[0]))
      return when(!isHandler && follows, 'This task runs when another one changed: that is what handlers are for', fields.entries.get('when')?.value.range ?? fields.range)
    },
  },
]

function sourceOf(value: unknown): string {
  return typeof value === 'object' && value !== null && 'source' in value ? String(value.source) : String(value)
}
