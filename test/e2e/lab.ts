import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'

const PROJECT = resolve(import.meta.dirname, '../..')

/** A laboratory of real servers that a test has for itself. */
export class Lab {
  readonly site: string
  readonly folder: string

  constructor(site: string, name: string) {
    this.site = site
    this.folder = join(PROJECT, '.lab', name)
  }

  /** Boots it, or brings it back to its first state when it is up. */
  fresh(): void {
    const status = spawnSync('bash', ['test/lab/lab.sh', 'status', '--dir', this.folder], { cwd: PROJECT, encoding: 'utf8' })
    this.#command(status.status === 0 ? ['reset'] : ['up', '--site', this.site])
  }

  down(): void {
    this.#command(['down'])
  }

  kill(host: string): void {
    this.#command(['kill', host])
  }

  start(host: string): void {
    this.#command(['start', host])
  }

  cut(host: string): void {
    this.#command(['cut', host])
  }

  heal(host: string): void {
    this.#command(['heal', host])
  }

  /** Checksums of all files, rows of all tables, start times of all services. */
  snapshot(name: string): string {
    const file = join(this.folder, `${name}.snapshot.json`)
    this.#command(['snapshot', file])
    return file
  }

  /** What differs between two snapshots, in all sections or some, a line each; empty when nothing does. */
  difference(before: string, after: string, sections: readonly string[] = []): string[] {
    const { status, stdout, stderr } = spawnSync('bash', ['test/lab/lab.sh', 'snapshot', 'diff', before, after, ...sections.length > 0 ? [sections.join(',')] : [], '--dir', this.folder], { cwd: PROJECT, encoding: 'utf8', maxBuffer: 1 << 28 })
    if (status !== 0 && status !== 1) throw new Error(`Cannot compare snapshots: ${stderr}`)
    return stdout.split('\n').filter((line) => line.trim() !== '')
  }

  /** Runs a command on a host as root; returns what it printed. */
  ssh(host: string, command: string): string {
    return this.#command(['ssh', host, command])
  }

  #command(args: readonly string[]): string {
    const [verb = '', ...rest] = args
    const result = spawnSync('bash', ['test/lab/lab.sh', verb, '--dir', this.folder, ...rest], { cwd: PROJECT, encoding: 'utf8', maxBuffer: 1 << 28 })
    if (result.status !== 0) throw new Error(`lab ${args.join(' ')} ended with ${String(result.status)}\n${result.stdout}\n${result.stderr}`)
    return result.stdout
  }
}

export interface RunResult {
  readonly status: number | null
  readonly output: string
  readonly seconds: number
  readonly record: RunRecord
}

/** What the journal recorded of a run. */
export interface RunRecord {
  readonly outcomes: readonly TaskOutcome[]
  readonly recap: Readonly<Record<string, Readonly<Record<string, number>>>>
  readonly figures: { readonly seconds: number, readonly roundTrips: number, readonly tasks: number, readonly roundTripsByHost: Readonly<Record<string, number>> } | undefined
}

export interface TaskOutcome {
  readonly play: string
  /** Name with the role before it. */
  readonly task: string
  readonly host: string
  readonly status: string
}

export interface RunSettings {
  readonly lab: Lab
  /** Kills tsplay after so many milliseconds. */
  readonly killAfter?: number
  /** Called with everything printed so far, as it grows. */
  readonly onOutput?: (output: string, process: ChildProcess) => void
}

/** `tsplay ARGS` with the lab's network, as a user would run it, with a journal of its own. */
export async function tsplay(args: readonly string[], settings: RunSettings): Promise<RunResult> {
  const journal = join(settings.lab.folder, 'journal')
  rmSync(journal, { recursive: true, force: true })
  mkdirSync(journal, { recursive: true })
  const start = performance.now()
  const child = spawn(join(settings.lab.folder, 'net-enter'), ['node', join(PROJECT, 'dist/tsplay.js'), ...args, '--journal', journal], {
    cwd: PROJECT, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, NO_COLOR: '1', ANSIBLE_SSH_COMMON_ARGS: `-F ${join(settings.lab.folder, 'ssh_config')}` },
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8')
    stream.on('data', (text: string) => { output += text; settings.onOutput?.(output, child) })
  }
  const timer = settings.killAfter === undefined ? undefined : setTimeout(() => { child.kill('SIGKILL') }, settings.killAfter)
  const status = await new Promise<number | null>((done) => { child.on('close', done) })
  clearTimeout(timer)
  return { status, output, seconds: (performance.now() - start) / 1000, record: readRecord(journal) }
}

function readRecord(journal: string): RunRecord {
  const ids = spawnSync('ls', [join(journal, 'runs')], { encoding: 'utf8' }).stdout.trim().split('\n')
  const text = ids[0] ? readFileSync(join(journal, 'runs', ids.at(-1) ?? '', 'events.jsonl'), 'utf8') : ''
  const events = text.split('\n').filter((line) => line.endsWith('}')).map((line) => JSON.parse(line) as RecordedEvent)
  const end = events.find((event) => event.kind === 'run-ended')
  return { outcomes: events.filter((event) => event.kind === 'host-ended').map(outcomeOf), recap: end?.recap ?? {}, figures: end?.figures }
}

interface RecordedEvent {
  readonly kind: string
  readonly task: { readonly name: string, readonly role?: string, readonly play: { readonly name: string, readonly index: number } }
  readonly host: string
  readonly outcome: { readonly status: string }
  readonly recap?: RunRecord['recap']
  readonly figures?: RunRecord['figures']
}

function outcomeOf(event: RecordedEvent): TaskOutcome {
  const { name, role, play } = event.task
  return { play: play.name, task: role ? `${role} : ${name}` : name, host: event.host, status: event.outcome.status }
}
