import { positionAt } from '../../diagnostics/position.ts'
import type { SourceRange } from '../../diagnostics/types.ts'
import { LazyDict } from '../../value/lazy-dict.ts'
import { Float } from '../../value/float.ts'
import { Omit } from '../../value/omit.ts'
import { TemplateString } from '../../value/template-string.ts'
import { Undefined } from '../../value/undefined.ts'
import { Unknown } from '../../value/unknown.ts'
import type { Value } from '../../value/value.ts'
import { VaultString } from '../../value/vault-string.ts'
import type { Scope, Templar } from '../../template/types.ts'
import type { Origin, ScopePlace, Variables } from '../../variables/host-variables.ts'

/** One variable of a host: what it comes to, and everything that sets it, strongest first. */
export interface VariableView {
  readonly name: string
  /** Undefined where it cannot be worked out; `problem` says why. */
  readonly value: Value | undefined
  readonly problem: string | undefined
  readonly origins: readonly Origin[]
  /** What it comes to holds parts of several sources (`hash_behaviour = merge`). */
  readonly isMerged: boolean
}

export interface ViewParts {
  readonly variables: Variables
  readonly templar: Templar
  readonly place: ScopePlace
  readonly mergesDicts: boolean
}

export function variableView(name: string, { variables, templar, place, mergesDicts }: ViewParts): VariableView {
  const origins = variables.origins(place, name)
  const dicts = origins.filter(({ value }) => value instanceof Map)
  return { name, origins, ...evaluated(name, variables.scope(place), templar), isMerged: mergesDicts && dicts.length > 1 }
}

function evaluated(name: string, scope: Scope, templar: Templar): Pick<VariableView, 'value' | 'problem'> {
  const raw = scope.get(name)
  if (raw === undefined) return { value: undefined, problem: 'it is not defined' }
  if (raw instanceof LazyDict) return { value: raw, problem: undefined }
  try {
    const value = templar.evaluate(raw, scope)
    return value instanceof Undefined ? { value: undefined, problem: 'it is not defined' } : { value, problem: undefined }
  } catch (error) {
    return { value: undefined, problem: error instanceof Error ? error.message.split('\n')[0] ?? '' : String(error) }
  }
}

/** A value on one line: templates as written, secrets hidden. */
export function shownValue(value: Value): string {
  return typeof value === 'string' && isPlain(value) ? value : JSON.stringify(plain(value)) ?? ''
}

/** A text that cannot be taken for a number, a list or nothing. */
function isPlain(text: string): boolean {
  return text !== '' && !/^[\s"'[{&*!|>%@`#]|[\n\t]|\s$|^(?:true|false|null|yes|no|on|off|~|[-+.\d][\d_.e+-]*)$/i.test(text)
}

/** A value as JSON may say it. */
export function plain(value: Value): unknown {
  if (value instanceof TemplateString) return value.source
  if (value instanceof VaultString) return '(vault encrypted)'
  if (value instanceof LazyDict) return `(${value.size} entries)`
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, item]) => [String(key), plain(item)]))
  if (Array.isArray(value)) return value.map(plain)
  if (value instanceof Float) return value.value
  if (value instanceof Omit) return '(omit)'
  if (value instanceof Unknown) return '(known when it runs)'
  return typeof value === 'bigint' ? String(value) : value
}

/** `path:line` of a place. */
export function lineOf(range: SourceRange): string {
  return range.file.path.startsWith('<') ? range.file.path : `${range.file.path}:${positionAt(range.file, range.start).line}`
}
