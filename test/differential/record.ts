import type { Json, JsonObject } from '../../src/value/value.ts'

/** What a run was, in terms that both tools have. */
export interface RunRecord {
  readonly exitCode: number
  /** Results by host, in order. */
  readonly hosts: Readonly<Record<string, readonly ResultRecord[]>>
  readonly recap: Readonly<Record<string, Readonly<Record<string, number>>>>
  readonly files: Readonly<Record<string, string>>
  /** What it printed, for whoever looks into a difference. */
  readonly output: string
}

export interface ResultRecord {
  readonly kind: 'host' | 'item' | 'retry'
  readonly play: string
  readonly task: string
  readonly action: string
  readonly status: string
  readonly ignored: boolean
  readonly result: JsonObject
  readonly diff: readonly Json[]
}

export const RECAP_COUNTS = ['ok', 'changed', 'unreachable', 'failed', 'skipped', 'rescued', 'ignored'] as const

/** Groups results by host, and keeps their order there. */
export function byHost(results: readonly { readonly host: string, readonly record: ResultRecord }[]): Record<string, ResultRecord[]> {
  const hosts: Record<string, ResultRecord[]> = {}
  for (const { host, record } of results) (hosts[host] ??= []).push(record)
  return hosts
}
