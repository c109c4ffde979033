import type { ArgumentSpec } from './argument-spec.ts'
import type { Json, JsonObject } from '../value/value.ts'
import type { Module } from './module.ts'

/** The texts of all secret arguments of a task, nested ones too: whatever is shown or recorded must not hold them. */
export function secretsOf(module: Module, args: unknown): readonly string[] {
  return module.hasOwnSpec ? secretsByName(module.args, args) : secretsIn(module.args, args)
}

function secretsIn(spec: ArgumentSpec, args: unknown): readonly string[] {
  if (typeof args !== 'object' || args === null) return []
  return Object.entries(spec).flatMap(([name, argument]) => {
    const value = (args as Readonly<Record<string, unknown>>)[name]
    if (argument.secret) return textsIn(value)
    const { options, secretKeys } = argument
    if (secretKeys !== undefined && typeof value === 'object' && value !== null) return secretKeys.flatMap((key) => textsIn((value as Readonly<Record<string, unknown>>)[key]))
    if (options === undefined) return []
    return Array.isArray(value) ? value.flatMap((item) => secretsIn(options, item)) : secretsIn(options, value)
  })
}

function secretsByName(spec: ArgumentSpec, value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((item) => secretsByName(spec, item))
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, item]) => spec[name]?.secret ? textsIn(item) : secretsByName(spec, item))
}

const SECRET_NAMES = /pass(?!ive)|secret|token|cryptkey|(?:api|private|access)_?key|credential/i

/** Arguments as they may be shown. Where only the module knows which are secret, those whose names sound like it are hidden too. */
export function withoutSecrets({ args: spec, hasOwnSpec = false }: Module, args: unknown): JsonObject {
  const standIn = (name: string): string | undefined => standInOf(spec, name) ?? (hasOwnSpec && SECRET_NAMES.test(name) ? HIDDEN : undefined)
  const entries = Object.entries(args as Readonly<Record<string, Json | undefined>>).filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries.map(([name, value = null]) => [name, standIn(name) ?? (hasOwnSpec ? hiddenWithin(value, standIn) : value)]))
}

const HIDDEN = '********'

/** What stands for an argument that is not shown. */
function standInOf(spec: ArgumentSpec, name: string): string | undefined {
  if (spec[name]?.unshown) return 'VALUE_SPECIFIED_IN_NO_LOG_PARAMETER'
  return spec[name]?.secret ? HIDDEN : undefined
}

function hiddenWithin(value: Json, standIn: (name: string) => string | undefined): Json {
  if (Array.isArray(value)) return value.map((item: Json) => hiddenWithin(item, standIn))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, standIn(name) ?? hiddenWithin(item ?? null, standIn)]))
}

function textsIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(textsIn)
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(textsIn)
  return value === undefined || value === null || value === '' || typeof value === 'boolean' ? [] : [String(value)]
}
