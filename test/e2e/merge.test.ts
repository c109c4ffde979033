import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { LabState } from '../lab/state/types.ts'
import { Lab, tsplay, type RunResult } from './lab.ts'
import { compare } from './outcomes.ts'
import { accountRows } from './rows.ts'
import { DEVOPS, PLAYBOOK, SMALL, type Site } from './sites.ts'

describe.each([SMALL, DEVOPS])('the merge of site $name', (site) => {
  const lab = new Lab(site.name, `e2e-${site.name}`)
  const snapshots: Record<'fresh' | 'checked' | 'merged' | 'again', string> = { fresh: '', checked: '', merged: '', again: '' }
  let check: RunResult, first: RunResult, second: RunResult

  beforeAll(async () => {
    lab.fresh()
    snapshots.fresh = lab.snapshot('fresh')
    check = await run(site, lab, '--check')
    snapshots.checked = lab.snapshot('checked')
    first = await run(site, lab)
    snapshots.merged = lab.snapshot('merged')
    second = await run(site, lab)
    snapshots.again = lab.snapshot('again')
  })
  afterAll(() => { lab.down() })

  it('check mode ends well and changes nothing on any host', () => {
    expect(check.status, check.output.slice(-4000)).toBe(0)
    expect(lab.difference(snapshots.fresh, snapshots.checked)).toEqual([])
  })

  it('makes one region that passes its own verification', () => {
    expect(first.status, first.output.slice(-4000)).toBe(0)
    const verified = first.record.outcomes.filter(({ play }) => play.startsWith('P9 '))
    expect(verified.length).toBeGreaterThan(20)
    expect(verified.filter(({ status }) => status !== 'ok' && status !== 'skipped')).toEqual([])
    console.log(`${site.name}: merged in ${first.seconds.toFixed(1)} s, ${String(first.record.figures?.roundTrips)} round trips, ${String(first.record.figures?.tasks)} task results`)
  })

  it('accounts for every row of both zones, and lists those that were already there', () => {
    const accounts = accountRows(site, snapshots.fresh, snapshots.merged)
    expect(accounts.length).toBeGreaterThan(10)
    for (const { table, lost, strange, merged, old, new: added, already } of accounts) {
      expect({ table, lost, strange, merged }).toEqual({ table, lost: [], strange: [], merged: old + added - already.length })
      console.log(`${table.padEnd(28)} ${old} + ${added} - ${already.length} = ${merged}${already.length > 0 ? `   already there: ${already.join(' ')}` : ''}`)
    }
    expect(accounts.some(({ already }) => already.length > 0)).toBe(true)
  })

  it('was predicted exactly by check mode, with at most 5% unknown', () => {
    const { pairs, unknown, wrong } = compare(check.record.outcomes, first.record.outcomes)
    console.log(`${site.name}: ${pairs} predictions, ${unknown} unknown (${(100 * unknown / pairs).toFixed(1)}%)`)
    expect(wrong).toEqual([])
    expect(unknown / pairs).toBeLessThanOrEqual(0.05)
  })

  it('changes nothing a second time, and restarts no service', () => {
    expect(second.status, second.output.slice(-4000)).toBe(0)
    expect(Object.entries(second.record.recap).filter(([, recap]) => recap['changed'] !== 0)).toEqual([])
    expect(lab.difference(snapshots.merged, snapshots.again)).toEqual([])
    expect(servicesOf(snapshots.again)).toEqual(servicesOf(snapshots.merged))
  })

  it('needs at most one round trip for every five tasks of a host the second time', () => {
    const tasks = new Map<string, number>()
    for (const { host } of second.record.outcomes) tasks.set(host, (tasks.get(host) ?? 0) + 1)
    const roundTrips = Object.entries(second.record.figures?.roundTripsByHost ?? {})
    expect(roundTrips.length).toBeGreaterThan(5)
    console.log(`${site.name}: second run ${second.seconds.toFixed(1)} s, ${String(second.record.figures?.roundTrips)} round trips for ${second.record.outcomes.length} task results`)
    expect(sum(roundTrips.map(([, count]) => count)) * 5).toBeLessThanOrEqual(second.record.outcomes.length)
  })

  it('verifies alone with --tags verify', async () => {
    const result = await run(site, lab, '--tags', 'verify')
    expect(result.status, result.output.slice(-4000)).toBe(0)
    expect(playsOf(result).filter((play) => !play.startsWith('P9 ') && !ALWAYS.has(play))).toEqual([])
  })

  it('does only the part of one host with --limit', async () => {
    const [dnsmaster] = site.dnsmasters
    const result = await run(site, lab, '--limit', dnsmaster.name)
    expect(result.status, result.output.slice(-4000)).toBe(0)
    expect(Object.keys(result.record.recap)).toEqual([dnsmaster.name])
    expect(lab.difference(snapshots.merged, lab.snapshot('after-limit'))).toEqual([])
  })
})

describe('parts of the merge alone', () => {
  const site = SMALL
  const lab = new Lab(site.name, `e2e-${site.name}`)
  beforeAll(() => { lab.fresh() })
  afterAll(() => { lab.down() })

  it('--tags dns touches dnsmasters only', async () => {
    const before = lab.snapshot('before-dns')
    const result = await run(site, lab, '--tags', 'dns')
    expect(result.status, result.output.slice(-4000)).toBe(0)
    expect(playsOf(result).filter((play) => play !== 'P4 dns' && !ALWAYS.has(play))).toEqual([])
    const changed = new Set(lab.difference(before, lab.snapshot('after-dns')).map((line) => line.split(':')[0]))
    expect([...changed].sort()).toEqual(site.dnsmasters.map(({ host }) => host).sort())
  })

  it('--limit to one dnsmaster touches that host only', async () => {
    lab.fresh()
    const [dnsmaster] = site.dnsmasters
    const before = lab.snapshot('before-limit')
    const result = await run(site, lab, '--tags', 'dns', '--limit', dnsmaster.name)
    expect(result.status, result.output.slice(-4000)).toBe(0)
    expect(Object.keys(result.record.recap)).toEqual([dnsmaster.name])
    expect([...new Set(lab.difference(before, lab.snapshot('after-limit')).map((line) => line.split(':')[0]))]).toEqual([dnsmaster.host])
  })
})

/** Plays that find out where the merge stands: every part needs them. */
const ALWAYS = new Set(['Where the merge stands', "What the new zone's firstbox says"])

function run(site: Site, lab: Lab, ...more: readonly string[]): Promise<RunResult> {
  return tsplay(['run', PLAYBOOK, '-i', site.inventory, ...more], { lab })
}

function playsOf(result: RunResult): string[] {
  return [...new Set(result.record.outcomes.map(({ play }) => play))]
}

function servicesOf(file: string): readonly unknown[] {
  return Object.values((JSON.parse(readFileSync(file, 'utf8')) as LabState).hosts).map(({ services }) => services)
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
