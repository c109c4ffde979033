import { createHash } from 'node:crypto'
import { join } from 'node:path/posix'
import type { ArgumentsOf } from '../module/argument-spec.ts'
import { defineModule } from '../module/define-module.ts'
import { ModuleFailure } from '../module/module.ts'
import type { ScriptProbe } from '../remote/probe.ts'
import { quote } from '../text/shell-quote.ts'
import { applyTextChange, observeTextFile, textChange, textDestroyed, type TextFile } from './files/text-file.ts'

const args = {
  name: { type: 'str', required: true, description: 'Name of the file.' },
  commands: { type: 'list', elements: 'str', description: 'Commands that may be run.' },
  user: { type: 'str', description: 'Who may.' },
  group: { type: 'str', description: 'Which group may.' },
  state: { type: 'str', default: 'present', choices: ['present', 'absent'], description: 'Whether the file is to be there.' },
  host: { type: 'str', default: 'ALL', description: 'On which hosts.' },
  runas: { type: 'str', description: 'As whom.' },
  nopassword: { type: 'bool', default: true, description: 'Whether no password is asked for.' },
  noexec: { type: 'bool', default: false, description: 'Whether the commands may not start others.' },
  setenv: { type: 'bool', default: false, description: 'Whether variables may be handed over.' },
  defaults: { type: 'list', elements: 'str', description: 'Settings of sudo for this user or group.' },
  sudoers_path: { type: 'str', default: '/etc/sudoers.d', description: 'Folder of the file.' },
  validation: { type: 'str', default: 'detect', choices: ['absent', 'detect', 'required'], description: 'Whether visudo judges the rule first; by default where it is there.' },
} as const

/** `community.general.sudoers`: one rule of sudo in a file of its own. */
export const sudoers = defineModule({
  name: 'sudoers',
  aliases: ['community.general.sudoers'],
  summary: 'Keep a rule of sudo in a file of its own.',
  args,
  constraints: { exclusive: [['user', 'group']], requiredIf: [['state', 'present', ['commands']]] },
  examples: [{ name: 'The backup user may read everything', args: { name: 'backup', user: 'backup', commands: ['/usr/bin/rsync --server *'], runas: 'root' } }],
  prepare: async (given: ArgumentsOf<typeof args>): Promise<WantedRule> => ({
    ...given, path: join(given.sudoers_path, given.name), text: given.state === 'absent' ? undefined : ruleText(given),
  }),
  observe: async ({ path, text, validation }, remote): Promise<TextFile> => {
    const [file, problem] = await Promise.all([observeTextFile(path, remote), text === undefined || validation === 'absent' ? undefined : remote.read(validProbe(text, validation))])
    if (problem !== undefined) throw new ModuleFailure(problem)
    return file
  },
  diff: ({ text }, before) => textChange(before, text, { mode: '0440' }),
  apply: async (_wanted, change, remote) => {
    await applyTextChange(change, remote)
    return undefined
  },
  destroys: (_wanted, change) => textDestroyed(change),
})

interface WantedRule extends ArgumentsOf<typeof args> {
  readonly path: string
  readonly text: string | undefined
}

function ruleText(given: ArgumentsOf<typeof args>): string {
  const { user, group, host, commands = [], defaults = [] } = given
  if (user === undefined && group === undefined) throw new ModuleFailure('A rule needs a user or a group')
  const owner = user ?? `%${group ?? ''}`
  return `${defaults.map((line) => `Defaults:${owner} ${line}\n`).join('')}${owner} ${host}=${tagsOf(given)} ${commands.join(', ')}\n`
}

function tagsOf({ runas, noexec, nopassword, setenv }: ArgumentsOf<typeof args>): string {
  return `${runas === undefined ? '' : `(${runas})`}${noexec ? 'NOEXEC:' : ''}${nopassword ? 'NOPASSWD:' : ''}${setenv ? 'SETENV:' : ''}`
}

/** What visudo has against it. */
function validProbe(text: string, validation: 'detect' | 'required'): ScriptProbe<string | undefined> {
  const missing = validation === 'required' ? "{ echo 'Failed to find required executable \"visudo\"'; exit 1; }" : 'exit 0'
  return {
    kind: 'script',
    key: `visudo:${createHash('sha256').update(text).digest('hex')}`,
    script: `command -v visudo >/dev/null || ${missing}\nprintf '%s' ${quote(text)} | visudo -c -f - 2>&1`,
    parse: ({ status, stdout }) => status === 0 ? undefined : `Failed to validate sudoers rule:\n${stdout.toString('utf8').trim()}`,
  }
}
