import type { ArgumentsOf } from '../module/argument-spec.ts'
import { defineModule } from '../module/define-module.ts'
import { ModuleFailure, type Change } from '../module/module.ts'
import type { ExecResult } from '../remote/exec.ts'
import type { ScriptProbe } from '../remote/probe.ts'
import { CommandError, type FileWrites, type Remote } from '../remote/remote.ts'
import { quote, quoteAll } from '../text/shell-quote.ts'
import { ifUnknown, UnknownValueError } from '../value/unknown.ts'
import type { JsonObject } from '../value/value.ts'

interface GitSetting {
  readonly values: readonly string[]
  /** Files that git writes it to. */
  readonly files: readonly string[]
}

const args = {
  name: { type: 'str', description: 'The setting: `core.editor`.' },
  list_all: { type: 'bool', default: false, description: 'Tell all settings of the scope as `config_values`, and change none.' },
  repo: { type: 'path', description: 'Repository of the scope `local`.' },
  file: { type: 'path', description: 'File of the scope `file`.' },
  scope: { type: 'str', choices: ['file', 'local', 'global', 'system'], description: 'Where it is set; default: `system`.' },
  state: { type: 'str', default: 'present', choices: ['present', 'absent'], description: 'Whether it is to be set.' },
  value: { type: 'str', description: 'Its value; without one, what it is comes back as `config_value`.' },
  add_mode: { type: 'str', default: 'replace-all', choices: ['add', 'replace-all'], description: 'Whether the value replaces all others or is added to them.' },
} as const

/** `community.general.git_config`: settings of git. */
export const gitConfig = defineModule({
  name: 'git_config',
  aliases: ['community.general.git_config'],
  asksInEnvironment: true,
  summary: 'Keep a setting of git.',
  args,
  constraints: { oneOf: [['name', 'list_all']], exclusive: [['name', 'list_all'], ['value', 'list_all']], requiredIf: [['scope', 'local', ['repo']], ['scope', 'file', ['file']], ['list_all', false, ['name']]] },
  examples: [
    { name: 'A folder that belongs to another user is safe', args: { name: 'safe.directory', value: '/srv/app', scope: 'global', add_mode: 'add' } },
    { name: 'Nothing is set any more', args: { name: 'alias.ci', scope: 'system', state: 'absent' } },
  ],
  observe: (wanted: WantedSetting, remote) => observeSetting(wanted, remote),
  diff: (wanted, before) => {
    if (wanted.list_all) return undefined
    const values = wantedValues(wanted, before.values)
    if (values === before.values) return undefined
    const header = gitWords(wanted).join(' ')
    return {
      before, after: { ...before, values }, fields: { msg: 'setting changed' },
      diff: [{ before: shown(before.values), after: shown(values), beforeHeader: header, afterHeader: header }],
    }
  },
  apply: async (wanted, { before, after }, remote) => {
    await remote.write({
      summary: `Set ${nameOf(wanted)} of git`,
      command: { script: setScript(wanted, before.values, after.values), directory: folderOf(wanted) },
      effects: { keys: ['git:*'] },
      foretold: { paths: after.files, write: (files) => foretellFile(wanted, { before, after }, { files, remote }) },
    })
    return undefined
  },
  result: ({ state, value, list_all: lists }, { values }) => ({
    msg: state === 'absent' && values.length === 0 ? 'no setting to unset' : '',
    ...lists ? { config_values: byName(values) } : state === 'present' && value === undefined ? { config_value: values[0] ?? '' } : {},
  }),
  undo: 'swap',
})

type WantedSetting = ArgumentsOf<typeof args>

function wantedValues({ state, value, add_mode: mode }: WantedSetting, values: readonly string[]): readonly string[] {
  if (state === 'absent') return values.length === 0 ? values : []
  if (value === undefined) return values
  if (value === '') throw new ModuleFailure('If state=present, a value must be specified.')
  if (values.includes(value) && (values.length === 1 || mode === 'add')) return values
  return mode === 'add' ? [...values, value] : [value]
}

/** Each setting is its name, a line end and its value; of several values the last counts. */
function byName(settings: readonly string[]): JsonObject {
  return Object.fromEntries(settings.map((setting) => [setting.split('\n', 1)[0] ?? '', setting.slice(setting.indexOf('\n') + 1)]))
}

/** Nothing for all of them. */
const nameOf = ({ name = '' }: WantedSetting): string => name

function gitWords({ scope = 'system', file = '' }: WantedSetting): readonly string[] {
  return ['git', 'config', '--includes', ...scope === 'file' ? ['-f', file] : [`--${scope}`]]
}

