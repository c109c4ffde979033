import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { coerceArguments } from '../../src/module/arguments.ts'
import type { Argument, ArgumentSpec } from '../../src/module/argument-spec.ts'
import type { Module } from '../../src/module/module.ts'
import { MODULES } from '../../src/modules/index.ts'
import { fromJson } from '../../src/value/json.ts'
import type { Json, JsonObject, Value } from '../../src/value/value.ts'
import { runCase, type ModuleCase } from '../support/run-case.ts'

const CASES = join(import.meta.dirname, '../modules')

/** What holds of every module. That a second run changes nothing and that check mode predicts is in test/modules/cases.test.ts. */
describe.each(MODULES.map((module) => ({ name: module.name, module })))('module $name', ({ name, module }) => {
  const specified: readonly (readonly [string, Argument])[] = Object.entries(module.args as ArgumentSpec)

  it('is documented', () => {
    expect(name).toMatch(/^[a-z][a-z0-9_]*$/)
    expect(module.summary).toMatch(/^[A-Z].*\.$/s)
    for (const [path, { description, choices, default: preset }] of allArguments(module.args)) {
      expect(description.length, path).toBeGreaterThan(3)
      if (choices !== undefined && preset !== undefined && !Array.isArray(preset)) expect(choices, path).toContain(preset)
    }
    const names = specified.flatMap(([argument, { aliases = [] }]) => [argument, ...aliases])
    expect(new Set(names).size, 'names and aliases differ').toBe(names.length)
  })

  it.runIf(module.kind === 'state')('says why a change cannot be taken back, where it cannot', () => {
    const undo = module.kind === 'state' ? module.undo ?? 'swap' : 'swap'
    if (typeof undo === 'object') expect(undo.impossible.length).toBeGreaterThan(10)
  })

  it.runIf(!isOpen(module))('tells an argument that it does not know, and those that it does', () => {
    const [problem] = problemsOf(module, { ...base(module), no_such_argument: 1 }, 'no_such_argument')
    const told = `${problem?.message ?? ''} ${problem?.hint ?? ''}`
    expect(told).toContain('no_such_argument')
    for (const [argument] of specified) expect(told).toContain(argument)
  })

  it.each(specified.filter(([, { choices }]) => choices !== undefined))('tells what %s may be', (argument, { choices = [], type }) => {
    const wrong: Json = type === 'int' ? 98765 : 'none-of-these'
    const told = problemsOf(module, { ...base(module), [argument]: wrong }, argument).map(({ message }) => message).join('\n')
    expect(told).toContain(argument)
    for (const choice of choices) expect(told).toContain(String(choice))
  })

  it.each(specified.filter(([, { type, choices }]) => choices === undefined && type in WRONG))('refuses for %s what is of another type', (argument, { type }) => {
    const told = problemsOf(module, { ...base(module), [argument]: WRONG[type] ?? null }, argument)
    expect(told.map(({ message }) => message).join('\n')).toContain(argument)
  })

  it.each(specified.filter(([, { required }]) => required))('asks for %s', (argument, { aliases = [] }) => {
    const told = problemsOf(module, without(base(module), [argument, ...aliases]), argument)
    expect(told.length).toBeGreaterThan(0)
  })

  it.runIf(specified.some(([, { secret }]) => secret))('never tells a secret', async () => {
    for (const given of casesOf(name)) {
      const secrets = secretsIn(module.args, given.args)
      const { result, diff, error } = await runCase(module, given)
      const told = JSON.stringify({ result, diff, error })
      for (const secret of secrets) expect(told, given.name).not.toContain(secret)
    }
  })
})

/** Values that cannot be made into a type. */
const WRONG: Readonly<Record<string, Json>> = { int: 'many', float: 'many', bool: 'perhaps', dict: 'no dict' }

/** Arguments of the first example: what is needed is among them. */
function base(module: Module): JsonObject {
  return module.examples[0]?.args ?? {}
}

function isOpen(module: Module): boolean {
  return module.acceptsAnyArgument === true || module.hasOwnSpec === true
}

function problemsOf(module: Module, args: JsonObject, about: string): readonly { readonly message: string, readonly hint?: string }[] {
  const given = new Map(Object.entries(args).map(([key, value]): [string, Value] => [key, fromJson(value)]))
  const coerced = coerceArguments(module, given)
  return coerced.kind === 'valid' ? [] : coerced.problems.filter(({ argument, message }) => argument.startsWith(about) || message.includes(about) || argument === '')
}

function without(args: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(args).filter(([name]) => !names.includes(name)))
}

function allArguments(spec: ArgumentSpec, prefix = ''): readonly (readonly [string, Argument])[] {
  return Object.entries(spec).flatMap(([name, argument]) => [
    [`${prefix}${name}`, argument] as const, ...argument.options === undefined ? [] : allArguments(argument.options, `${prefix}${name}.`),
  ])
}

function casesOf(name: string): readonly ModuleCase[] {
  const folder = join(CASES, name)
  return readdirSync(folder).filter((file) => file.endsWith('.json')).flatMap((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as ModuleCase | readonly ModuleCase[])
}

/** Secret texts of a task; short ones and words of the spec may stand anywhere. */
function secretsIn(spec: ArgumentSpec, args: JsonObject): readonly string[] {
  return Object.entries(spec).flatMap(([name, { secret, aliases = [] }]) => {
    const value = [name, ...aliases].map((key) => args[key]).find((found) => found !== undefined)
    return secret && typeof value === 'string' && value.length > 5 && !Object.entries(args).some(([key, other]) => key !== name && !aliases.includes(key) && other === value) ? [value] : []
  })
}
