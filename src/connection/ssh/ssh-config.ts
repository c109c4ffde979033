import { readdirSync, readFileSync } from 'node:fs'
import { homedir, userInfo } from 'node:os'
import { basename, dirname, isAbsolute, join } from 'node:path'
import { ConnectionError } from '../connection.ts'
import { matchesPatterns } from './host-pattern.ts'
import { expandHome } from '../../text/expand-home.ts'

/** Option values by lower-case name; the first value found counts, `identityfile` collects all. */
export type SshOptions = ReadonlyMap<string, readonly string[]>

interface Evaluation {
  readonly host: string
  readonly user: string
  readonly options: Map<string, string[]>
}

const COLLECTED = new Set(['identityfile', 'certificatefile'])
const MAX_INCLUDES = 16

/** What ssh_config files say about a host, as named by the user; `given` (from the command line) comes first and wins. */
export function readSshConfig(files: readonly string[], host: string, given: SshOptions): SshOptions {
  const evaluation: Evaluation = { host, user: given.get('user')?.[0] ?? userInfo().username, options: new Map([...given].map(([name, values]) => [name, [...values]])) }
  for (const file of files) readInto(evaluation, file, 0)
  return evaluation.options
}

/** Where ssh looks when no file is named. */
export function defaultConfigFiles(): readonly string[] {
  return [join(homedir(), '.ssh/config'), '/etc/ssh/ssh_config']
}

/** Splits `Name value` or `Name=value`; quotes hold spaces together. Undefined for blank lines and comments. */
export function parseOption(line: string): { readonly name: string, readonly values: readonly string[] } | undefined {
  const match = /^\s*([A-Za-z][A-Za-z0-9]*)\s*(?:=|\s)\s*(.*?)\s*$/.exec(line)
  if (match?.[1] === undefined || match[2] === undefined) return undefined
  const values = [...match[2].matchAll(/"([^"]*)"|(\S+)/g)].map((value) => value[1] ?? value[2] ?? '')
  return { name: match[1].toLowerCase(), values }
}

function readInto(evaluation: Evaluation, file: string, depth: number): void {
  let applies = true
  for (const line of linesOf(file)) {
    const option = parseOption(line)
    if (option === undefined) continue
    if (option.name === 'host') applies = matchesPatterns(option.values, evaluation.host)
    else if (option.name === 'match') applies = matchApplies(evaluation, option.values)
    else if (!applies) continue
    else if (option.name === 'include') include(evaluation, option.values, { file, depth })
    else take(evaluation.options, option.name, option.values)
  }
}

function linesOf(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split(/\r?\n/)
  } catch {
    return []
  }
}

function include(evaluation: Evaluation, patterns: readonly string[], from: { readonly file: string, readonly depth: number }): void {
  if (from.depth >= MAX_INCLUDES) throw new ConnectionError('unsupported', `Cannot read ${from.file}: Include is nested more than ${MAX_INCLUDES} deep`)
  for (const pattern of patterns) {
    const path = expandHome(pattern)
    for (const file of expandGlob(isAbsolute(path) ? path : join(dirname(from.file), path))) readInto(evaluation, file, from.depth + 1)
  }
}

/** Wildcards are understood in the last part of a path, where all known configurations have them. */
function expandGlob(path: string): readonly string[] {
  if (!/[*?]/.test(path)) return [path]
  try {
    return readdirSync(dirname(path)).filter((name) => !name.startsWith('.') && matchesPatterns([basename(path)], name)).sort().map((name) => join(dirname(path), name))
  } catch {
    return []
  }
}

/** `Match all`, `host`, `originalhost`, `user` and `localuser` are judged; a line with any other criterion does not apply. */
function matchApplies(evaluation: Evaluation, words: readonly string[]): boolean {
  if (words.length === 1 && words[0]?.toLowerCase() === 'all') return true
  if (words.length === 0 || words.length % 2 === 1) return false
  const subjects: Readonly<Record<string, string>> = {
    host: evaluation.options.get('hostname')?.[0] ?? evaluation.host,
    originalhost: evaluation.host,
    user: evaluation.options.get('user')?.[0] ?? evaluation.user,
    localuser: userInfo().username,
  }
  return words.every((word, index) => {
    if (index % 2 === 1) return true
    const subject = subjects[word.toLowerCase()]
    return subject !== undefined && matchesPatterns((words[index + 1] ?? '').split(','), subject)
  })
}

function take(options: Map<string, string[]>, name: string, values: readonly string[]): void {
  const found = options.get(name)
  if (found === undefined) options.set(name, [...values])
  else if (COLLECTED.has(name)) found.push(...values)
}
