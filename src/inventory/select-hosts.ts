import { readFileSync, statSync } from 'node:fs'
import { DiagnosticError } from '../diagnostics/diagnostic-error.ts'
import { didYouMean } from '../diagnostics/nearest.ts'
import type { Diagnostic } from '../diagnostics/types.ts'
import { globPattern } from './glob-pattern.ts'
import type { SelectOptions } from './inventory.ts'
import { splitPattern } from './split-pattern.ts'

/** What patterns are matched against. */
export interface HostSource {
  readonly hosts: ReadonlyMap<string, unknown>
  readonly groups: ReadonlyMap<string, unknown>
  hostsOf(group: string): readonly string[]
  addImplicitLocalhost(name: string): string
}

/** Hosts that a pattern selects: its plain parts in their order, then `&` parts narrow them, then `!` parts take away. */
export function selectHosts(source: HostSource, pattern: string | readonly string[], options: SelectOptions): readonly string[] {
  const told = (part: string): void => { tellUnmatched(source, part, options) }
  const parts = typeof pattern === 'string' ? splitPattern(pattern) : pattern.flatMap(splitPattern)
  const selected = evaluate(source, parts, told)
  if (options.limit === undefined) return selected
  const limits = splitPattern(options.limit).flatMap(expandFile)
  const allowed = new Set(evaluate(source, limits, told))
  return selected.filter((host) => allowed.has(host))
}

/** Told of a part that matches nothing. */
type Unmatched = (part: string) => void

/** Names that mean the control host where no source defines them. */
export function isLocalName(name: string): boolean {
  return name === 'localhost' || name === '127.0.0.1' || name === '::1'
}

/** No plain part, or no part at all, means all hosts. */
function evaluate(source: HostSource, parts: readonly string[], warn: Unmatched): string[] {
  const plain = parts.filter((part) => !/^[&!]/.test(part))
  const narrowing = parts.filter((part) => part.startsWith('&'))
  const excluding = parts.filter((part) => part.startsWith('!'))
  const first = plain.length === 0 ? ['all'] : plain
  const found = new Set(first.flatMap((part) => hostsMatching(source, part, warn)))
  for (const part of narrowing) {
    const kept = new Set(hostsMatching(source, part.slice(1), warn))
    for (const host of found) if (!kept.has(host)) found.delete(host)
  }
  for (const part of excluding) for (const host of hostsMatching(source, part.slice(1), warn)) found.delete(host)
  return [...found]
}

function hostsMatching(source: HostSource, part: string, warn: Unmatched): readonly string[] {
  if (source.hosts.has(part) && !isImplicit(source, part)) return [part]
  const { name, range } = subscript(part)
  const hosts = namesMatching(source, name, warn)
  if (range === undefined || hosts.length === 0) return hosts
  const chosen = hosts.slice(...bounds(range, hosts.length))
  if (chosen.length === 0 && !range.isSlice) throw badPattern(`No hosts matched the subscripted pattern '${part}': '${name}' has ${hosts.length === 1 ? 'one host' : `${hosts.length} hosts`}`)
  return chosen
}

function namesMatching(source: HostSource, name: string, warn: Unmatched): readonly string[] {
  const test = matcher(name)
  const groups = [...source.groups.keys()].filter(test)
  const fromGroups = groups.flatMap((group) => source.hostsOf(group))
  if (groups.length > 0 && !/^~|[.?*[]/.test(name)) return [...new Set(fromGroups)]
  const hosts = [...source.hosts.keys()].filter((host) => test(host) && !isImplicit(source, host))
  const found = [...new Set([...fromGroups, ...hosts])]
  if (found.length === 0 && isLocalName(name)) return [source.addImplicitLocalhost(name)]
  if (found.length === 0 && groups.length === 0 && name !== 'all') warn(name)
  return found
}

/** The implicit control host is selected by its own name only. */
function isImplicit(source: HostSource, host: string): boolean {
  return isLocalName(host) && !source.hostsOf('all').includes(host)
}

function matcher(name: string): (candidate: string) => boolean {
  if (!name.startsWith('~')) {
    const glob = globPattern(name)
    return (candidate) => glob.test(candidate)
  }
  try {
    const expression = new RegExp(`^(?:${name.slice(1)})`)
    return (candidate) => expression.test(candidate)
  } catch (error) {
    throw badPattern(`Cannot read the host pattern '${name}': ${error instanceof Error ? error.message : 'not a regular expression'}`)
  }
}

interface Subscript {
  readonly name: string
  readonly range: { readonly first: number, readonly last: number | undefined, readonly isSlice: boolean } | undefined
}

const SUBSCRIPT = /^(.+)\[(?:(-?\d+)|(\d+)[:-](\d*))\]$/

/** `web[0]`, `web[-1]`, `web[1:3]` (both ends belong), `web[1:]`; a number in brackets that a glob would read as a set of characters is an index. */
function subscript(part: string): Subscript {
  const match = part.startsWith('~') ? null : SUBSCRIPT.exec(part)
  if (match === null) return { name: part, range: undefined }
  const [, name = '', index, start, end] = match
  if (index !== undefined) return { name, range: { first: Number(index), last: Number(index), isSlice: false } }
  return { name, range: { first: Number(start), last: end === '' ? undefined : Number(end), isSlice: true } }
}

function bounds({ first, last, isSlice }: NonNullable<Subscript['range']>, length: number): [number, number] {
  const from = first < 0 ? length + first : first
  if (!isSlice) return [from, from + 1]
  return [from, last === undefined ? length : last + 1]
}

/** `@file` in a limit: one pattern a line. */
function expandFile(part: string): readonly string[] {
  if (!part.startsWith('@')) return [part]
  const path = part.slice(1)
  const stats = statSync(path, { throwIfNoEntry: false })
  if (stats === undefined) throw badPattern(`Cannot find the limit file ${path}`)
  if (!stats.isFile()) throw badPattern(`Cannot read the limit ${path}: what comes after '@' must be a file, not a directory`)
  return readFileSync(path, 'utf8').split('\n').map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#')).flatMap(splitPattern)
}

function tellUnmatched({ hosts, groups }: HostSource, part: string, { warn, mismatch = 'warning' }: SelectOptions): void {
  if (mismatch === 'ignore') return
  const hint = didYouMean(part, [...groups.keys(), ...hosts.keys()])
  const diagnostic: Diagnostic = {
    code: 'unmatched-pattern',
    severity: mismatch,
    summary: `Could not match supplied host pattern, ignoring: ${part}`,
    ...(hint === undefined ? {} : { hint }),
  }
  if (mismatch === 'error') throw new DiagnosticError([{ ...diagnostic, summary: `Could not match the host pattern '${part}': no host or group has that name` }])
  warn?.(diagnostic)
}

function badPattern(summary: string): DiagnosticError {
  return new DiagnosticError([{ code: 'bad-pattern', severity: 'error', summary }])
}
