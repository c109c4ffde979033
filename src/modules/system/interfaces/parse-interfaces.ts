import { ModuleFailure } from '../../../module/module.ts'
import type { Json, JsonObject } from '../../../value/value.ts'
import { linesOf } from '../../files/edit/lines.ts'

/** A line of /etc/network/interfaces. */
export interface InterfacesLine {
  readonly text: string
  readonly kind: 'iface' | 'option' | 'other'
  readonly iface: string | undefined
  readonly family: string | undefined
  /** Of an option; of an iface line `method`. */
  readonly option: string | undefined
  readonly value: string
}

/** Options of which there may be several. */
export const REPEATABLE: readonly string[] = ['pre-up', 'up', 'down', 'post-up']

const STANZAS = /^(?:mapping|source|source-dir|source-directory|auto|allow-.*|no-auto-down|no-scripts)$/

/** Reads the lines, each option with the interface that it belongs to. */
export function parseInterfaces(text: string): readonly InterfacesLine[] {
  let current: Pick<InterfacesLine, 'iface' | 'family'> | 'stanza' | undefined
  return linesOf(text).map((line, index) => {
    const words = line.trim().split(/\s+/)
    const [first = '', iface, family, method] = words
    const other: InterfacesLine = { text: line, kind: 'other', iface: undefined, family: undefined, option: undefined, value: '' }
    if (first === '' || first.startsWith('#')) return other
    if (first === 'iface') {
      current = { iface, family }
      return { ...other, kind: 'iface', iface, family, option: 'method', value: method ?? '' }
    }
    if (STANZAS.test(first)) current = 'stanza'
    else if (current === undefined) throw new ModuleFailure(`misplaced option ${line} in line ${index + 1}`)
    else if (current !== 'stanza') return { ...other, ...current, kind: 'option', option: first, value: line.trim().slice(first.length).trim() }
    return other
  })
}

/** What the lines say, as the result shows it. */
export function interfacesIn(lines: readonly InterfacesLine[]): JsonObject {
  const found = new Map<string, Map<string, Json>>()
  for (const line of lines) {
    if (line.kind === 'iface' && line.iface !== undefined) found.set(line.iface, newInterface(line))
    if (line.kind === 'option') addOption(line, found.get(line.iface ?? ''))
  }
  return Object.fromEntries([...found].map(([iface, options]) => [iface, Object.fromEntries(options)]))
}

function newInterface({ family, value }: InterfacesLine): Map<string, Json> {
  return new Map<string, Json>([...REPEATABLE.map((name): [string, Json] => [name, []]), ['address_family', family ?? null], ['method', value === '' ? null : value]])
}

function addOption({ option = '', value }: InterfacesLine, options: Map<string, Json> | undefined): void {
  const present = options?.get(option)
  options?.set(option, REPEATABLE.includes(option) && Array.isArray(present) ? [...present, value] : value)
}
