import { isDeepStrictEqual } from 'node:util'
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

/** The texts that differ: a result has one diff or several, some of which say nothing. */
export function diffsOf(diff: Json | undefined): Json[] {
  const all = diff === undefined ? [] : Array.isArray(diff) ? diff as readonly Json[] : [diff]
  return all.flatMap((one) => textsOf(one))
}

/** What modules say of attributes they say in forms of their own: that they do is all that is kept of it. */
function textsOf(diff: Json): Json[] {
  if (typeof diff !== 'object' || diff === null || !('before' in diff || 'after' in diff)) return []
  const { before = '', after = '' } = diff as JsonObject
  if (isDeepStrictEqual(before, after)) return []
  return isText(before) && isText(after) ? [{ before, after }] : ['attributes']
}

function isText(value: Json): boolean {
  return typeof value === 'string' && !value.startsWith('path: ')
}
