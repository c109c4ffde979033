import { ModuleFailure } from '../../../module/module.ts'
import { networkOf } from './network.ts'

/** A line of pg_hba.conf with its continuations, or several such as a rule was written. */
export type HbaLine = HbaRule | { readonly kind: 'comment' | 'include' | 'blank', readonly text: string }

/** One rule; networks in one form, options in alphabetical order. */
export interface HbaRule {
  readonly kind: 'rule'
  readonly type: string
  readonly databases: string
  readonly users: string
  /** Of local connections: none. */
  readonly source: string | undefined
  readonly method: string
  readonly options: string
  /** As in the file; undefined: written anew. */
  readonly text?: string
  readonly comment?: string | undefined
}

/** The lines of a file; throws with the number of the line that is wrong. */
export function parseHba(text: string): readonly HbaLine[] {
  const lines: HbaLine[] = []
  const raw = text.split('\n')
  if (raw.at(-1) === '') raw.pop()
  for (let index = 0; index < raw.length; index++) {
    const first = index
    let whole = raw[index] ?? ''
    while (/\\$/.test(whole) && !isComment(whole)) {
      if (++index >= raw.length) throw new ModuleFailure("The last line ended with a '\\' (line continuation).")
      whole += `\n${raw[index] ?? ''}`
    }
    try {
      lines.push(lineOf(whole))
    } catch (error) {
      if (!(error instanceof ModuleFailure)) throw error
      throw new ModuleFailure(`Error in line ${first + 1}: ${error.message}`)
    }
  }
  return lines
}

const isComment = (line: string): boolean => /^\s*#/.test(line)

function lineOf(text: string): HbaLine {
  if (text.trim() === '') return { kind: 'blank', text }
  if (isComment(text)) return { kind: 'comment', text }
  if (/^\s*include(?:_if_exists|_dir)?\s/.test(text)) return { kind: 'include', text }
  const { words, comment } = tokens(text.replace(/\\\n/g, ' '))
  return { ...ruleOf(words), text, comment }
}

/** Words with their quotes, up to a comment. */
function tokens(text: string): { readonly words: readonly string[], readonly comment: string | undefined } {
  const words: string[] = []
  let rest = text.trimStart()
  while (rest !== '') {
    if (rest.startsWith('#')) return { words, comment: rest.slice(1) }
    const word = /^(?:[^\s"#]|"(?:[^"]|"")*")+/.exec(rest)?.[0]
    if (word === undefined) throw new ModuleFailure(`a quotation in '${rest}' has no end`)
    words.push(word)
    rest = rest.slice(word.length).trimStart()
  }
  return { words, comment: undefined }
}

const TYPES = new Set(['local', 'host', 'hostssl', 'hostnossl', 'hostgssenc', 'hostnogssenc'])

function ruleOf(words: readonly string[]): HbaRule {
  const [type = '', databases = '', users = '', ...rest] = words
  if (!TYPES.has(type)) throw new ModuleFailure(`'${type}' is no kind of connection`)
  const source = type === 'local' ? undefined : sourceIn(rest)
  const [method, ...options] = rest
  if (method === undefined) throw new ModuleFailure('the rule has too few words')
  return { kind: 'rule', type, databases, users, source, method, options: optionText(options.join(' ')) }
}

/** Takes the source, and its mask if there is one, off the words. */
function sourceIn(rest: string[]): string {
  const source = rest.shift() ?? ''
  return networkOf(source, isMask(rest[0] ?? '') ? rest.shift() : undefined)
}

/** A mask may follow the address. */
const isMask = (word: string): boolean => /^[\d.:a-f]*[.:][\d.:a-f]*$/i.test(word)

/** Options in alphabetical order; each must have a value. */
export function optionText(text: string): string {
  const { words } = tokens(text.replaceAll('#', '\u0000'))
  const wrong = words.find((word) => !/^[^=]+=./s.test(word))
  if (wrong !== undefined) throw new ModuleFailure(`the option '${wrong}' has no value`)
  return [...words].sort().join(' ').replaceAll('\u0000', '#')
}

/** Lines as a file. */
export function hbaText(lines: readonly HbaLine[]): string {
  return lines.map((line) => `${line.text ?? ruleText(line as HbaRule)}\n`).join('')
}

function ruleText({ type, databases, users, source, method, options, comment }: HbaRule): string {
  return [type, databases, users, ...(source === undefined ? [] : [source]), method, ...(options === '' ? [] : [options]), ...(comment === undefined ? [] : [`#${comment}`])].join('\t')
}
