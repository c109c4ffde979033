import { DiagnosticError } from '../../diagnostics/diagnostic-error.ts'
import { didYouMean } from '../../diagnostics/nearest.ts'
import type { Diagnostic } from '../../diagnostics/types.ts'
import { KEYWORDS_OF, type KeywordPlace } from '../../playbook/keywords.ts'
import { DESCRIPTIONS } from '../../schema/keyword-schemas.ts'

/** What keywords mean and where they may stand: all of them, or those of the names. */
export function keywordText(names: readonly string[]): string {
  const known = [...new Set(Object.values(KEYWORDS_OF).flatMap((keywords) => [...keywords]))].filter((name) => DESCRIPTIONS[name] !== undefined).sort()
  const unknown = names.filter((name) => !known.includes(name))
  if (unknown.length > 0) throw new DiagnosticError(unknown.map((name) => unknownKeyword(name, known)))
  const told = names.length === 0 ? known : names
  const width = Math.max(...told.map((name) => name.length))
  return told.map((name) => `${name.padEnd(width)}  ${DESCRIPTIONS[name] ?? ''} (${placesOf(name).join(', ')})\n`).join('')
}

const PLACES: readonly KeywordPlace[] = ['play', 'role', 'block', 'task', 'handler']

function placesOf(name: string): readonly string[] {
  const places = PLACES.filter((place) => KEYWORDS_OF[place].has(name))
  return places.includes('task') ? places.filter((place) => place !== 'handler') : places
}

function unknownKeyword(name: string, known: readonly string[]): Diagnostic {
  const hint = didYouMean(name, known)
  return { code: 'unknown-keyword', severity: 'error', summary: `Cannot describe '${name}': there is no such keyword`, ...hint !== undefined && { hint } }
}
