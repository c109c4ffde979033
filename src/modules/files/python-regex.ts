import { ModuleFailure } from '../../module/module.ts'

export interface RegexOptions {
  readonly multiline?: boolean
  readonly dotAll?: boolean
  readonly ignoreCase?: boolean
}

/** A Python regular expression as a JavaScript one with the same meaning; `g` is always set. Throws `ModuleFailure` for what cannot be said. */
export function pythonRegex(source: string, options: RegexOptions = {}): RegExp {
  const [whole, flags = ''] = /^\(\?([aiLmsux]+)\)/.exec(source) ?? ['', '']
  const has = (option: boolean | undefined, flag: string): boolean => option === true || flags.includes(flag)
  const mode = { multiline: has(options.multiline, 'm'), dotAll: has(options.dotAll, 's'), verbose: has(undefined, 'x') }
  try {
    return new RegExp(translate(source.slice(whole.length), mode), has(options.ignoreCase, 'i') ? 'gi' : 'g')
  } catch (error) {
    throw new ModuleFailure(`Cannot use regular expression '${source}': ${(error as Error).message}`)
  }
}

/** The first match anywhere in a text, as `re.search`. */
export function searchRegex(regex: RegExp, text: string): RegExpExecArray | null {
  regex.lastIndex = 0
  return regex.exec(text)
}

interface Mode {
  readonly multiline: boolean
  readonly dotAll: boolean
  readonly verbose: boolean
}

/** One token of a pattern: an escape, a class, a group's opening, or a single character. */
const TOKEN = /\\(?:[\s\S])|\[\^?\]?(?:\\[\s\S]|[^\]\\])*\]|\(\?P<\w+>|\(\?P=\w+\)|\(\?#[^)]*\)|[\s\S]/g

function translate(source: string, mode: Mode): string {
  const tokens = source.match(TOKEN) ?? []
  let comment = false
  return tokens.map((token) => {
    if (comment || (mode.verbose && token === '#')) {
      comment = token !== '\n'
      return ''
    }
    if (mode.verbose && /^\s$/.test(token)) return ''
    return translated(token, mode)
  }).join('')
}

function translated(token: string, mode: Mode): string {
  if (token.startsWith('[') && token.length > 1) return token.replace(/^\[(\^?)\]/, '[$1\\]')
  if (token.startsWith('(?P<')) return `(?<${token.slice(4)}`
  if (token.startsWith('(?P=')) return `\\k<${token.slice(4, -1)}>`
  if (token.startsWith('(?#')) return ''
  return anchor(token, mode) ?? token
}

/** JavaScript's own `^`, `$` and `.` know more line ends than Python's. */
function anchor(token: string, { multiline, dotAll }: Mode): string | undefined {
  const start = '(?<![\\s\\S])'
  const anchors: Readonly<Record<string, string>> = {
    '^': multiline ? '(?<![^\\n])' : start,
    $: multiline ? '(?![^\\n])' : '(?=\\n?(?![\\s\\S]))',
    '.': dotAll ? '[\\s\\S]' : '[^\\n]',
    '\\A': start,
    '\\Z': '(?![\\s\\S])',
    '\\a': '\\x07',
  }
  return anchors[token]
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', f: '\f', v: '\v', a: '\x07', b: '\b', '\\': '\\' }

/** A replacement in Python's notation (`\1`, `\g<name>`, `\n`) filled in from a match. */
export function expandReplacement(template: string, match: RegExpExecArray): string {
  return template.replace(/\\(?:g<\w+>|[1-9]\d?|[\s\S])/g, (escape: string) => {
    const group = /^\\(?:g<(\w+)>|(\d+))$/.exec(escape)
    return group === null ? ESCAPES[escape.slice(1)] ?? escape : groupText(match, group[1] ?? group[2] ?? '0')
  })
}

function groupText(match: RegExpExecArray, group: string): string {
  if (!/^\d+$/.test(group)) return match.groups?.[group] ?? ''
  const index = Number(group)
  if (index >= match.length) throw new ModuleFailure(`invalid group reference ${index}`)
  return match[index] ?? ''
}
