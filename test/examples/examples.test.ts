import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MODULES } from '../../src/modules/index.ts'
import { elsewhere, examplesOf, families, type Family, type Rehearsed } from './family.ts'
import { exampleHost, type ExampleHost } from './host/example-host.ts'
import { judgeExample, stateProblems } from './judge.ts'
import { prepare, rehearse, type Rehearsal } from './rehearse.ts'

const all = families()
const notHere = elsewhere()

describe('examples', () => {
  it.each(MODULES.map(({ name, examples }) => [name, examples] as const))('of %s are run, or it is said why not', (name, examples) => {
    const own = all.filter(({ modules }) => modules[name] !== undefined)
    expect([...own.map((family) => family.name), ...notHere[name] === undefined ? [] : ['elsewhere']], `add ${name} to \`modules\` of a family in test/examples/families, with what its examples presuppose in \`given\``).toHaveLength(1)
    for (const { modules } of own) {
      const { lasting, idle, fails, elsewhere: apart } = modules[name] ?? {}
      for (const named of [lasting, idle, fails, apart].flatMap((entries) => Object.keys(entries ?? {}))) expect(examples.map((example) => example.name)).toContain(named)
    }
  })
})

describe('examples on a fresh host', () => {
  const scratch = mkdtempSync(join(tmpdir(), 'examples-'))
  let host: ExampleHost

  beforeAll(async () => { host = await exampleHost(scratch) })
  afterAll(async () => {
    await host.down()
    rmSync(scratch, { recursive: true, force: true })
    console.log(notRun())
  })

  describe.each(all.map((family) => [family.name, family] as const))('%s', (_name, family) => {
    beforeAll(async () => {
      await host.fresh()
      await prepare(family, host, join(scratch, family.name))
    })

    it.each(roundsOf(family).map((round) => [round.title, round] as const))('%s', async (_title, { examples, isTakenBack }) => {
      const rehearsal = await rehearse(family, examples, { host, isTakenBack, folder: join(scratch, family.name) })
      const problems = [
        ...examples.flatMap((rehearsed) => judgeExample(rehearsed, rehearsal, { isTakenBack }).map((problem) => `${rehearsed.task}: ${problem}`)),
        ...between(rehearsal, 'checked').map((problem) => `check mode changed ${problem}`),
        ...missingReasons(rehearsal, examples),
        ...isTakenBack ? [...between(rehearsal, 'undone').map((problem) => `undo left ${problem}`), ...unexpectedLasting(rehearsal, examples)] : [],
      ]
      if (problems.length > 0) expect.fail(`\n${problems.join('\n')}`)
    })
  })

  function between({ states }: Rehearsal, when: 'checked' | 'undone'): readonly string[] {
    return stateProblems(states.before, states[when], (path) => host.host.pathOf(path))
  }
})

interface Round {
  readonly title: string
  readonly examples: readonly Rehearsed[]
  readonly isTakenBack: boolean
}

/** What can be taken back apart from what cannot, so that the host is wholly as before where it should be. */
function roundsOf(family: Family): readonly Round[] {
  const examples = examplesOf(family)
  const undone = examples.filter((rehearsed) => isTakenBack(rehearsed))
  const rounds = [{ title: 'what undo takes back', examples: undone, isTakenBack: true }, { title: 'what lasts', examples: examples.filter((rehearsed) => !undone.includes(rehearsed)), isTakenBack: false }]
  return rounds.filter((round) => round.examples.length > 0)
}

function isTakenBack({ module, example, preparation }: Rehearsed): boolean {
  if (preparation.lasting?.[example.name] !== undefined) return false
  return module.kind === 'action' ? module.check === 'run' : typeof module.undo !== 'object'
}

function unexpectedLasting({ lasting }: Rehearsal, examples: readonly Rehearsed[]): readonly string[] {
  return lasting.map(({ module, reason }) => `${module} says that undo cannot take it back (${reason}): where that is so, name the example in \`lasting\` of ${String(examples.find((rehearsed) => rehearsed.module.name === module)?.task)}`)
}

/** What is said in `lasting` must be what the module says. */
function missingReasons({ lasting }: Rehearsal, examples: readonly Rehearsed[]): readonly string[] {
  return examples.flatMap(({ task, module, example, preparation }) => {
    const reason = preparation.lasting?.[example.name]
    return reason === undefined || lasting.some((one) => one.module === module.name && one.reason.includes(reason)) ? [] : [`${task}: the module does not say that undo cannot take it back: ${reason}`]
  })
}

function notRun(): string {
  const single = all.flatMap(({ modules }) => Object.entries(modules).flatMap(([name, { elsewhere: reasons = {} }]) => Object.entries(reasons).map(([example, reason]) => `${name}, ${example}: ${reason}`)))
  return ['Examples that are not run here:', ...Object.entries(notHere).map(([name, reason]) => `${name}: ${reason}`), ...single].join('\n  ')
}
