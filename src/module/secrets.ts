import type { ArgumentSpec } from './argument-spec.ts'
import type { Module } from './module.ts'

/** The texts of all secret arguments of a task, nested ones too: whatever is shown or recorded must not hold them. */
export function secretsOf(module: Module, args: unknown): readonly string[] {
  return secretsIn(module.args, args)
}

function secretsIn(spec: ArgumentSpec, args: unknown): readonly string[] {
  if (typeof args !== 'object' || args === null) return []
  return Object.entries(spec).flatMap(([name, argument]) => {
    const value = (args as Readonly<Record<string, unknown>>)[name]
    if (argument.secret) return textsIn(value)
    const { options } = argument
    if (options === undefined) return []
    return Array.isArray(value) ? value.flatMap((item) => secretsIn(options, item)) : secretsIn(options, value)
  })
}

function textsIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(textsIn)
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(textsIn)
  return value === undefined || value === null || value === '' || typeof value === 'boolean' ? [] : [String(value)]
}
