import { ifUnknown } from '../../../value/unknown.ts'
import type { ModuleResult } from '../../../module/module.ts'
import type { ExecRequest, ExecResult } from '../../../remote/exec.ts'
import type { Remote } from '../../../remote/remote.ts'
import type { Effects } from '../../../remote/write.ts'
import type { Json, JsonObject } from '../../../value/value.ts'
import { pythonDuration, pythonTime } from '../timing.ts'
import { outputFields } from './output.ts'

/** A command that a task asked for. */
export interface UserCommand {
  /** As the result shows it: text or words; absent for `raw`. */
  readonly cmd?: Json
  readonly request: ExecRequest
  readonly effects: Effects | undefined
  readonly strip: boolean
  /** Whether `creates` or `removes` was given: then it is sure that it runs. */
  readonly guarded?: boolean
  /** Whether start, end and delta are told. */
  readonly timed: boolean
}

const UNTOLD = ['rc', 'stdout', 'stdout_lines', 'stderr', 'stderr_lines']

/** Runs it; a status other than 0 is a failure. */
export async function runCommand(command: UserCommand, remote: Remote): Promise<ModuleResult> {
  const start = new Date()
  const result = await remote.exec(command.request, command.effects)
  const fields = { ...shown(command), ...outputFields(result, command), ...command.timed ? timing(start) : {} }
  if (result.status === 0) return { changed: true, msg: '', fields }
  if (isOutside(command, result)) return { changed: false, failed: true, msg: `Unable to change directory before execution: ${lastLine(result)}`, fields }
  return { changed: !isNotStarted(command, result), failed: true, msg: failure(command, result), fields: failureFields(command, result, fields) }
}

/** What check mode says of it: it would run and change something, and only running it can tell what it prints. */
export async function predictCommand(command: UserCommand, remote: Remote): Promise<ModuleResult> {
  await believe(command, remote)
  return {
    changed: true,
    msg: '',
    ...command.guarded === true && { certain: true },
    unknownFields: command.timed ? [...UNTOLD, 'start', 'end', 'delta'] : UNTOLD,
    fields: shown(command),
  }
}

function shown({ cmd }: UserCommand): JsonObject {
  return cmd === undefined ? {} : { cmd }
}

/** In check mode: what a command touches is not known after it. */
export async function believe({ request, effects }: Pick<UserCommand, 'request' | 'effects'>, remote: Remote): Promise<void> {
  // The predicted remote refuses on purpose, after noting what can no longer be known.
  await remote.exec(request, effects).catch(ifUnknown(() => undefined))
}

function timing(start: Date): JsonObject {
  const end = new Date()
  return { start: pythonTime(start), end: pythonTime(end), delta: pythonDuration(end.getTime() - start.getTime()) }
}

function failure(command: UserCommand, result: ExecResult): string {
  return isNotStarted(command, result) ? `Error executing command: ${result.stderr.toString('utf8').trim().replace(/^.*exec: /, '')}` : 'non-zero return code'
}

// Ansible answers with the errno of the failed exec: 2 for no such file, 13 for no permission.
function failureFields(command: UserCommand, result: ExecResult, fields: JsonObject): JsonObject {
  if (!isNotStarted(command, result)) return fields
  return { ...fields, rc: result.status === 126 ? 13 : 2, stderr: '', stderr_lines: [] }
}

// The session goes to the folder first, and says so in the shell's words when it cannot.
function isOutside({ request }: UserCommand, result: ExecResult): boolean {
  return request.directory !== undefined && result.stdout.length === 0 && /\bcd: /.test(lastLine(result)) && lastLine(result).includes(request.directory)
}

function lastLine({ stderr }: ExecResult): string {
  return stderr.toString('utf8').trimEnd().split('\n').at(-1) ?? ''
}

function isNotStarted({ cmd }: UserCommand, { status, stderr }: ExecResult): boolean {
  if (!Array.isArray(cmd) || (status !== 127 && status !== 126)) return false
  const said = stderr.toString('utf8').trimEnd()
  return said.includes(String(cmd[0])) && /(?:not found|No such file or directory|Permission denied|Is a directory)$/.test(said)
}
