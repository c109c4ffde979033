import type { Keywords } from '../../playbook/ast.ts'
import type { Scope } from '../../template/types.ts'
import { Omit } from '../../value/omit.ts'
import { requireKnown } from '../../value/require-known.ts'
import type { Value } from '../../value/value.ts'
import type { Site } from './site.ts'

type ScalarKeyword = { [Name in keyof Keywords]: Keywords[Name] extends Value | undefined ? Name : never }[keyof Keywords]

/** The evaluated value of a keyword on a site; undefined when nobody gave it, or when it is omitted. */
export function keyword(site: Site, name: Exclude<ScalarKeyword, 'vars'>): Value | undefined {
  const own = evaluated(site, site.step.frame.keywords[name])
  // An omitted keyword is as if it had not been given here.
  return own === undefined ? evaluated(site, site.step.outer.keywords[name]) : own
}

/** An evaluated value of the task itself (`retries`, `async`), with the same treatment. */
export function evaluated(site: Site, raw: Value | undefined, scope: Scope = site.scope): Value | undefined {
  if (raw === undefined) return undefined
  const value = requireKnown(site.play.run.request.templar.evaluate(raw, scope))
  return value instanceof Omit || value === null ? undefined : value
}

/** An evaluated variable; undefined when no source defines it. */
export function variable(site: Site, name: string, scope: Scope = site.scope): Value | undefined {
  return evaluated(site, scope.get(name), scope)
}

export class KeywordError extends Error {
  readonly kind = 'keyword'
}

const WORDS: ReadonlyMap<string, boolean> = new Map([
  ...['yes', 'true', 'on', 'y', 't', '1', '1.0'].map((word) => [word, true] as const),
  ...['no', 'false', 'off', 'n', 'f', '0', '0.0', ''].map((word) => [word, false] as const),
])

/** A boolean in any of Ansible's spellings. */
export function asBoolean(value: Value | undefined, otherwise: boolean): boolean {
  if (value === undefined) return otherwise
  if (typeof value === 'boolean') return value
  if (typeof value === 'number') return value !== 0
  const word = typeof value === 'string' ? WORDS.get(value.trim().toLowerCase()) : undefined
  if (word === undefined) throw new KeywordError(`Cannot take '${describe(value)}' for yes or no: it is not a valid boolean`)
  return word
}

export function asNumber(value: Value | undefined, otherwise: number): number {
  if (value === undefined) return otherwise
  if (typeof value === 'object' && value !== null && 'value' in value && typeof value.value === 'number') return value.value
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  if (typeof number !== 'number' || Number.isNaN(number)) throw new KeywordError(`Cannot take '${describe(value)}' for a number`)
  return number
}

export function asText(value: Value | undefined): string | undefined {
  if (value === undefined || typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') return String(value)
  throw new KeywordError(`Cannot take ${describe(value)} for a text`)
}

/** One text or a list of them, nested or separated by commas where `separator` says so. */
export function asTexts(value: Value | undefined, separator?: string): string[] {
  if (value === undefined || value === null) return []
  if (Array.isArray(value)) return value.flatMap((item) => asTexts(item, separator))
  const text = asText(value) ?? ''
  return separator === undefined ? [text] : text.split(separator).map((part) => part.trim()).filter((part) => part !== '')
}

function describe(value: Value): string {
  if (Array.isArray(value)) return 'a list'
  return typeof value === 'object' ? 'a dict' : String(value)
}
