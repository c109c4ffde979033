import { defineAction } from '../module/define-module.ts'
import { ModuleFailure, type ModuleResult } from '../module/module.ts'
import type { Remote } from '../remote/remote.ts'
import type { JsonObject } from '../value/value.ts'
import { pythonRegex } from './files/python-regex.ts'
import { countConnections } from './system/waiting/connections.ts'
import { askPath } from './system/waiting/path.ts'
import { askPort } from './system/waiting/port.ts'
import { waitUntil, type Waited } from './system/waiting/until.ts'

/** `ansible.builtin.wait_for`: waits for a port or a path of the host, or just for a time. */
export const waitFor = defineAction({
  name: 'wait_for',
  summary: 'Wait until a port or a path is as wanted.',
  where: 'host',
  check: 'predict',
  args: {
    host: { type: 'str', default: '127.0.0.1', description: 'Name or address, as the host sees it.' },
    port: { type: 'int', description: 'TCP port.' },
    path: { type: 'path', description: 'Path on the host.' },
    state: { type: 'str', default: 'started', choices: ['started', 'present', 'stopped', 'absent', 'drained'], description: 'What to wait for; `drained` is a port without connections.' },
    search_regex: { type: 'str', description: 'What must match in the file, or in what the server says.' },
    timeout: { type: 'int', default: 300, description: 'Seconds until it is given up.' },
    connect_timeout: { type: 'int', default: 5, description: 'Seconds for one attempt.' },
    delay: { type: 'int', default: 0, description: 'Seconds before the first attempt.' },
    sleep: { type: 'int', default: 1, description: 'Seconds between attempts.' },
    active_connection_states: {
      type: 'list', elements: 'str', default: ['ESTABLISHED', 'FIN_WAIT1', 'FIN_WAIT2', 'SYN_RECV', 'SYN_SENT', 'TIME_WAIT'], description: 'States of connections that count for `drained`.',
    },
    exclude_hosts: { type: 'list', elements: 'str', default: [], description: 'Addresses whose connections do not count for `drained`.' },
    msg: { type: 'str', description: 'Message when it is given up.' },
  },
  constraints: { exclusive: [['port', 'path']] },
  examples: [
    { name: 'PostgreSQL listens', args: { port: 5433, timeout: 60 } },
    { name: 'The backup is done', args: { path: '/var/run/backup.pid', state: 'absent' } },
  ],
  run: async (args, { remote }) => {
    check(args)
    const wanted = { ...args, pattern: args.search_regex === undefined ? undefined : pythonRegex(args.search_regex, { multiline: true }) }
    const { answer, elapsed } = isPause(args) ? await pause(args) : await waitUntil(args, () => attempt(wanted, remote))
    const fields = { state: args.state, port: args.port ?? null, path: args.path ?? null, search_regex: args.search_regex ?? null, elapsed }
    if (answer === undefined && !isPause(args)) return { changed: false, failed: true, msg: args.msg ?? timeoutMessage(args), fields: { elapsed } }
    return { changed: false, fields: { ...fields, ...matched(answer) } }
  },
  predict: async (args): Promise<ModuleResult> => {
    check(args)
    return {
      changed: false,
      unknownFields: ['elapsed', 'match_groups', 'match_groupdict'],
      fields: { state: args.state, port: args.port ?? null, path: args.path ?? null, search_regex: args.search_regex ?? null },
    }
  },
})

interface Waiting {
  readonly host: string
  readonly port: number | undefined
  readonly path: string | undefined
  readonly state: 'started' | 'present' | 'stopped' | 'absent' | 'drained'
  readonly search_regex: string | undefined
  readonly connect_timeout: number
  readonly active_connection_states: readonly string[]
  readonly exclude_hosts: readonly string[]
}

function check(waiting: Waiting): void {
  const broken = RULES.find(([isBroken]) => isBroken(waiting))
  if (broken !== undefined) throw new ModuleFailure(broken[1])
}

const RULES: readonly (readonly [(waiting: Waiting) => boolean, string])[] = [
  [({ state, path }) => state === 'drained' && path !== undefined, 'Only a port can be drained, not a path'],
  [({ state, port }) => state === 'drained' && port === undefined, 'Only a port can be drained: give one'],
  [({ state, path }) => state === 'stopped' && path !== undefined, 'Only a port can be stopped: a path is absent'],
  [({ state, exclude_hosts: excluded }) => excluded.length > 0 && state !== 'drained', 'exclude_hosts goes with state=drained only'],
  [({ state, search_regex: pattern }) => pattern !== undefined && (state === 'stopped' || state === 'drained'), 'search_regex does not go with state=stopped or state=drained'],
]

function isPause({ port, path, state }: Waiting): boolean {
  return port === undefined && path === undefined && state !== 'drained'
}

// Without anything to wait for, the time begins after the delay.
function pause({ delay, timeout }: { readonly delay: number, readonly timeout: number }): Promise<Waited<Found>> {
  return waitUntil({ delay: 0, timeout: delay + timeout, sleep: delay + timeout }, () => Promise.resolve<Found | undefined>(undefined))
}

type Found = RegExpExecArray | true

async function attempt(wanted: Waiting & { readonly pattern: RegExp | undefined }, remote: Remote): Promise<Found | undefined> {
  const { state } = wanted
  if (state === 'drained') return await countDrained(wanted, remote) === 0 ? true : undefined
  const found = await ask(wanted, remote)
  if (state === 'started' || state === 'present') return found === false ? undefined : found
  return found === false ? true : undefined
}

function countDrained({ host, port, active_connection_states: states, exclude_hosts: exclude }: Waiting, remote: Remote): Promise<number> {
  return countConnections({ host, port: port ?? 0, states, exclude }, remote)
}

function ask({ host, port, path, connect_timeout: timeout, pattern }: Waiting & { readonly pattern: RegExp | undefined }, remote: Remote): Promise<RegExpExecArray | boolean> {
  return path === undefined ? askPort({ host, port: port ?? 0, timeout, pattern }, remote) : askPath(path, pattern, remote)
}

function matched(answer: Found | undefined): JsonObject {
  if (answer === undefined || answer === true) return { match_groups: [], match_groupdict: {} }
  const groups = answer.slice(1) as readonly (string | undefined)[]
  return {
    match_groups: groups.map((group) => group ?? null),
    match_groupdict: Object.fromEntries(Object.entries(answer.groups ?? {}).map(([name, value]) => [name, (value as string | undefined) ?? null])),
  }
}

function timeoutMessage({ host, port, path, state, search_regex: pattern }: Waiting): string {
  const place = path ?? `${host}:${port ?? ''}`
  if (state === 'drained') return `Timeout when waiting for ${place} to drain`
  if (state === 'stopped') return `Timeout when waiting for ${place} to stop.`
  if (state === 'absent') return path === undefined ? `Timeout when waiting for ${place} to stop.` : `Timeout when waiting for ${place} to be absent.`
  if (pattern !== undefined) return `Timeout when waiting for search string ${pattern} in ${place}`
  return path === undefined ? `Timeout when waiting for ${place}` : `Timeout when waiting for file ${place}`
}
