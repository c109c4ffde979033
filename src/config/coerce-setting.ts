import type { Setting, SettingValue } from './setting.ts'

export type Coerced = { readonly value: SettingValue } | { readonly problem: string }

export interface CoerceOptions {
  /** Makes a path absolute. */
  readonly path: (text: string) => string
  /** Quotes around texts come off, as in `ansible.cfg`. */
  readonly unquote: boolean
}

/** A text (or what the command line made of it) as the value that a setting's type stands for. */
export function coerceSetting(setting: Setting, given: string | number | boolean | readonly string[], options: CoerceOptions): Coerced {
  const coerced = COERCIONS[setting.type](given, options)
  if ('problem' in coerced || setting.choices === undefined || coerced.value === undefined) return coerced
  const values = Array.isArray(coerced.value) ? coerced.value : [coerced.value]
  const wrong = values.find((value) => !setting.choices?.includes(String(value)))
  return wrong === undefined ? coerced : { problem: `valid values are: ${setting.choices.join(', ')}` }
}

type Given = Parameters<typeof coerceSetting>[1]
type Coercion = (given: Given, options: CoerceOptions) => Coerced

const COERCIONS: Readonly<Record<Setting['type'], Coercion>> = {
  bool: (given) => truth(given) ?? { problem: 'yes or no is needed' },
  flag: (given) => truth(given) ?? { value: true },
  int: (given) => numberOf(given, Number.isInteger, 'a whole number is needed'),
  float: (given) => numberOf(given, Number.isFinite, 'a number is needed'),
  string: (given, { unquote }) => ({ value: unquote ? unquoted(String(given)) : String(given) }),
  list: (given) => ({ value: partsOf(given, ',').map(unquoted) }),
  path: (given, { path }) => ({ value: path(String(given)) }),
  tmppath: (given, { path }) => ({ value: path(String(given)) }),
  pathlist: (given, { path }) => ({ value: partsOf(given, ',').map(path) }),
  pathspec: (given, { path }) => ({ value: partsOf(given, ':').map(path) }),
  dict: () => ({ problem: 'it cannot be given as text' }),
}

const YES: ReadonlySet<string> = new Set(['y', 'yes', 'on', '1', 'true', 't', '1.0'])
const NO: ReadonlySet<string> = new Set(['n', 'no', 'off', '0', 'false', 'f', '0.0'])

function truth(given: Given): Coerced | undefined {
  if (typeof given === 'boolean') return { value: given }
  const word = String(given).trim().toLowerCase()
  if (YES.has(word)) return { value: true }
  return NO.has(word) ? { value: false } : undefined
}

function numberOf(given: Given, isRight: (number: number) => boolean, problem: string): Coerced {
  const text = String(given).trim()
  const number = Number(text)
  return text !== '' && isRight(number) ? { value: number } : { problem }
}

function partsOf(given: Given, separator: string): string[] {
  const parts = Array.isArray(given) ? given.map(String) : String(given).split(separator)
  return parts.map((part) => part.trim()).filter((part) => part !== '')
}

function unquoted(text: string): string {
  const [first] = text
  return text.length > 1 && (first === '"' || first === "'") && text.endsWith(first) ? text.slice(1, -1) : text
}
