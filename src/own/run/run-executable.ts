import { createHash, randomBytes } from 'node:crypto'
import type { Config } from '../../config/config.ts'
import type { TaskTraits } from '../../module/controller.ts'
import { ModuleFailure, type ModuleResult } from '../../module/module.ts'
import { resultOfOutput } from '../../module/module-output.ts'
import type { ExecResult } from '../../remote/exec.ts'
import type { Remote } from '../../remote/remote.ts'
import { quote } from '../../text/shell-quote.ts'
import { textOf } from '../../value/text.ts'
import type { Dict } from '../../value/value.ts'
import { hostSetting } from '../../module/host-setting.ts'
import { jsonText } from '../json-text.ts'
import type { ModuleStyle } from '../module-style.ts'
import { executableSource } from './executable-source.ts'
import { interpreterOf, shebangOf } from './shebang.ts'

export interface Executable {
  readonly config: Config
  readonly task: TaskTraits
  readonly remote: Remote
  readonly name: string
  readonly content: Buffer
  readonly style: Exclude<ModuleStyle, 'python' | 'powershell'>
  /** With those that Ansible adds. */
  readonly args: Dict
  readonly version: string
}

/** Runs a module that is a program of any kind. Its file is sent when the host turns out not to have it. */
export async function runExecutable(executable: Executable): Promise<ModuleResult> {
  const { name, remote, style, config, task } = executable
  const content = style === 'json-inside' ? filledIn(executable) : executable.content
  const shebang = shebangOf(content)
  const token = randomBytes(12).toString('hex')
  const run = {
    sum: createHash('sha256').update(content).digest('hex'),
    folder: String(hostSetting('shell.sh.remote_tmp', { config, task }) ?? '~/.ansible/tmp'),
    interpreter: style === 'binary' ? undefined : interpreterOf(shebang, { config, task }),
    args: argumentsText(executable), absent: `absent-${token}`, homeless: `homeless-${token}`,
  }
  const send = (): Promise<ExecResult> => remote.exec({ script: executableSource({ ...run, arrives: true }), stdin: content })
  const first = style === 'json-inside' ? await send() : await remote.exec({ script: executableSource({ ...run, arrives: false }) })
  const { status, stdout, stderr } = first.stdout.toString('latin1') === run.absent ? await send() : first
  if (stdout.toString('latin1') === run.homeless) throw new ModuleFailure(`Cannot run the module ${name}: ${remote.host} has no ${run.interpreter?.programs.join(', ') ?? ''}, which its first line asks for`)
  return resultOfOutput({ rc: status, stdout: stdout.toString('utf8'), stderr: stderr.toString('utf8') })
}

function argumentsText({ style, args }: Executable): string | undefined {
  if (style === 'json-inside') return undefined
  if (style !== 'key-value') return jsonText(args)
  return [...args].map(([key, value]) => `${textOf(key)}=${shellWord(textOf(value))} `).join('')
}

/** Plain words are not quoted: modules that split the text at blanks rely on it. */
function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : quote(text)
}

/** The arguments, and what else Ansible puts in place of its markers. */
function filledIn({ content, args, version, task, config }: Executable): Buffer {
  const json = jsonText(args)
  const special = hostSetting('DEFAULT_SELINUX_SPECIAL_FS', { config, task })
  const text = content.toString('latin1')
    .replaceAll('"<<ANSIBLE_VERSION>>"', () => `'${version}'`)
    .replaceAll('"<<INCLUDE_ANSIBLE_MODULE_COMPLEX_ARGS>>"', () => latin(JSON.stringify(json)))
    .replaceAll('<<SELINUX_SPECIAL_FILESYSTEMS>>', () => Array.isArray(special) ? special.join(',') : '')
    .replaceAll('<<INCLUDE_ANSIBLE_MODULE_JSON_ARGS>>', () => latin(json))
  return Buffer.from(text, 'latin1')
}

/** The bytes of a text as UTF-8, one character each. */
function latin(text: string): string {
  return Buffer.from(text).toString('latin1')
}
