import type { ChildProcess } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { holdInserts, openTransactions } from './held-merge.ts'
import { Lab, tsplay, type RunResult, type RunSettings } from './lab.ts'
import { PLAYBOOK, SMALL } from './sites.ts'

/** Moments are drawn anew each time; the seed in the test's name makes one repeatable: FAULT_SEED=123. */
const seed = Number(process.env['FAULT_SEED'] ?? Date.now() % 1_000_000)
const KILLS = 8
/** Plays in which tsplay is killed. */
const PHASES = /^P[1-7] /

/** The restored databases have all their indexes and are counted; the merge is three tasks away. */
const BEFORE_MERGE = 'Every row of the old zone was restored'

/** All but when services started: each time the lab is booted anew. */
const STATE = ['hostname', 'files', 'databases', 'cacheKeys']

const site = SMALL
const lab = new Lab(site.name, `faults-${site.name}`)

describe(`after faults (seed ${seed}) the same final state is reached`, () => {
  let wanted: string
  let duration: { readonly from: number, readonly to: number }

  beforeAll(async () => {
    lab.fresh()
    duration = await timeOfPhases()
    wanted = lab.snapshot('wanted')
  })
  afterAll(() => { lab.down() })

  it.each(moments(seed))('kill -9 of tsplay at %d percent of P1 to P7', async (percent) => {
    lab.fresh()
    const killAfter = duration.from + (duration.to - duration.from) * percent / 100
    const killed = await run({ killAfter })
    const again = await run()
    expect(again.status, `${killed.output.slice(-1500)}\n=== again ===\n${again.output.slice(-4000)}`).toBe(0)
    expect(lab.difference(wanted, lab.snapshot('after-kill'), STATE)).toEqual([])
  })

  it('the new primary loses power inside the transaction that merges the dump', async () => {
    lab.fresh()
    let open = 0
    const cut = (output: string, process: ChildProcess) => {
      if (open > 0 || !output.includes(BEFORE_MERGE)) return
      process.kill('SIGSTOP')
      try {
        holdInserts(lab, site.primary)
      } finally {
        process.kill('SIGCONT')
      }
      open = openTransactions(lab, site.primary)
      lab.kill(site.primary)
    }
    const killed = await run({ onOutput: cut })
    expect(open).toBe(1)
    expect([2, 4]).toContain(killed.status)
    lab.start(site.primary)
    const again = await run()
    expect(again.status, `${killed.output.slice(-1500)}\n=== again ===\n${again.output.slice(-4000)}`).toBe(0)
    expect(lab.difference(wanted, lab.snapshot('after-power-cut'), STATE)).toEqual([])
  })
})

function run(settings: Omit<RunSettings, 'lab'> = {}): Promise<RunResult> {
  return tsplay(['run', PLAYBOOK, '-i', site.inventory], { lab, ...settings })
}

/** When P1 starts and P7 ends in an undisturbed run, in milliseconds. */
async function timeOfPhases(): Promise<{ readonly from: number, readonly to: number }> {
  const start = performance.now()
  let [from, to] = [0, 0]
  const result = await run({ onOutput: (output) => {
    const plays = [...output.matchAll(/^PLAY \[(.*?)\]/gm)].map((match) => match[1] ?? '')
    const now = performance.now() - start
    if (from === 0 && plays.some((play) => PHASES.test(play))) from = now
    if (to === 0 && plays.some((play) => play.startsWith('P9 '))) to = now
  } })
  expect(result.status, result.output.slice(-4000)).toBe(0)
  return { from, to }
}

/** One random percentage in each eighth of the time. */
function moments(start: number): number[] {
  let state = start
  return Array.from({ length: KILLS }, (_, index) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.round((index + state / 2_147_483_648) * 100 / KILLS)
  })
}
