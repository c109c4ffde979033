import { nearestNames } from '../diagnostics/nearest.ts'
import type { TemplateString } from '../value/template-string.ts'
import { findByName } from './find-by-name.ts'
import { placeInFile } from './source-place.ts'
import type { TemplateNode } from './syntax/ast.ts'
import { type CallKind, calledNames } from './syntax/called-names.ts'
import { freeNames } from './syntax/free-names.ts'
import { TemplateSyntaxError } from './syntax/syntax-error.ts'
import type { FreeName, Registry, UnknownCall } from './types.ts'

/** A template, and how to parse it. */
export interface Parsing {
  readonly template: TemplateString
  readonly parse: () => TemplateNode
}

/** The names that a template cannot do without. One with a syntax error has none: that is told elsewhere. */
export function requiredNames({ template, parse }: Parsing, { globals }: Registry): readonly FreeName[] {
  return ofValid(() => freeNames(parse()).filter(({ name }) => !globals.has(name)).map(({ name, at }) => ({ name, range: placeInFile(template, at, at + name.length) })))
}

/** The filters, tests and lookups that a template names and nobody registered. */
export function unknownCalls({ template, parse }: Parsing, registry: Registry): readonly UnknownCall[] {
  return ofValid(() => calledNames(parse()).flatMap(({ kind, name, at }) => {
    const near = namesLike({ kind, name }, registry)
    return near === undefined ? [] : [{ kind, name, near, range: placeInFile(template, at, at + name.length) }]
  }))
}

/** The names like that of a filter, test or lookup that is not there; undefined when it is there. */
export function namesLike({ kind, name }: { readonly kind: CallKind, readonly name: string }, registry: Registry): readonly string[] | undefined {
  const table: ReadonlyMap<string, unknown> = { filter: registry.filters, test: registry.tests, lookup: registry.lookups }[kind]
  return findByName(table, name) === undefined ? nearestNames(name, table.keys()) : undefined
}

function ofValid<Found>(find: () => readonly Found[]): readonly Found[] {
  try {
    return find()
  } catch (error) {
    if (error instanceof TemplateSyntaxError) return []
    throw error
  }
}
