import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import type { Example, Module } from '../../src/module/module.ts'
import { MODULES } from '../../src/modules/index.ts'
import type { Json, JsonObject } from '../../src/value/value.ts'

/** Modules whose examples are run together on one host, and what these presuppose. */
export interface Family {
  readonly name: string
  /** Tasks that make what the examples presuppose. */
  readonly given: readonly JsonObject[]
  /** Files beside the playbook. */
  readonly files: Readonly<Record<string, string>>
  readonly variables: JsonObject
  /** Keywords of the play. */
  readonly keywords: JsonObject
  readonly modules: Readonly<Record<string, Preparation>>
}

/** What is particular to the examples of one module. Keys are names of examples. */
export interface Preparation {
  /** Why undo cannot take it back: part of the reason that the module gives for this change. */
  readonly lasting?: Readonly<Record<string, string>>
  /** Why it changes nothing on such a host, though its module keeps a state. */
  readonly idle?: Readonly<Record<string, string>>
  /** It is there to fail: part of its message. */
  readonly fails?: Readonly<Record<string, string>>
  /** Why it cannot be run here. */
  readonly elsewhere?: Readonly<Record<string, string>>
  /** Fields of its results, and `diff`, that tell of the moment or of chance, so that check mode cannot know them. */
  readonly moment?: readonly string[]
  /** Keywords of the task. */
  readonly keywords?: JsonObject
}

/** An example as a task. */
export interface Rehearsed {
  readonly task: string
  readonly module: Module
  readonly example: Example
  readonly preparation: Preparation
}

const FOLDER = join(import.meta.dirname, 'families')

/** All families, in the order of their files' names. */
export function families(): readonly Family[] {
  return readdirSync(FOLDER).filter((file) => file.endsWith('.yml')).sort().map((file) => {
    const { given = [], files = {}, variables = {}, keywords = {}, modules } = parse(readFileSync(join(FOLDER, file), 'utf8')) as Partial<Family>
    return { name: file.replace('.yml', ''), given, files, variables, keywords, modules: Object.fromEntries(Object.entries(modules ?? {}).map(([name, own]) => [name, (own as Preparation | null) ?? {}])) }
  })
}

/** Modules none of whose examples can be run on such a host -> why. */
export function elsewhere(): Readonly<Record<string, string>> {
  return parse(readFileSync(join(import.meta.dirname, 'elsewhere.yml'), 'utf8')) as Record<string, string>
}

/** The examples of a family that can be run, in the order of its file. */
export function examplesOf({ modules }: Family): readonly Rehearsed[] {
  return Object.entries(modules).flatMap(([name, preparation]) => {
    const module = MODULES.find((candidate) => candidate.name === name)
    if (module === undefined) throw new Error(`There is no module ${name}`)
    return module.examples.filter((example) => preparation.elsewhere?.[example.name] === undefined).map((example) => ({ task: `${name}: ${example.name}`, module, example, preparation }))
  })
}

/** An example's task: whatever comes of it, the next one is run too. */
export function taskOf({ task, module, example, preparation }: Rehearsed): Json {
  return { ...preparation.keywords, name: task, [module.name]: example.args, ignore_errors: true }
}
