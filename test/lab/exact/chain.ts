import { execFileSync } from 'node:child_process'
import { existsSync, lstatSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'
import type { Module, StateModule } from '../../../src/module/module.ts'
import { openSession } from '../../../src/remote/open-session.ts'
import type { Remote } from '../../../src/remote/remote.ts'
import type { HostSession } from '../../../src/remote/session.ts'
import type { OutcomeStatus } from '../../../src/run/outcome.ts'
import { UnknownValueError } from '../../../src/value/unknown.ts'
import type { Json, JsonObject } from '../../../src/value/value.ts'
import { runEngine, type EngineRunResult } from '../../support/engine-run.ts'
import { scratchHost, type ScratchHost } from '../../support/scratch-host.ts'

/** A playbook in which tasks depend on what earlier ones would have done. */
export interface Chain {
  /** Shell words that make the host ready. */
  readonly prepare?: string
  /** The tasks, as YAML. */
  readonly tasks: string
  /** Files on the controller, beside the playbook. */
  readonly files?: Readonly<Record<string, string>>
}

/** What check mode said, what was so, and what taking it back left. */
export interface ChainRun {
  /** `module task: check -> real` of each task. */
  readonly statuses: readonly string[]
  /** Tasks that check mode could not tell. */
  readonly unknown: readonly string[]
  /** Every prediction that did not come true: statuses, fields of results, files. */
  readonly wrong: readonly string[]
  /** Tasks that changed something the second time. */
  readonly again: readonly string[]
  /** What is not as it was once all changes are taken back, but for those that cannot be. */
  readonly left: readonly string[]
  readonly impossible: readonly string[]
}

/** Predicts the tasks on one host, runs them on another just like it, runs them again there, and takes them back. */
export async function runChain(chain: Chain): Promise<ChainRun> {
  const [trial, host] = await Promise.all([scratchHost(chain.prepare), scratchHost(chain.prepare)])
  const sessions = [keptSession(trial), keptSession(host)]
  const [predicted, real] = sessions
  if (predicted === undefined || real === undefined) throw new Error('There are two')
  try {
    const start = snapshot(host)
    const foretold = await run(chain, { session: predicted, check: true })
    const undo: UndoStep[] = []
    const made = await run(chain, { session: real, check: false, around: (module) => recorded(module, undo) })
    const wrong = [...wrongEnds(foretold, made), ...await wrongFiles(await predicted.predicted(), host, start)]
    const again = await run(chain, { session: real, check: false })
    const impossible = await takeBack(undo)
    return {
      statuses: pairs(foretold, made).map(({ name, check, now }) => `${name}: ${check.status} -> ${now.status}`),
      unknown: pairs(foretold, made).filter(({ check }) => check.status === 'unknown').map(({ name }) => name),
      wrong, again: ends(again).filter(({ status }) => status === 'changed').map(({ name }) => name),
      left: differing(start, snapshot(host)), impossible,
    }
  } finally {
    await Promise.all(sessions.map((session) => session.finish()))
    await Promise.all([trial.stop(), host.stop()])
  }
}

interface KeptSession extends HostSession {
  finish(): Promise<void>
}

/** A session that outlives the run: what was predicted in it is looked at afterwards. */
function keptSession(host: ScratchHost): KeptSession {
  const session = openSession({ kind: 'scratch', host: 'scratch', hostKeyChecking: true, timeout: 10 }, () => host.connect())
  return {
    host: session.host, traffic: session.traffic,
    remote: (become) => session.remote(become), predicted: (become) => session.predicted(become), trial: (become) => session.trial(become),
    reset: () => session.reset(), close: () => Promise.resolve(), finish: () => session.close(),
  }
}

interface RunWay {
  readonly session: HostSession
  readonly check: boolean
  readonly around?: (module: Module) => Module
}

function run({ tasks, files = {} }: Chain, { session, check, around }: RunWay): Promise<EngineRunResult> {
  const playbook = `- hosts: scratch\n  tasks:\n${tasks.trim().split('\n').map((line) => `    ${line}\n`).join('')}`
  return runEngine({
    files: { 'site.yml': playbook, ...files }, inventory: 'scratch\n', openSession: () => session,
    options: { check, diff: true }, ...around && { around },
  })
}

interface End {
  readonly name: string
  readonly status: OutcomeStatus
  readonly result: JsonObject
}

function ends({ events }: EngineRunResult): readonly End[] {
  return events.flatMap((event) => event.kind === 'host-ended' || event.kind === 'item-ended' ? [{ name: event.task.name, status: event.outcome.status, result: event.outcome.result }] : [])
}

function pairs(foretold: EngineRunResult, made: EngineRunResult): readonly { readonly name: string, readonly check: End, readonly now: End }[] {
  const [said, done] = [ends(foretold), ends(made)]
  const missing: End = { name: '', status: 'skipped', result: {} }
  return Array.from({ length: Math.max(said.length, done.length) }, (_, at) => {
    const [check, now] = [said[at] ?? missing, done[at] ?? missing]
    return { name: now.name === '' ? check.name : now.name, check, now }
  })
}

function wrongEnds(foretold: EngineRunResult, made: EngineRunResult): readonly string[] {
  return pairs(foretold, made).filter(({ check }) => check.status !== 'unknown').flatMap(({ name, check, now }) => [
    ...check.status === now.status ? [] : [`${name}: ${check.status} (${said(check)}), but it was ${now.status} (${said(now)})`],
    ...wrongFields(check.result, now.result).map((problem) => `${name}: ${problem}`),
  ])
}

function said({ result }: End): string {
  return String(result['msg'] ?? '')
}

/** Fields that differ from run to run, and those that nothing foretells. */
const VOLATILE = new Set(['atime', 'mtime', 'ctime', 'inode', 'dev', 'start', 'end', 'delta', 'device', 'uid', 'gid', 'src', 'block_size', 'blocks', 'version', 'nlink', 'size', 'backup_file', 'backup'])

function wrongFields(check: Json, now: Json, at = ''): readonly string[] {
  if (isObject(check) && isObject(now)) {
    return Object.keys(check).filter((name) => name in now && !VOLATILE.has(name)).flatMap((name) => wrongFields(check[name] ?? null, now[name] ?? null, at === '' ? name : `${at}.${name}`))
  }
  if (Array.isArray(check) && Array.isArray(now) && check.length === now.length) return (check as readonly Json[]).flatMap((item, index) => wrongFields(item, (now as readonly Json[])[index] ?? null, `${at}[${index}]`))
  return JSON.stringify(check) === JSON.stringify(now) ? [] : [`${at} ${excerpt(check)}, but it was ${excerpt(now)}`]
}

function excerpt(value: Json): string {
  return JSON.stringify(value).slice(0, 300)
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** What the predicted host says of every path that really changed, where that is not what is there. */
async function wrongFiles(predicted: Remote, host: ScratchHost, start: Snapshot): Promise<readonly string[]> {
  const now = snapshot(host)
  const told = await Promise.all([...now].filter(([path, is]) => start.get(path) !== is && !UNTOLD.test(path)).map(async ([path, is]) => {
    const believed = await describe(predicted, path)
    return believed === undefined || isSame(believed, is) ? [] : [`${path}: ${believed}, but it was ${is}`]
  }))
  return told.flat()
}

/** Numbers that the host gives out are -1 until it has. */
function isSame(believed: string, is: string): boolean {
  const parts = is.split(/[ :]/)
  return believed.split(/[ :]/).every((part, at) => part === '-1' || part === parts[at])
}

/** What programs keep for themselves: caches and logs. */
const UNTOLD = /^\/(?:var\/(?:cache|log|lib\/ucf)|root\/\.(?:npm|cache)|etc\/ld\.so\.cache)|(?:~|-old|\/passwd-|\/group-|\/shadow-|\/gshadow-|\/subuid-|\/subgid-|\.lock)$/

async function describe(remote: Remote, path: string): Promise<string | undefined> {
  try {
    const stat = await remote.lstat(path)
    if (stat === undefined) return 'absent'
    const what = stat.type === 'file' ? await remote.sha256(path) : stat.target ?? ''
    return told({ ...stat, what: what ?? '' })
  } catch (error) {
    if (error instanceof UnknownValueError) return undefined
    throw error
  }
}

function told({ type, mode, uid, gid, what }: { readonly type: string, readonly mode: number, readonly uid: number, readonly gid: number, readonly what: string }): string {
  return `${type} ${type === 'link' ? '' : mode.toString(8)} ${uid}:${gid} ${what}`
}

/** Paths that were written to, with what is there now: `absent` is one that was removed. */
type Snapshot = ReadonlyMap<string, string>

function snapshot({ upper }: ScratchHost): Snapshot {
  const names = execFileSync('find', [upper, '-mindepth', '1', '-printf', '%y %m %U:%G %P\\t%l\\0'], { encoding: 'utf8' }).split('\0').filter((line) => line !== '')
  return new Map(names.map((line) => {
    const [, kind = '', mode = '', uid = '', gid = '', name = '', target = ''] = /^(.) (\d+) (\d+):(\d+) (.*)\t(.*)$/s.exec(line) ?? []
    const type = KINDS[kind]
    const what = type === 'file' ? checksum(join(upper, name)) : target
    return [`/${name}`, type === undefined ? 'absent' : told({ type, mode: Number.parseInt(mode, 8), uid: Number(uid), gid: Number(gid), what })] as const
  }))
}

const KINDS: Readonly<Record<string, string>> = { f: 'file', d: 'directory', l: 'link' }

function checksum(path: string): string {
  return execFileSync('sha256sum', [path], { encoding: 'utf8' }).replace(/^\\/, '').slice(0, 64)
}

/** Paths that are not as they were, the machine's own where nothing had been written before. */
function differing(start: Snapshot, now: Snapshot): readonly string[] {
  return [...now].filter(([path, is]) => (start.get(path) ?? onMachine(path)) !== is && !UNTOLD.test(path)).map(([path, is]) => `${path}: ${start.get(path) ?? onMachine(path)}, left is ${is}`)
}

function onMachine(path: string): string {
  const stat = existsSync(path) || isLink(path) ? lstatSync(path) : undefined
  if (stat === undefined) return 'absent'
  const type = stat.isSymbolicLink() ? 'link' : stat.isDirectory() ? 'directory' : 'file'
  return told({ type, mode: stat.mode & 0o7777, uid: stat.uid, gid: stat.gid, what: type === 'link' ? readlinkSync(path) : type === 'file' ? checksum(path) : '' })
}

function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true
}

type UndoStep = () => Promise<string | undefined>

type AnyState = StateModule<never, unknown, unknown>

/** The module as it is, noting how each of its changes is taken back. */
function recorded(module: Module, undo: UndoStep[]): Module {
  if (module.kind !== 'state') return module
  const state = module as unknown as AnyState
  return {
    ...state,
    async apply(wanted, change, remote) {
      const way = typeof state.undo === 'function' ? state.undo(wanted, change) : state.undo ?? 'swap'
      const destroyed = await Promise.all((state.destroys?.(wanted, change) ?? []).map((path) => bytesAt(remote, path)))
      undo.push(async () => {
        if (way !== 'swap') return `${module.name}: ${way.impossible}`
        await state.apply(wanted, { before: change.after, after: change.before }, remote)
        for (const { path, bytes } of destroyed) if (bytes !== undefined) await remote.writeFile(path, bytes)
        return undefined
      })
      return state.apply(wanted, change, remote)
    },
  } satisfies AnyState as unknown as Module
}

async function bytesAt(remote: Remote, path: string): Promise<{ readonly path: string, readonly bytes: Buffer | undefined }> {
  const stat = await remote.lstat(path)
  return { path, bytes: stat?.type === 'file' ? await remote.readFile(path) : undefined }
}

/** The last change first. */
async function takeBack(undo: readonly UndoStep[]): Promise<readonly string[]> {
  const impossible: string[] = []
  for (const step of [...undo].reverse()) {
    const reason = await step().catch((error: unknown) => `cannot: ${String(error)}`)
    if (reason !== undefined) impossible.push(reason)
  }
  return impossible
}
