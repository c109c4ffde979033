import type { Json, JsonObject } from '../../src/value/value.ts'
import type { ResultRecord } from './record.ts'

/** Fields that differ from one run to the next, or tell how a tool works rather than what happened. */
const VOLATILE: readonly string[] = [
  'start', 'end', 'stop', 'delta', 'atime', 'ctime', 'mtime', 'inode', 'dev', 'elapsed',
  'invocation', 'exception', 'failed_when_suppressed_exception', 'warnings', 'deprecations', 'discovered_interpreter_python', 'module_stderr', 'module_stdout', 'include_args',
]

/** What the record's own fields say already, and what is reported item by item. */
const SAID: ReadonlySet<string> = new Set(['changed', 'failed', 'skipped', 'unreachable', 'retries'])

/** Actions that fail with their author's words; elsewhere a failure's message is each tool's own. */
const SPOKEN: ReadonlySet<string> = new Set(['fail', 'assert', 'command', 'shell', 'raw', 'script'])

const OF_FAILURES: ReadonlySet<string> = new Set(['rc', 'stdout', 'stderr', 'cmd', 'attempts', 'item', 'ansible_loop_var'])

/** Fields of single modules that name temporary files, or are there in one tool only: docs/differences.md tells why. */
const OF_MODULE: Readonly<Record<string, readonly string[]>> = {
  copy: ['src', 'path', 'md5sum'], template: ['src', 'path', 'md5sum'], meta: ['skip_reason', 'msg'],
  assemble: ['src', 'path', 'md5sum'], fetch: ['file', 'md5sum', 'checksum'], script: ['cmd', 'msg'], raw: ['msg'],
  get_url: ['src', 'status_code', 'checksum_src', 'checksum_dest', 'md5sum'], wait_for: ['state', 'uid', 'gid', 'owner', 'group', 'mode', 'size'], pause: ['stdout_lines', 'stderr_lines'],
  known_hosts: ['state', 'uid', 'gid', 'owner', 'group', 'mode', 'size'], include_vars: ['ansible_facts'],
}

/** Actions that keep no state: their results are no predictions in check mode, and are the same to the last field. */
const WITHOUT_STATE: ReadonlySet<string> = new Set(['debug', 'set_fact', 'assert', 'fail', 'command', 'shell', 'stat', 'slurp', 'find'])

export interface Comparing {
  /** Further fields that are left out, at any depth. */
  readonly without: readonly string[]
  /** Whether diffs are asked for, and whether results are predictions. */
  readonly shows: { readonly diff: boolean, readonly predictions: boolean }
}

/** A result without what cannot be compared. */
export function comparable(record: ResultRecord, { without, shows }: Comparing): ResultRecord {
  const action = record.action.replace(/^ansible\.(builtin|legacy)\./, '')
  const hidden = new Set([...VOLATILE, ...without, ...OF_MODULE[action] ?? []])
  const isComparable = !shows.predictions || saysExactly(action)
  const result = isComparable ? cleaned(ownFields(record, action), hidden) as JsonObject : {}
  return { ...record, action, result, diff: shows.diff ? record.diff : [] }
}

export function saysExactly(action: string): boolean {
  return WITHOUT_STATE.has(action)
}

function ownFields({ result, status }: ResultRecord, action: string): JsonObject {
  const keepsAll = status === 'failed' ? SPOKEN.has(action) : status !== 'unreachable'
  return Object.fromEntries(Object.entries(result).filter(([key, value]) => !SAID.has(key) && (keepsAll || OF_FAILURES.has(key)) && !(key === 'results' && isOfItems(value))))
}

function isOfItems(results: Json): boolean {
  return Array.isArray(results) && (results as readonly Json[]).every((item) => typeof item === 'object' && item !== null && 'ansible_loop_var' in item)
}

function cleaned(value: Json, hidden: ReadonlySet<string>): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map((item) => cleaned(item, hidden))
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value).filter(([key]) => !hidden.has(key) && !key.startsWith('_ansible_'))
  return Object.fromEntries(kept.map(([key, field]) => [key, cleaned(field as Json, hidden)]))
}
