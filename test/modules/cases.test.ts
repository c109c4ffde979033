import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { coerceArguments } from '../../src/module/arguments.ts'
import { createModuleRegistry } from '../../src/module/registry.ts'
import { MODULES } from '../../src/modules/index.ts'
import { fromJson } from '../../src/value/json.ts'
import type { Value } from '../../src/value/value.ts'
import type { FileSpec } from '../support/fake-files.ts'
import type { FakeRemote } from '../support/fake-remote.ts'
import { runCase, type CaseOutcome, type Expectation, type ModuleCase } from '../support/run-case.ts'

const registry = createModuleRegistry(MODULES)
const folders = readdirSync(import.meta.dirname).filter((name) => statSync(join(import.meta.dirname, name)).isDirectory())

describe.each(folders)('module %s', (name) => {
  const module = registry.find(name)
  it.each(casesOf(name))('$name', async (given) => {
    if (module === undefined) throw new Error(`There is no module ${name}`)
    const outcome = await runCase(module, given)
    expect(outcome.error ?? 'no error').toContain(given.expect.error ?? 'no error')
    if (given.expect.changed !== undefined) expect(outcome.changed).toBe(given.expect.changed)
    expectDetails(outcome, given.expect)
    if (given.expect.changesAgain === undefined) expect(outcome.changedAgain ?? false, 'a second run changes nothing').toBe(false)
    if (outcome.predicted !== undefined && !outcome.predicted.unknown) expect(outcome.predicted.changed, 'check mode predicts').toBe(outcome.changed)
  })
})

describe.each(MODULES.map((module) => ({ name: module.name, module })))('module $name', ({ name, module }) => {
  it('has cases', () => {
    expect(folders).toContain(name)
  })

  it('has examples whose arguments are valid', () => {
    expect(module.examples.length).toBeGreaterThan(0)
    for (const example of module.examples) {
      const given = new Map(Object.entries(example.args).map(([key, value]): [string, Value] => [key, fromJson(value)]))
      expect(coerceArguments(module, given), example.name).toMatchObject({ kind: 'valid' })
    }
  })
})

describe('registry of modules', () => {
  it('is in alphabetical order', () => {
    const names = MODULES.map((module) => module.name)
    expect(names).toEqual([...names].sort())
  })
})

function casesOf(name: string): readonly ModuleCase[] {
  const folder = join(import.meta.dirname, name)
  return readdirSync(folder).filter((file) => file.endsWith('.json')).flatMap((file) => {
    const parsed = JSON.parse(readFileSync(join(folder, file), 'utf8')) as ModuleCase | readonly ModuleCase[]
    return parsed
  })
}

function expectDetails(outcome: CaseOutcome, expected: Expectation): void {
  if (expected.writes !== undefined) expect(outcome.done).toEqual(expected.writes)
  if (expected.rounds !== undefined) expect(outcome.rounds).toBe(expected.rounds)
  if (expected.result !== undefined) expect(outcome.result).toMatchObject(expected.result)
  if (expected.diffs !== undefined) expect(outcome.diff.map(({ after }) => after)).toEqual(expected.diffs)
  for (const [path, spec] of Object.entries(expected.files ?? {})) expect({ path, file: fileAt(outcome.remote, path, spec) }).toEqual({ path, file: spec })
  for (const [path, spec] of Object.entries(expected.localFiles ?? {})) expect({ path, file: fileAt(outcome.localRemote, path, spec) }).toEqual({ path, file: spec })
}

/** The file as its expectation is written: only with the fields that this names. */
function fileAt(remote: FakeRemote, path: string, like: FileSpec | null): unknown {
  const node = remote.files.nodes.get(path)
  if (node === undefined) return null
  if (typeof like === 'string') return node.content.toString('utf8')
  const { type, content, owner, group, target, modified, accessed } = node
  const mode = `0${node.mode.toString(8)}`
  const whole = { type, content: content.toString('utf8'), base64: content.toString('base64'), owner, group, target, modified, accessed, mode }
  return Object.fromEntries(Object.entries(whole).filter(([field]) => like !== null && field in like))
}
