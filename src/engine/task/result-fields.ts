import type { ModuleResult } from '../../module/module.ts'
import type { Json, JsonObject } from '../../value/value.ts'

/** A module's result as it is registered and shown: with `failed`, `msg`, lines of output and facts where they belong. */
export function resultFields(result: ModuleResult, listsDiffs?: boolean): JsonObject {
  const { changed, failed, skipped, msg, effects = [], fields = {} } = result
  const facts = Object.assign({}, ...effects.map(factsOf)) as JsonObject
  return {
    // A module may tell what differs in a form of its own.
    ...diffField(result, listsDiffs),
    ...fields,
    ...linesOf(fields, 'stdout'),
    ...linesOf(fields, 'stderr'),
    ...(msg !== undefined && { msg }),
    ...(Object.keys(facts).length > 0 && fields.ansible_facts === undefined && { ansible_facts: facts }),
    ...(skipped && { skipped }),
    changed,
    failed: failed ?? nonZero(fields.rc),
  }
}

/** A command that says nothing about failure fails by its status. */
function nonZero(status: Json | undefined): boolean {
  return typeof status === 'number' && status !== 0
}

function linesOf(fields: JsonObject, name: 'stdout' | 'stderr'): JsonObject {
  const text = fields[name]
  const lines = `${name}_lines`
  if (typeof text !== 'string' || fields[lines] !== undefined) return {}
  return { [lines]: splitLines(text) }
}

function splitLines(text: string): readonly string[] {
  const lines = text.split(/\r\n|\n|\r/)
  if (lines.at(-1) === '') lines.pop()
  return lines
}

function factsOf(effect: NonNullable<ModuleResult['effects']>[number]): JsonObject {
  if (effect.kind === 'facts') return effect.facts
  return effect.kind === 'variables' ? effect.variables : {}
}

function diffField({ diff = [] }: ModuleResult, isList = false): JsonObject {
  if (diff.length === 0) return {}
  const all = diff.map(({ before, after, beforeHeader, afterHeader, prepared }) => ({
    before, after,
    ...(beforeHeader !== undefined && { before_header: beforeHeader }),
    ...(afterHeader !== undefined && { after_header: afterHeader }),
    ...(prepared !== undefined && { prepared }),
  }))
  return { diff: all.length === 1 && !isList ? all[0] ?? [] : all }
}
