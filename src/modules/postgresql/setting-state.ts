import { ModuleFailure } from '../../module/module.ts'
import type { Ask } from './sql-module.ts'
import { quoteLiteral } from './sql-text.ts'

/** A setting of the server. */
export interface SettingState {
  /** What postgresql.auto.conf says; null: nothing. */
  readonly ours: string | null
  /** What holds now, as SHOW prints it. */
  readonly pretty: string
  /** What it is without any configuration. */
  readonly boot: string
  readonly unit: string | null
  readonly type: string
  readonly context: string
  readonly isList: boolean
}

const LISTS = new Set([
  'DateStyle', 'createrole_self_grant', 'debug_io_direct', 'listen_addresses', 'local_preload_libraries', 'log_destination', 'restrict_nonsystem_relation_kind', 'search_path',
  'session_preload_libraries', 'shared_preload_libraries', 'synchronous_standby_names', 'synchronized_standby_slots', 'temp_tablespaces', 'unix_socket_directories', 'wal_consistency_checking',
])

/** Looks a setting up, in force and in postgresql.auto.conf. */
export async function lookAtSetting(name: string, ask: Ask): Promise<SettingState> {
  const [[row], [written]] = await Promise.all([
    ask(`SELECT s.name, s.boot_val AS boot, s.unit, s.vartype, s.context, pg_catalog.current_setting(s.name) AS pretty FROM pg_catalog.pg_settings s WHERE s.name = ${quoteLiteral(name)}`),
    ask(`SELECT setting FROM pg_catalog.pg_file_settings WHERE name = ${quoteLiteral(name)} AND sourcefile LIKE '%postgresql.auto.conf' ORDER BY seqno DESC LIMIT 1`),
  ])
  if (row === undefined) throw new ModuleFailure(`No such parameter: ${name}. Please check its spelling or presence in your PostgreSQL version`)
  return {
    ours: written?.setting ?? null, pretty: row.pretty ?? '', boot: row.boot ?? '', unit: row.unit ?? null,
    type: row.vartype ?? '', context: row.context ?? '', isList: LISTS.has(row.name ?? ''),
  }
}

/** Whether two texts are the same value of a setting: 1GB is 1024MB, on is true. */
export function sameValue(setting: SettingState, one: string, other: string): boolean {
  if (one === other) return true
  const { type, unit } = setting
  if (type === 'bool') return truth(one) !== undefined && truth(one) === truth(other)
  if (type === 'integer' || type === 'real') {
    const [left, right] = [amount(one, unit), amount(other, unit)]
    return left !== undefined && right !== undefined && Math.abs(left - right) < 1e-9 * Math.max(1, Math.abs(left))
  }
  if (type === 'enum') return one.toLowerCase() === other.toLowerCase()
  return setting.isList && items(one) === items(other)
}

const items = (list: string): string => list.split(',').map((item) => item.trim().replace(/^["']|["']$/g, '')).join(',')

/** The server takes any beginning that can be only one of these words. */
function truth(text: string): boolean | undefined {
  const word = text.toLowerCase()
  if (word === '1' || 'true'.startsWith(word) || 'yes'.startsWith(word) || word === 'on') return true
  return word === '0' || 'false'.startsWith(word) || 'no'.startsWith(word) || 'off'.startsWith(word) ? false : undefined
}

/** A value as SHOW prints it: with the largest unit that leaves a whole number. */
export function prettyValue({ type, unit }: SettingState, text: string): string {
  const value = type === 'integer' ? amount(text, unit) : undefined
  if (value === undefined || unit === null || value <= 0) return text
  const ladder = /B$/.test(unit) ? ['TB', 'GB', 'MB', 'kB', 'B'] : ['d', 'h', 'min', 's', 'ms', 'us']
  const fitting = ladder.find((name) => Number.isInteger(value / factor(name)))
  return fitting === undefined ? text : `${String(value / factor(fitting))}${fitting}`
}

/** The value in force, in bytes where it is told in kB or MB. */
export function inBytes({ pretty, unit }: SettingState): { readonly value: string | number, readonly unit: string | null } {
  const value = unit === 'kB' || unit === 'MB' ? amount(pretty, unit) : undefined
  return value === undefined || value <= 0 ? { value: pretty, unit } : { value, unit: 'b' }
}

const UNITS: Readonly<Record<string, number>> = {
  B: 1, kB: 1024, MB: 1024 ** 2, GB: 1024 ** 3, TB: 1024 ** 4, us: 0.001, ms: 1, s: 1000, min: 60_000, h: 3_600_000, d: 86_400_000,
}

/** In bytes or milliseconds; a number without a unit counts in that of the setting (`8kB`, `s`). */
function amount(text: string, unit: string | null): number | undefined {
  const [, digits, own] = /^\s*(-?[\d.]+(?:e[+-]?\d+)?)\s*([A-Za-z]*)\s*$/.exec(text) ?? []
  if (digits === undefined) return undefined
  // -1 and 0 mean the same in any unit.
  if (Number(digits) === -1) return -1
  return Number(digits) * factor(own === '' ? unit : own)
}

function factor(unit: string | null | undefined): number {
  const [, times = '', base = ''] = /^(\d*)([A-Za-z]+)$/.exec(unit ?? '') ?? []
  return Number(times === '' ? 1 : times) * (UNITS[base] ?? 1)
}
