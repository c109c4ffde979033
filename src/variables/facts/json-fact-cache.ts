import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DiagnosticError } from '../../diagnostics/diagnostic-error.ts'
import { fromJson, toJson } from '../../value/json.ts'
import type { Dict, Json, Value } from '../../value/value.ts'
import type { FactCache } from './fact-cache.ts'

export interface JsonFactCacheOptions {
  readonly folder: string
  /** What names of files begin with. */
  readonly prefix: string
  /** Seconds that facts are good for; 0 for ever. */
  readonly timeout: number
}

/** A file of JSON for each host, as Ansible's `jsonfile` writes them. What is in them is data, never templates. */
export function openJsonFactCache({ folder, prefix, timeout }: JsonFactCacheOptions): FactCache {
  makeFolder(folder)
  // A host may be named after a path.
  const pathOf = (host: string): string => join(folder, `${prefix}${host}`.replaceAll('/', '%2F').replace(/^\.+$/, '%2E'))
  return {
    get: (host) => isFresh(pathOf(host), timeout) ? read(pathOf(host)) : undefined,
    set: (host, facts) => { write(pathOf(host), facts) },
    delete: (host) => { rmSync(pathOf(host), { force: true }) },
  }
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true })
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new DiagnosticError([{ code: 'fact-cache', severity: 'error', summary: `Cannot keep facts in ${folder}: ${reason}` }])
  }
}

function isFresh(path: string, timeout: number): boolean {
  const stats = statSync(path, { throwIfNoEntry: false })
  return stats !== undefined && (timeout === 0 || Date.now() - stats.mtimeMs <= timeout * 1000)
}

/** A file that cannot be read is as good as none. */
function read(path: string): Dict | undefined {
  try {
    const facts = unwrapped(fromJson(JSON.parse(readFileSync(path, 'utf8')) as Json))
    return facts instanceof Map ? facts : undefined
  } catch {
    return undefined
  }
}

/** Ansible marks some texts as unsafe; here all of them are. */
function unwrapped(value: Value): Value {
  if (Array.isArray(value)) return value.map(unwrapped)
  if (!(value instanceof Map)) return value
  const text = value.size === 1 ? value.get('__ansible_unsafe') : undefined
  return text === undefined ? new Map([...value].map(([key, item]) => [key, unwrapped(item)])) : text
}

function write(path: string, facts: Dict): void {
  const beside = `${path}.${process.pid}.tmp`
  writeFileSync(beside, JSON.stringify(toJson(facts), sorted, 4), { mode: 0o600 })
  renameSync(beside, path)
}

function sorted(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => a < b ? -1 : 1))
}
