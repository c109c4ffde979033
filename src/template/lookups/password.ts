import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, isAbsolute, join } from 'node:path'
import { textOf } from '../../value/text.ts'
import type { Value } from '../../value/value.ts'
import { numberArgument } from '../arguments.ts'
import { EvaluationError } from '../evaluation-error.ts'
import { expandHome } from '../../text/expand-home.ts'
import { randomSource } from '../filters/random-source.ts'
import { randomSalt } from '../filters/password/salt.ts'
import type { CallContext, Lookup } from '../types.ts'
import { keyValues } from './key-values.ts'

/** A password that is made once and kept in a file. */
export const PASSWORD_LOOKUPS: readonly (readonly [string, Lookup])[] = [
  ['password', (terms, named, context) => terms.map((term) => password(textOf(term), named, context))],
]

const SETS: Readonly<Record<string, string>> = {
  ascii_lowercase: 'abcdefghijklmnopqrstuvwxyz',
  ascii_uppercase: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
  ascii_letters: 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ',
  digits: '0123456789',
  hexdigits: '0123456789abcdefABCDEF',
  octdigits: '01234567',
  punctuation: '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~',
}

const OPTIONS: ReadonlySet<string> = new Set(['length', 'encrypt', 'chars', 'ident', 'seed'])

interface Kept {
  readonly password: string
  readonly salt: string | undefined
}

function password(term: string, named: ReadonlyMap<string, Value>, context: CallContext): Value {
  const { free, options } = keyValues(term)
  const stranger = [...options.keys()].find((name) => !OPTIONS.has(name))
  if (stranger !== undefined) throw new EvaluationError('lookup-failed', `Unrecognized parameter(s) given to password lookup: ${stranger}`)
  const settings = new Map<string, Value>([...named, ...options])
  const encrypt = textOf(settings.get('encrypt') ?? '')
  const { password: plain, salt } = keptOrMade(placeOf(free, context), encrypt, settings)
  if (encrypt === '') return plain
  return context.filter('password_hash', [plain, encrypt], new Map<string, Value>(salt === undefined ? [] : [['salt', salt]]))
}

function keptOrMade(path: string | undefined, encrypt: string, settings: ReadonlyMap<string, Value>): Kept {
  const known = path === undefined ? undefined : readKept(path)
  const kept: Kept = {
    password: known?.password ?? generate(numberArgument(settings.get('length'), 20), charactersOf(settings.get('chars')), settings.get('seed')),
    salt: known?.salt ?? (encrypt === '' ? undefined : randomSalt(encrypt)),
  }
  if (path !== undefined && (known === undefined || kept.salt !== known.salt)) keep(path, kept)
  return kept
}

/** Nothing is kept at /dev/null. */
function placeOf(name: string, { basePaths }: CallContext): string | undefined {
  if (name === '') throw new EvaluationError('lookup-failed', 'Cannot keep a password without the path of a file')
  if (name === '/dev/null') return undefined
  const path = expandHome(name)
  return isAbsolute(path) ? path : join(basePaths.at(-1) ?? '.', path)
}

function charactersOf(value: Value | undefined): string {
  const names = value === undefined || value === null ? ['ascii_letters', 'digits', '.,:-_'] : Array.isArray(value) ? value.map(textOf) : commaSeparated(textOf(value))
  return names.map((name) => Object.hasOwn(SETS, name) ? SETS[name] ?? '' : name).join('').replace(/["']/g, '')
}

/** Two commas in a row stand for the character. */
function commaSeparated(text: string): string[] {
  const hasComma = text.includes(',,')
  return [...text.replaceAll(',,', ',').split(',').filter((name) => name !== ''), ...hasComma ? [','] : []]
}

function generate(length: number, characters: string, seed: Value | undefined): string {
  const below = randomSource(seed)
  return Array.from({ length }, () => characters.charAt(below(characters.length))).join('')
}

function readKept(path: string): Kept | undefined {
  try {
    const text = readFileSync(path, 'utf8').replace(/\n$/, '')
    const [, kept = text, salt] = /^(.*) salt=(\S+)(?: ident=\S+)?$/s.exec(text) ?? []
    return { password: kept, salt }
  } catch {
    return undefined
  }
}

function keep(path: string, { password: made, salt }: Kept): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  writeFileSync(path, `${made}${salt === undefined ? '' : ` salt=${salt}`}\n`, { mode: 0o600 })
}
