import { ModuleFailure } from '../../module/module.ts'
import type { Json } from '../../value/value.ts'

/** Permission bits that new files and folders get where nothing else is said; symbolic modes without `ugoa` respect it. */
export const UMASK = 0o022

/** What `mode` asks for, given what is there: octal text or a number, or symbolic (`u=rwX,g-w`). */
export function resolveMode(given: Json, current: number, isDirectory: boolean): number {
  if (typeof given === 'number') return given
  if (typeof given === 'string' && /^(?:0o)?[0-7]+$/.test(given)) return Number.parseInt(given.replace(/^0o/, ''), 8)
  if (typeof given !== 'string') throw badMode(given)
  return given.split(',').reduce((mode, clause) => withClause(mode, clause, isDirectory), current)
}

/** `0644`, as results show it. */
export function modeText(mode: number): string {
  return `0${mode.toString(8).padStart(3, '0')}`
}

const SHIFTS: Readonly<Record<string, number>> = { u: 6, g: 3, o: 0 }

function withClause(mode: number, clause: string, isDirectory: boolean): number {
  if (clause === '') return mode
  const [, who = '', operations = ''] = /^(a|[ugo]*)((?:[-+=][rwxXstugo]*)+)$/.exec(clause) ?? []
  if (operations === '') throw badMode(clause)
  return [...operations.matchAll(/([-+=])([rwxXstugo]*)/g)].reduce((result, [, operator = '', permissions = '']) => applied(result, { who, operator, permissions, isDirectory }), mode)
}

interface Operation {
  readonly who: string
  readonly operator: string
  readonly permissions: string
  readonly isDirectory: boolean
}

/** One class after the other, as Ansible has it: what is copied from a class (`g=u`) is what that has become. */
function applied(given: number, operation: Operation): number {
  const { who, operator } = operation
  return [...who === '' || who === 'a' ? 'ugo' : who].reduce((mode, one) => {
    const bits = bitsFor(one, mode, operation)
    if (operator === '+') return mode | bits
    return operator === '-' ? mode & ~bits : (mode & ~(MASKS[one] ?? 0)) | bits
  }, given)
}

/** What `=` replaces. */
const MASKS: Readonly<Record<string, number>> = { u: 0o4700, g: 0o2070, o: 0o1007 }

function bitsFor(one: string, mode: number, { who, permissions, isDirectory }: Operation): number {
  const shift = SHIFTS[one] ?? 0
  const allowed = who === '' ? ~UMASK : ~0
  const executable = isDirectory || (mode & 0o111) !== 0
  return [...permissions].reduce((bits, letter) => {
    const copied = SHIFTS[letter]
    if (copied !== undefined) return bits | ((mode >> copied) & 7) << shift
    if (letter === 'X') return bits | (executable ? 1 << shift : 0)
    return bits | (SPECIAL[`${one}${letter}`] ?? (LETTERS[letter] ?? 0) << shift & allowed)
  }, 0)
}

const LETTERS: Readonly<Record<string, number>> = { r: 4, w: 2, x: 1 }
const SPECIAL: Readonly<Record<string, number>> = { us: 0o4000, gs: 0o2000, ot: 0o1000 }

function badMode(given: Json): ModuleFailure {
  const details = typeof given === 'string' ? { details: `bad symbolic permission for mode: ${given}` } : {}
  return new ModuleFailure(`mode must be in octal or symbolic form, got ${JSON.stringify(given)}`, details)
}
