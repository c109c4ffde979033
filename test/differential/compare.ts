import { isDeepStrictEqual } from 'node:util'
import type { Json, JsonObject } from '../../src/value/value.ts'
import { comparable, saysExactly, type Comparing } from './normalise.ts'
import type { ResultRecord, RunRecord } from './record.ts'

/** One thing in which two runs differ, and what it is about: the name of a task, or `recap`, `exitCode`, `files`. */
export interface Difference {
  readonly about: string
  readonly text: string
}

export interface Sides<Side> { readonly ansible: Side, readonly tsplay: Side }

/** Everything in which tsplay's run differs from Ansible's. */
export function compareRuns(options: Comparing, { ansible, tsplay }: Sides<RunRecord>): Difference[] {
  return [
    ...(['exitCode', 'recap', 'files'] as const).flatMap((part) => valueDifferences(part, ansible[part], tsplay[part]).map(({ text }) => ({ about: part, text }))),
    ...[...new Set([...Object.keys(ansible.hosts), ...Object.keys(tsplay.hosts)])].sort()
      .flatMap((host) => compareResults(host, { ansible: prepared(options, ansible.hosts[host]), tsplay: prepared(options, tsplay.hosts[host]) })),
  ]
}

function prepared(options: Comparing, results: readonly ResultRecord[] = []): ResultRecord[] {
  return results.map((result) => comparable(result, options))
}

/** Same results in the same order; from the first one that is not there on both sides, only the titles are told. */
function compareResults(host: string, { ansible, tsplay }: Sides<readonly ResultRecord[]>): Difference[] {
  const titles = { ansible: ansible.map(title), tsplay: tsplay.map(title) }
  const differs = titles.ansible.findIndex((text, index) => text !== titles.tsplay[index])
  const common = differs < 0 ? ansible.length : differs
  const details = ansible.slice(0, common).flatMap((result, index) => {
    const other = tsplay[index]
    return other === undefined ? [] : contentDifferences(host, { ansible: result, tsplay: other })
  })
  if (common === tsplay.length && common === ansible.length) return details
  const at = (side: readonly string[]): string => side[common] ?? '(nothing)'
  const about = ansible[common]?.task ?? tsplay[common]?.task ?? ''
  return [...details, { about, text: `${host}, result ${String(common + 1)}:\n    ansible ${at(titles.ansible)}\n    tsplay  ${at(titles.tsplay)}` }]
}

function title({ kind, play, task, action, status, ignored, result }: ResultRecord): string {
  const item = kind === 'item' ? ` item ${inOrder(result[itemName(result)])}` : ''
  return `[${play}] ${kind} ${task} (${action})${item}: ${status}${ignored ? ', ignored' : ''}`
}

/** JSON with keys in the order of their names. */
function inOrder(value: Json | undefined): string {
  return JSON.stringify(value, (_key, part: unknown) => isObject(part) ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => a < b ? -1 : 1)) : part)
}

/** The field of an item's result that holds the item. */
export function itemName(result: JsonObject): string {
  return typeof result['ansible_loop_var'] === 'string' ? result['ansible_loop_var'] : 'item'
}

/** Where the fields and the diffs of two results differ that are of the same task and status. */
export function contentDifferences(host: string, { ansible, tsplay }: Sides<ResultRecord>): Difference[] {
  const where = `${host}, ${ansible.task}${ansible.kind === 'host' ? '' : ` (${ansible.kind})`}`
  return [...valueDifferences(`${where}: result`, ansible.result, withoutMore(tsplay, ansible.result)), ...valueDifferences(`${where}: diff`, ansible.diff, tsplay.diff)]
    .map(({ text }) => ({ about: ansible.task, text }))
}

/** Modules that keep a state may say more of it than Ansible's do. */
function withoutMore({ action, result }: ResultRecord, other: JsonObject): JsonObject {
  return saysExactly(action) ? result : Object.fromEntries(Object.entries(result).filter(([name]) => name in other))
}

/** The places in two values that differ, down to the leaves. */
function valueDifferences(where: string, ansible: unknown, tsplay: unknown): Difference[] {
  if (isDeepStrictEqual(ansible, tsplay) || isTextOf(ansible, tsplay)) return []
  if (isObject(ansible) && isObject(tsplay)) {
    return [...new Set([...Object.keys(ansible), ...Object.keys(tsplay)])].flatMap((key) => valueDifferences(`${where}.${key}`, ansible[key], tsplay[key]))
  }
  if (Array.isArray(ansible) && Array.isArray(tsplay) && ansible.length === tsplay.length) {
    return ansible.flatMap((item, index) => valueDifferences(`${where}[${String(index)}]`, item, tsplay[index]))
  }
  return [{ about: '', text: `${where}:\n    ansible ${shown(ansible)}\n    tsplay  ${shown(tsplay)}` }]
}

/** Until 2.19 a template's result is text where it is no list or dict: `{{ 1 + 1 }}` is then `'2'`. */
function isTextOf(ansible: unknown, tsplay: unknown): boolean {
  if (typeof ansible !== 'string') return false
  if (typeof tsplay === 'number') return ansible === String(tsplay) || Number(ansible) === tsplay
  return typeof tsplay === 'boolean' ? ansible === (tsplay ? 'True' : 'False') : tsplay === null && (ansible === '' || ansible === 'None')
}

function isObject(value: unknown): value is Readonly<Record<string, Json>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function shown(value: unknown): string {
  return value === undefined ? '(nothing)' : JSON.stringify(value)
}
