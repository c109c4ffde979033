import { extname } from 'node:path'
import type { TomlTable, TomlValue } from 'smol-toml'
import type { SourceFile, SourceRange } from '../../diagnostics/types.ts'
import { Float } from '../../value/float.ts'
import type { Dict, Value } from '../../value/value.ts'
import { isFile, shownPath } from '../../yaml/source-store.ts'
import { parseHostPattern } from '../host-address.ts'
import type { InventoryPlugin } from '../inventory-plugin.ts'
import { type SourceContext, sourceText } from '../source-context.ts'

/** Plugin `toml`: a table for each group with `hosts` (a table of hosts), `children` (a list of names) and `vars`. */
export const toml: InventoryPlugin = {
  accepts: (source) => isFile(source) && extname(source) === '.toml',
  async read(source, context) {
    const file = context.sources.text(source, context.problems)
    const tables = file && await parse(file, context)
    if (file === undefined || tables === undefined) return undefined
    for (const [group, table] of Object.entries(tables)) readGroup(group, table, { file, context })
    return []
  },
}

interface Place {
  readonly file: SourceFile
  readonly context: SourceContext
}

async function parse(file: SourceFile, { problems }: SourceContext): Promise<TomlTable | undefined> {
  const { parse: parseToml, TomlError } = await import('smol-toml')
  try {
    return parseToml(file.text, { integersAsBigInt: true })
  } catch (error) {
    if (!(error instanceof TomlError)) throw error
    problems.error('toml-syntax', `Cannot read ${shownPath(file.path)}: ${error.message.split('\n')[0] ?? ''}`, { range: rangeAt(file, error) })
    return undefined
  }
}

/** Lines and columns of the parser are counted from 1. */
function rangeAt(file: SourceFile, { line, column }: { readonly line: number, readonly column: number }): SourceRange {
  const start = file.text.split('\n').slice(0, line - 1).reduce((length, text) => length + text.length + 1, 0) + column - 1
  return { file, start, end: start + 1 }
}

function readGroup(wanted: string, table: TomlValue, place: Place): void {
  const { store, problems } = place.context
  if (!isTable(table)) {
    problems.warning('bad-type', `Skipping '${wanted}' as this is not a valid group definition: it must be a table`, { range: rangeOf(wanted, place) })
    return
  }
  const group = store.addGroup(wanted)
  for (const [key, value] of Object.entries(table)) {
    const read = Object.hasOwn(PARTS, key) ? PARTS[key] : undefined
    if (read === undefined) problems.warning('unknown-inventory-key', `Skipping unexpected key '${key}' in group '${group}', only "vars", "children" and "hosts" are valid`, { range: rangeOf(key, place) })
    else read(group, value, place)
  }
}

const PARTS: Readonly<Record<string, (group: string, value: TomlValue, place: Place) => void>> = {
  vars(group, value, place) {
    if (isTable(value)) place.context.store.setGroupVariables(group, variablesOf(value, rangeOf(group, place)))
    else wrongPart(group, { key: 'vars', wanted: 'a table' }, place)
  },
  children(group, value, place) {
    if (!Array.isArray(value)) wrongPart(group, { key: 'children', wanted: 'a list of names' }, place)
    for (const child of Array.isArray(value) ? value.map(String) : []) {
      if (!place.context.store.addChild(group, child)) place.context.problems.error('group-loop', `Cannot make '${child}' a child of '${group}': it contains it`, { range: rangeOf(group, place) })
    }
  },
  hosts(group, value, place) {
    if (!isTable(value)) wrongPart(group, { key: 'hosts', wanted: 'a table' }, place)
    else for (const [pattern, variables] of Object.entries(value)) readHost(group, { pattern, variables }, place)
  },
}

function wrongPart(group: string, { key, wanted }: { readonly key: string, readonly wanted: string }, place: Place): void {
  place.context.problems.error('bad-type', `Cannot read '${key}' of group '${group}': it must be ${wanted}`, { range: rangeOf(group, place) })
}

function readHost(group: string, { pattern, variables }: { readonly pattern: string, readonly variables: TomlValue }, place: Place): void {
  const { store, problems } = place.context
  const hosts = parseHostPattern(pattern)
  const range = rangeOf(pattern, place)
  if (typeof hosts === 'string') problems.error('inventory-entry', `Cannot read the host: '${pattern}' is not a range of names: ${hosts}`, { range })
  else if (!isTable(variables)) problems.error('bad-type', `Cannot read the variables of host '${pattern}': they must be a table`, { range })
  else {
    const known = variablesOf(variables, range)
    if (hosts.port !== undefined) known.set('ansible_port', hosts.port)
    for (const name of hosts.names) store.addHost(name, group === 'all' || group === 'ungrouped' ? [] : [group], known)
  }
}

function variablesOf(table: TomlTable, range: SourceRange): Map<string, Value> {
  return new Map(Object.entries(table).map(([name, value]) => [name, valueOf(value, range)]))
}

/** Text of the file is source text: it may hold templates. */
function valueOf(value: TomlValue, range: SourceRange): Value {
  if (typeof value === 'string') return sourceText(value, range)
  // Integers arrive as bigint, so that floats can be told from them.
  if (typeof value === 'number') return new Float(value)
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value
  if (Array.isArray(value)) return value.map((item) => valueOf(item, range))
  if (isDate(value)) return value.toISOString()
  if (!isTable(value)) return value
  const dict: Dict = new Map(Object.entries(value).map(([name, item]) => [name, valueOf(item, range)]))
  return dict
}

function isDate(value: TomlValue): value is Extract<TomlValue, Date> {
  return value instanceof Date
}

function isTable(value: TomlValue): value is TomlTable {
  return typeof value === 'object' && !Array.isArray(value) && !isDate(value)
}

/** Where a name first stands: the parser tells no places. */
function rangeOf(name: string, { file }: Place): SourceRange {
  const start = Math.max(0, file.text.search(new RegExp(`(?<![\\w-])${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\w-])`)))
  return { file, start, end: start + name.length }
}
