import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { JsonObject } from '../../src/value/value.ts'
import { findReference } from '../reference/reference.ts'
import type { Content } from './case-file.ts'
import { byHost, diffsOf, RECAP_COUNTS, type ResultRecord, type RunRecord } from './record.ts'
import { lookAt } from './scratch.ts'

const FOLDER = join(import.meta.dirname, 'ansible')

/** Settings that change how Ansible works here, not what it does. */
const SETTINGS = {
  ANSIBLE_CALLBACK_PLUGINS: join(FOLDER, 'callback_plugins'),
  ANSIBLE_PIPELINING: 'true',
  ANSIBLE_PYTHON_INTERPRETER: '/usr/bin/python3',
  ANSIBLE_NOCOLOR: 'true',
  ANSIBLE_DEVEL_WARNING: 'false',
  PYTHONDONTWRITEBYTECODE: '1',
  LANG: 'C.UTF-8',
}

/** A process that runs playbooks with Ansible, one at a time. */
export interface AnsibleServer {
  run(given: Content, folder: string, args: readonly string[]): Promise<RunRecord>
  close(): void
}

export interface AnsibleOptions {
  /** A command line that runs another, such as one in another network. */
  readonly through?: readonly string[]
}

export function startAnsible({ through = [] }: AnsibleOptions = {}): AnsibleServer {
  const environment = { ...SETTINGS, PATH: process.env['PATH'] ?? '', ...findReference().environment }
  const shared = start(environment, { through })
  return {
    async run(given, folder, args) {
      const hasOwnSettings = given.files.has('ansible.cfg') || Object.keys(given.environment).some((name) => name.startsWith('ANSIBLE_'))
      const server = hasOwnSettings ? start({ ...environment, ...given.environment, ...configuration(given, folder) }, { folder, through }) : shared
      const record = join(folder, '.record')
      const output = join(folder, '.output')
      const job = { directory: folder, arguments: args, environment: { ...given.environment, HOME: join(folder, 'home'), DIFFERENTIAL_RECORD: record }, output }
      const exitCode = await server.ask(job)
      if (hasOwnSettings) server.close()
      return readRecord(exitCode, { folder, record, output })
    },
    close: () => { shared.close() },
  }
}

function configuration(given: Content, folder: string): Record<string, string> {
  return given.files.has('ansible.cfg') ? { ANSIBLE_CONFIG: join(folder, 'ansible.cfg') } : {}
}

interface Server {
  ask(job: object): Promise<number>
  close(): void
}

/** In a folder of the case's own, where it has settings: paths in them begin there. */
function start(environment: Record<string, string>, { folder = FOLDER, through }: { readonly folder?: string, readonly through: readonly string[] }): Server {
  const [program = '', ...words] = [...through, '/usr/bin/python3', join(FOLDER, 'serve.py')]
  const process = spawn(program, words, { cwd: folder, env: environment, stdio: ['pipe', 'pipe', 'inherit'] })
  const lines = createInterface({ input: process.stdout })[Symbol.asyncIterator]()
  return {
    async ask(job) {
      process.stdin.write(`${JSON.stringify(job)}\n`)
      const line = await lines.next()
      if (line.done) throw new Error('Ansible ended')
      return (JSON.parse(line.value) as { code: number }).code
    },
    close: () => { process.stdin.end() },
  }
}

interface Entry {
  readonly kind: 'play' | 'host' | 'item' | 'retry' | 'recap'
  readonly host: string
  /** Of the task. */
  readonly uuid: string
  readonly play: string
  readonly task: string
  readonly action: string
  readonly status: string
  readonly ignored?: boolean
  readonly result: JsonObject
  readonly recap: Record<string, Record<string, number>>
}

function readRecord(exitCode: number, { folder, record, output }: { folder: string, record: string, output: string }): RunRecord {
  const entries = existsSync(record) ? readFileSync(record, 'utf8').split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as Entry) : []
  return {
    exitCode,
    hosts: byHost(withoutFalseStarts(entries.filter(({ kind }) => kind === 'host' || kind === 'item' || kind === 'retry')).map((entry) => ({ host: entry.host, record: toRecord(entry) }))),
    recap: Object.fromEntries(Object.entries(entries.find(({ kind }) => kind === 'recap')?.recap ?? {}).map(([host, counts]) => [host, recapOf(counts)])),
    files: lookAt(folder),
    output: readFileSync(output, 'utf8'),
  }
}

/** An include whose file turns out to be missing is reported as ok, and then as failed. */
function withoutFalseStarts(entries: readonly Entry[]): Entry[] {
  return entries.filter((entry, index) => {
    const after = entries.slice(index + 1).find(({ host }) => host === entry.host)
    return !(entry.action.includes('include') && entry.status === 'ok' && after?.status === 'failed' && after.uuid === entry.uuid)
  })
}

function toRecord({ kind, play, task, action, status, ignored, result }: Entry): ResultRecord {
  const { diff, ...fields } = result
  return { kind: kind as ResultRecord['kind'], play, task, action, status, ignored: ignored ?? false, result: fields, diff: diffsOf(diff) }
}

/** Ansible calls failed hosts `failures`. */
function recapOf(counts: Record<string, number>): Record<string, number> {
  return Object.fromEntries(RECAP_COUNTS.map((name) => [name, counts[name === 'failed' ? 'failures' : name] ?? 0]))
}
