import { execFileSync } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { textOf } from '../../value/text.ts'
import { typeName } from '../../value/type-name.ts'
import type { Value } from '../../value/value.ts'
import { optionFlag, numberArgument, textArgument } from '../arguments.ts'
import { EvaluationError } from '../evaluation-error.ts'
import { combine } from '../filters/combine.ts'
import { expandHome } from '../../text/expand-home.ts'
import { pythonRegex } from '../regex/python-regex.ts'
import type { CallContext, Lookup } from '../types.ts'
import { collectionVersions } from './collection-version.ts'
import { fileTree } from './filetree.ts'
import { requireFile } from './find-file.ts'
import { keyValues } from './key-values.ts'
import { randomPet, randomWords } from './random-names.ts'

/** Lookups that community.general adds. */
export const COMMUNITY_LOOKUPS: readonly (readonly [string, Lookup])[] = [
  ['binary_file', (terms, _named, context) => terms.map((term) => readFileSync(requireFile(textOf(term), 'files', context)).toString('base64'))],
  ['merge_variables', (terms, named, context) => terms.map((term) => mergeVariables(textOf(term), named, context))],
  ['random_pet', (_terms, named) => [randomPet(named)]],
  ['random_words', (_terms, named) => [randomWords(named)]],
  ['filetree', fileTree],
  ['collection_version', collectionVersions],
  ['random_string', (_terms, named) => [randomString(named)]],
  ['passwordstore', (terms, named) => terms.map((term) => storedPassword(textOf(term), named))],
]

const FITS: Readonly<Record<string, (name: string, pattern: string) => boolean>> = {
  regex: (name, pattern) => pythonRegex(pattern).test(name),
  prefix: (name, pattern) => name.startsWith(pattern),
  suffix: (name, pattern) => name.endsWith(pattern),
}

/** Variables of like names made one: dicts are merged, lists put together. */
function mergeVariables(pattern: string, named: ReadonlyMap<string, Value>, context: CallContext): Value {
  const kind = textArgument(named.get('pattern_type'), 'regex')
  const fits = Object.hasOwn(FITS, kind) ? FITS[kind] : undefined
  if (fits === undefined) throw new EvaluationError('lookup-failed', `Cannot match names by '${kind}'`, `Known are: ${Object.keys(FITS).join(', ')}`)
  const names = [...new Set(context.scope.names())].filter((name) => fits(name, pattern)).sort()
  const start = named.get('initial_value')
  const values = [...start === undefined || start === null ? [] : [start], ...names.map((name) => context.evaluate(context.scope.get(name) ?? null))]
  const [first] = values
  if (first === undefined) return null
  return values.slice(1).reduce((merged, value) => merge(merged, value, pattern), first)
}

function merge(left: Value, right: Value, pattern: string): Value {
  if (Array.isArray(left) && Array.isArray(right)) return [...left, ...right]
  if (left instanceof Map && right instanceof Map) return combine([left, right], new Map<string, Value>([['recursive', true], ['list_merge', 'append']]))
  throw new EvaluationError('lookup-failed', `Cannot merge the variables of '${pattern}': one is of type '${typeName(left)}', another of type '${typeName(right)}'`)
}

const SETS = { upper: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', lower: 'abcdefghijklmnopqrstuvwxyz', numbers: '0123456789', special: '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~' } as const

function randomString(named: ReadonlyMap<string, Value>): string {
  const length = numberArgument(named.get('length'), 8)
  const similar = optionFlag(named.get('ignore_similar_chars'), false) ? textArgument(named.get('similar_chars'), 'il1LoO0') : ''
  const sets = Object.entries(SETS).map(([name, characters]) => ({
    characters: without(name === 'special' ? textArgument(named.get('override_special'), characters) : characters, similar),
    isUsed: optionFlag(named.get(name), true),
    least: numberArgument(named.get(`min_${name === 'numbers' ? 'numeric' : name}`), 0),
  }))
  const all = without(textArgument(named.get('override_all'), sets.filter(({ isUsed }) => isUsed).map(({ characters }) => characters).join('')), similar)
  if (all === '') throw new EvaluationError('lookup-failed', 'Cannot make a random text: there are no characters to choose from')
  const least = sets.flatMap(({ characters, least: count }) => picks(characters, count))
  if (least.length > length) throw new EvaluationError('lookup-failed', `Cannot make a random text of ${length}: the least of each kind are ${least.length} together`)
  const text = shuffled([...least, ...picks(all, length - least.length)]).join('')
  return optionFlag(named.get('base64'), false) ? Buffer.from(text).toString('base64') : text
}

function without(characters: string, unwanted: string): string {
  return [...characters].filter((character) => !unwanted.includes(character)).join('')
}

function picks(characters: string, count: number): string[] {
  return Array.from({ length: count }, () => characters.charAt(randomInt(characters.length)))
}

function shuffled(items: string[]): string[] {
  return items.map((item) => ({ item, rank: randomInt(2 ** 40) })).sort((left, right) => left.rank - right.rank).map(({ item }) => item)
}

/** The first line of an entry of `pass`, or another of its lines by name. */
function storedPassword(term: string, named: ReadonlyMap<string, Value>): string {
  const { free, options } = keyValues(term)
  const settings = new Map<string, Value>([...named, ...options])
  const text = showEntry(free, settings)
  if (text === undefined) return textArgument(settings.get('missing'), 'error') === 'empty' ? '' : missingEntry(free)
  if (/^(?:yes|true|1)$/i.test(textOf(settings.get('returnall') ?? 'no'))) return text
  const [password = '', ...lines] = text.split('\n')
  const subkey = textArgument(settings.get('subkey'), 'password')
  if (subkey === 'password') return password
  const line = lines.find((each) => each.startsWith(`${subkey}:`))
  return line === undefined ? '' : line.slice(subkey.length + 1).trim()
}

function showEntry(name: string, settings: ReadonlyMap<string, Value>): string | undefined {
  const directory = settings.get('directory')
  const env = directory === undefined ? process.env : { ...process.env, PASSWORD_STORE_DIR: expandHome(textOf(directory)) }
  try {
    return execFileSync(textArgument(settings.get('backend'), 'pass'), ['show', name], { encoding: 'utf8', env, stdio: ['ignore', 'pipe', 'pipe'] }).trimEnd()
  } catch (error) {
    if (error instanceof Error && 'stderr' in error && String(error.stderr).includes('not in the password store')) return undefined
    throw new EvaluationError('lookup-failed', `Cannot ask pass for '${name}': ${error instanceof Error ? error.message.split('\n')[0] ?? '' : String(error)}`)
  }
}

function missingEntry(name: string): never {
  throw new EvaluationError('lookup-failed', `passwordstore: passname ${name} not found`, "Add missing='empty', or make the entry with pass")
}