/** Away from any repository, whose own settings would count too. */
function folderOf({ scope, repo }: WantedSetting): string {
  return scope === 'local' && repo !== undefined ? repo : '/'
}

/** Asks git about the file; in check mode, where the file is predicted, about its text. */
async function observeSetting(wanted: WantedSetting, remote: Remote): Promise<GitSetting> {
  const files = filesOf(wanted, wanted.scope === 'global' ? await remote.read(HOME) : '')
  const values = await remote.read(settingProbe(wanted, files)).catch(ifUnknown(async () => remote.read(textProbe(wanted, await textOf(files, remote)))))
  return { values, files }
}

/** git writes to the first file unless only the second is there. */
async function textOf([file = '', other]: readonly string[], remote: Remote): Promise<string> {
  if (other !== undefined && await remote.stat(other) !== undefined) throw new UnknownValueError(`what stands in both ${file} and ${other}`)
  return await remote.readText(file) ?? ''
}

const HOME: ScriptProbe<string> = { kind: 'script', key: 'home', script: 'echo "$HOME"', parse: ({ stdout }) => stdout.toString('utf8').trimEnd() }

function filesOf({ scope = 'system', file, repo = '' }: WantedSetting, home: string): readonly string[] {
  return { file: [file ?? ''], local: [`${repo}/.git/config`], global: [`${home}/.gitconfig`, `${home}/.config/git/config`], system: ['/etc/gitconfig'] }[scope]
}

interface Place {
  readonly files: FileWrites
  readonly remote: Remote
}

/** Lets git change a copy of the file, which is then what is foretold. */
async function foretellFile(wanted: WantedSetting, { before, after }: Change<GitSetting>, { files, remote }: Place): Promise<void> {
  const [file = ''] = after.files
  const text = await textOf(after.files, remote)
  const script = setScript({ ...wanted, scope: 'file', file: '' }, before.values, after.values).replaceAll("-f ''", '-f "$f"')
  const edited = await remote.read<string>({
    kind: 'script', key: `gitconfig-edited:${script}:${text}`,
    script: `cd / && f=$(mktemp) || exit\nprintf %s ${quote(text)} >"$f" && { ${script}; } && cat "$f"; s=$?; rm -f "$f"; exit $s`,
    parse: (result) => {
      if (result.status !== 0) throw new CommandError(`set ${nameOf(wanted)} of git`, result)
      return result.stdout.toString('utf8')
    },
  })
  await files.writeFile(file, edited)
}

/** Nothing of a name is all settings. */
function question(wanted: WantedSetting): readonly string[] {
  return wanted.list_all ? ['-l'] : ['--get-all', nameOf(wanted)]
}

function textProbe(wanted: WantedSetting, text: string): ScriptProbe<readonly string[]> {
  return { kind: 'script', key: `gitconfig-in:${nameOf(wanted)}:${text}`, script: `cd / && printf %s ${quote(text)} | LC_ALL=C git config -f - -z ${quoteAll(question(wanted))}`, parse: valuesIn }
}

function valuesIn({ status, stdout, stderr }: ExecResult): readonly string[] {
  if (status > 1) throw new ModuleFailure(stderr.toString('utf8').trim() || `git failed with status ${status}`, { rc: status })
  return stdout.toString('utf8').split('\0').slice(0, -1)
}

function settingProbe(wanted: WantedSetting, files: readonly string[]): ScriptProbe<readonly string[]> {
  const name = nameOf(wanted)
  const words = gitWords(wanted)
  const folder = folderOf(wanted)
  return {
    kind: 'script',
    key: `gitconfig:${name}:${JSON.stringify([words, folder])}`,
    script: `cd ${quoteAll([folder])} && LC_ALL=C ${quoteAll([...words, '-z', ...question(wanted)])}`,
    parse: valuesIn,
    readsPaths: files,
  }
}

function setScript(wanted: WantedSetting, before: readonly string[], after: readonly string[]): string {
  const call = (...words: readonly string[]): string => quoteAll([...gitWords(wanted), ...words])
  const [last = ''] = after.slice(-1)
  if (after.length === 0) return call('--unset-all', nameOf(wanted))
  if (after.length === 1) return call('--replace-all', nameOf(wanted), last)
  const isAdded = after.length === before.length + 1 && before.every((value, index) => value === after[index])
  const unset = before.length === 0 ? [] : [call('--unset-all', nameOf(wanted))]
  return isAdded ? call('--add', nameOf(wanted), last) : [...unset, ...after.map((value) => call('--add', nameOf(wanted), value))].join(' && ')
}

function shown(values: readonly string[]): string {
  return `${values.join('\n')}\n`
}
