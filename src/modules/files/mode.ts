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
  if (clause.trim() === '') return mode
  const match = /^(a|[ugo]*)((?:[-+=](?:[rwxXst]*|[ugo]))+)$/.exec(clause.trim())
  if (match === null) throw badMode(clause)
  const [, who = '', operations = ''] = match
  return [...operations.matchAll(/([-+=])([ugo]|[rwxXst]*)/g)]
    .reduce((result, [, operator = '', permissions = '']) => applied({ mode: result, who, operator, permissions, isDirectory }), mode)
}

interface Operation {
  readonly mode: number
  readonly who: string
  readonly operator: string
  readonly permissions: string
  readonly isDirectory: boolean
}

function applied(operation: Operation): number {
  const { mode, who, operator } = operation
  const classes = who === '' || who.includes('a') ? 'ugo' : who
  const wanted = [...classes].reduce((bits, one) => bits | bitsFor(one, operation), 0)
  const bits = who === '' ? wanted & ~UMASK : wanted
  if (operator === '+') return mode | bits
  if (operator === '-') return mode & ~bits
  return (mode & ~maskOf(classes, who === '' ? UMASK : 0)) | bits
}

function bitsFor(one: string, { mode, permissions, isDirectory }: Operation): number {
  const shift = SHIFTS[one] ?? 0
  const copied = SHIFTS[permissions]
  if (copied !== undefined) return ((mode >> copied) & 7) << shift
  const executable = isDirectory || (mode & 0o111) !== 0
  return [...permissions].reduce((bits, letter) => bits | letterBits(letter, one, executable), 0)
}

function letterBits(letter: string, one: string, executable: boolean): number {
  const shift = SHIFTS[one] ?? 0
  if (letter === 's') return one === 'u' ? 0o4000 : one === 'g' ? 0o2000 : 0
  if (letter === 't') return one === 'o' ? 0o1000 : 0
  if (letter === 'X') return executable ? 1 << shift : 0
  return ({ r: 4, w: 2, x: 1 }[letter] ?? 0) << shift
}

/** `=` replaces all bits of its classes; special bits only where they were asked for by name. */
function maskOf(classes: string, kept: number): number {
  const masks: Readonly<Record<string, number>> = { u: 0o4700, g: 0o2070, o: 0o1007 }
  return [...classes].reduce((mask, one) => mask | (masks[one] ?? 0), 0) & ~kept
}

function badMode(given: Json): ModuleFailure {
  const details = typeof given === 'string' ? { details: `bad symbolic permission for mode: ${given}` } : {}
  return new ModuleFailure(`mode must be in octal or symbolic form, got ${JSON.stringify(given)}`, details)
}
