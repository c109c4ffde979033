import { extname } from 'node:path'
import { didYouMean } from '../../diagnostics/nearest.ts'
import type { SourceFile, SourceRange } from '../../diagnostics/types.ts'
import { splitWords } from '../../text/split-words.ts'
import { PlacedMap } from '../../value/placed-map.ts'
import type { Value } from '../../value/value.ts'
import { isFile } from '../../yaml/source-store.ts'
import { parseHostPattern } from '../host-address.ts'
import type { InventoryPlugin } from '../inventory-plugin.ts'
import { type SourceContext, sourceText } from '../source-context.ts'
import { pythonLiteral } from '../../value/python-literal.ts'
import { looksLikeYaml } from './yaml-document.ts'

/** Plugin `ini`: hosts with variables, `[group]`, `[group:children]`, `[group:vars]`, in any order. */
export const ini: InventoryPlugin = {
  accepts: (source) => isFile(source) && extname(source) !== '.toml',
  read(source, context) {
    const file = context.sources.text(source, context.problems)
    if (file === undefined || (extname(source) !== '' && extname(source) !== '.ini' && looksLikeYaml(source, file) && file.text.trim() !== '')) return undefined
    readEntries(sectioned(linesOf(file), context), context)
    return []
  },
}

function readEntries(entries: readonly Entry[], context: SourceContext): void {
  for (const { section, isHeader } of entries) if (isHeader && section.kind !== 'vars') context.store.addGroup(section.group)
  for (const entry of entries) if (!entry.isHeader && entry.section.kind === 'hosts') readHosts(entry, context)
  for (const entry of entries) if (entry.section.kind !== 'hosts') readLater(entry, context)
}

/** Each line with the section it stands in; headers included. */
function sectioned(lines: readonly Line[], context: SourceContext): Entry[] {
  let section: Section = { group: 'ungrouped', kind: 'hosts' }
  return lines.flatMap((line) => {
    if (line.text.includes('\ufffd')) context.problems.error('inventory-entry', 'Cannot read the line: it is not UTF-8', { range: line.range })
    const isHeader = HEADER.test(line.text)
    const header = isHeader ? readHeader(line, context) : undefined
    section = header ?? section
    return [{ line, section, isHeader }]
  })
}

interface Entry {
  readonly line: Line
  readonly section: Section
  readonly isHeader: boolean
}

interface Line {
  readonly text: string
  readonly range: SourceRange
}

interface Section {
  readonly group: string
  readonly kind: 'hosts' | 'children' | 'vars'
}

/** A bracket at the start may also begin the name of a host: `[2001:db8::1]:22`, `[a:c]x`. */
const HEADER = /^\[(?![^\]]*\]\S)/

function linesOf(file: SourceFile): Line[] {
  return [...file.text.matchAll(/[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+/g)].flatMap(({ 0: raw, index }) => {
    const text = raw.trim()
    const start = index + (raw.length - raw.trimStart().length)
    return text === '' || /^[#;]/.test(text) ? [] : [{ text, range: { file, start, end: start + text.length } }]
  })
}

const KINDS: Readonly<Record<string, Section['kind']>> = { hosts: 'hosts', children: 'children', vars: 'vars' }

function readHeader({ text, range }: Line, { problems }: SourceContext): Section | undefined {
  const match = /^\[([^:\]\s]+)(?::(\w+))?\]\s*(?:#.*)?$/.exec(text)
  const named = match?.[2] ?? 'hosts'
  const kind = match !== null && Object.hasOwn(KINDS, named) ? KINDS[named] : undefined
  if (match !== null && kind !== undefined) return { group: match[1] ?? '', kind }
  problems.error('inventory-section', 'Cannot read the section: it must look like [group], [group:vars] or [group:children]', { range })
  return undefined
}

/** What may name groups that a later section defines. */
function readLater({ line, section, isHeader }: Entry, context: SourceContext): void {
  const { store } = context
  const group = store.groups.has(section.group) ? section.group : store.groupNames.safe(section.group)
  const known = store.groups.has(group)
  if (isHeader && !known) undefinedGroup(context, section.group, line.range)
  if (isHeader || !known) return
  if (section.kind === 'children') readChild(line, section, context)
  else readGroupVariable(line, section, context)
}

function readChild({ text, range }: Line, { group }: Section, context: SourceContext): void {
  const { store, problems } = context
  const name = /^([^:\]\s]+)\s*(?:#.*)?$/.exec(text)?.[1]
  if (name === undefined) problems.error('inventory-entry', `Cannot read the child group of '${group}': one name a line`, { range })
  else if (!store.groups.has(name) && !store.groups.has(store.groupNames.safe(name))) undefinedGroup(context, name, range)
  else if (!store.addChild(group, name)) problems.error('group-loop', `Cannot make '${name}' a child of '${group}': it contains it`, { range })
}

function readGroupVariable({ text, range }: Line, { group }: Section, { store, problems }: SourceContext): void {
  const equals = text.indexOf('=')
  const name = text.slice(0, equals).trim()
  if (equals < 1) problems.error('inventory-entry', `Cannot read the variable of group '${group}': write name=value`, { range })
  else store.setGroupVariables(group, new PlacedMap<string>().place(name, variableValue(text.slice(equals + 1).trim(), range), range))
}

function readHosts({ line: { text, range }, section: { group } }: Entry, { store, problems }: SourceContext): void {
  const words = splitWords(text, { comments: true })
  const [pattern = '', ...pairs] = words ?? []
  const hosts = words === undefined ? 'a closing quote is missing' : hostsOf(pattern)
  if (typeof hosts === 'string') {
    problems.error('inventory-entry', `Cannot read the host: ${hosts}`, { range })
    return
  }
  const variables = new PlacedMap<string>()
  if (hosts.port !== undefined) variables.place('ansible_port', hosts.port, range)
  for (const pair of pairs) readVariable(pair, { variables, problems, range })
  for (const name of hosts.names) store.addHost(name, group === 'ungrouped' || group === 'all' ? [] : [group], variables)
}

function hostsOf(pattern: string): ReturnType<typeof parseHostPattern> {
  if (pattern === '---') return "'---' is normally a sign that this is a YAML file"
  if (pattern.endsWith(':')) return `'${pattern}' ends in ':', which is reserved for a port`
  const hosts = parseHostPattern(pattern)
  return typeof hosts === 'string' ? `'${pattern}' is not a range of names: ${hosts}` : hosts
}

interface VariablePlace {
  readonly variables: PlacedMap<string>
  readonly problems: SourceContext['problems']
  readonly range: SourceRange
}

function readVariable(pair: string, { variables, problems, range }: VariablePlace): void {
  const equals = pair.indexOf('=')
  if (equals < 1) problems.error('inventory-entry', `Cannot read '${pair}': only name=value may follow a host`, { range, hint: 'One host a line' })
  else variables.place(pair.slice(0, equals), variableValue(pair.slice(equals + 1), range), range)
}

/** A Python literal where it is one, else text. */
function variableValue(text: string, range: SourceRange): Value {
  const literal = pythonLiteral(text, (value) => sourceText(value, range))
  return literal === undefined ? sourceText(text, range) : literal
}

function undefinedGroup({ problems, store }: SourceContext, group: string, range: SourceRange): void {
  problems.error('inventory-section', `Cannot find the group '${group}': no section defines it`, { range, hint: didYouMean(group, store.groups.keys()) })
}
