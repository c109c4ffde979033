import { readFileSync } from 'node:fs'
import type { LabState } from '../lab/state/types.ts'
import type { Site } from './sites.ts'

/** Tables whose primary key is more than their first column. */
const KEY_COLUMNS: Readonly<Record<string, number>> = { user_zone: 2, resource_tag: 2, instance_vxnet: 2, leasing: 1 }

/** The new zone's pool of service addresses is emptied before its data is merged, as the runbook says. */
const NOT_MERGED = new Set(['public.service_ip_pool'])

export interface TableAccount {
  readonly table: string
  readonly old: number
  readonly new: number
  /** Keys that both zones had. */
  readonly already: readonly string[]
  readonly merged: number
  /** Keys of either zone that the merged table lacks, and keys that neither zone had. */
  readonly lost: readonly string[]
  readonly strange: readonly string[]
}

/** Accounts for every row of database `zone`: those of both zones before, those of the region after. */
export function accountRows(site: Site, beforeFile: string, afterFile: string): readonly TableAccount[] {
  const [before, after] = [readState(beforeFile), readState(afterFile)]
  const old = tablesOf(before, site.oldMaster, '5432/zone')
  const added = tablesOf(before, site.newPrimary, '5433/zone')
  const merged = tablesOf(after, site.primary, '5433/zone')
  return Object.keys(old).filter((table) => table.startsWith('public.')).map((table) => {
    const oldKeys = keysOf(table, old[table] ?? [])
    const newKeys = NOT_MERGED.has(table) ? new Set<string>() : keysOf(table, added[table] ?? [])
    const mergedKeys = keysOf(table, merged[table] ?? [])
    const expected = new Set([...oldKeys, ...newKeys])
    return {
      table, old: oldKeys.size, new: newKeys.size, merged: merged[table]?.length ?? 0,
      already: [...newKeys].filter((key) => oldKeys.has(key)),
      lost: [...expected].filter((key) => !mergedKeys.has(key)),
      strange: [...mergedKeys].filter((key) => !expected.has(key)),
    }
  })
}

function readState(file: string): LabState {
  return JSON.parse(readFileSync(file, 'utf8')) as LabState
}

function tablesOf(state: LabState, host: string, database: string): Readonly<Record<string, readonly string[]>> {
  const tables = state.hosts[host]?.databases[database]
  if (!tables) throw new Error(`${host} has no database ${database}`)
  return tables
}

function keysOf(table: string, rows: readonly string[]): Set<string> {
  const columns = KEY_COLUMNS[table.replace(/^public\./, '')] ?? 1
  return new Set(rows.map((row) => JSON.stringify(Object.values(JSON.parse(row) as Record<string, unknown>).slice(0, columns))))
}
