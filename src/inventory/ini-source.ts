import { didYouMean } from '../diagnostics/nearest.ts'
import type { SourceFile, SourceRange } from '../diagnostics/types.ts'
import type { Value } from '../value/value.ts'
import { parseHostPattern } from './host-address.ts'
import { pythonLiteral } from './python-literal.ts'
import { splitWords } from './split-words.ts'
import { type SourceContext, sourceText } from './source-context.ts'

/** Reads an INI inventory: hosts with variables, `[group]`, `[group:children]`, `[group:vars]`, in any order. */
export function readIniSource(file: SourceFile, context: SourceContext): void {
  const entries = sectioned(linesOf(file), context)
  for (const { section, isHeader } of entries) if (isHeader && section.kind !== 'vars') context.store.addGroup(section.group)
  for (const entry of entries) if (!entry.isHeader && entry.section.kind === 'hosts') readHosts(entry, context)
  for (const entry of entries) if (entry.section.kind !== 'hosts') readLater(entry, context)
}

/** Each line with the section it stands in; headers included. */
function sectioned(lines: readonly Line[], context: SourceContext): Entry[] {
  let section: Section = { group: 'ungrouped', kind: 'hosts' }
  return lines.map((line) => {
    const header = readHeader(line, context)
    section = header ?? section
    return { line, section, isHeader: line.text.startsWith('[') }
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

function linesOf(file: SourceFile): Line[] {
  let start = 0
  return file.text.split('\n').flatMap((raw) => {
    const at = start + (raw.length - raw.trimStart().length)
    start += raw.length + 1
    const text = raw.trim()
    return text === '' || /^[#;]/.test(text) ? [] : [{ text, range: { file, start: at, end: at + text.length } }]
  })
}

const KINDS: Readonly<Record<string, Section['kind']>> = { hosts: 'hosts', children: 'children', vars: 'vars' }

function readHeader({ text, range }: Line, { problems }: SourceContext): Section | undefined {
  if (!text.startsWith('[')) return undefined
  const match = /^\[([^:\]\s]+)(?::(\w+))?\]\s*(?:#.*)?$/.exec(text)
  const kind = match === null ? undefined : KINDS[match[2] ?? 'hosts']
  if (match !== null && kind !== undefined) return { group: match[1] ?? '', kind }
  problems.error('inventory-section', 'Cannot read the section: it must look like [group], [group:vars] or [group:children]', { range })
  return undefined
}

/** What may name groups that a later section defines. */
function readLater({ line, section, isHeader }: Entry, context: SourceContext): void {
  const known = context.store.groups.has(section.group)
  if (isHeader && !known) undefinedGroup(context, section.group, line.range)
  if (isHeader || !known) return
  if (section.kind === 'children') readChild(line, section, context)
  else readGroupVariable(line, section, context)
}

function readChild({ text, range }: Line, { group }: Section, context: SourceContext): void {
  const { store, problems } = context
  const name = /^([^:\]\s]+)\s*(?:#.*)?$/.exec(text)?.[1]
  if (name === undefined) problems.error('inventory-entry', `Cannot read the child group of '${group}': one name a line`, { range })
  else if (!store.groups.has(name)) undefinedGroup(context, name, range)
  else if (!store.addChild(group, name)) problems.error('group-loop', `Cannot make '${name}' a child of '${group}': it contains it`, { range })
}

function readGroupVariable({ text, range }: Line, { group }: Section, { store, problems }: SourceContext): void {
  const equals = text.indexOf('=')
  if (equals < 1) problems.error('inventory-entry', `Cannot read the variable of group '${group}': write name=value`, { range })
  else store.setGroupVariable(group, text.slice(0, equals).trim(), variableValue(text.slice(equals + 1).trim(), range))
}

function readHosts({ line: { text, range }, section: { group } }: Entry, { store, problems }: SourceContext): void {
  const words = splitWords(text)
  const [pattern = '', ...pairs] = words ?? []
  const hosts = words === undefined ? undefined : parseHostPattern(pattern)
  if (hosts === undefined) {
    const why = words === undefined ? 'a closing quote is missing' : `'${pattern}' is not a range of names`
    problems.error('inventory-entry', `Cannot read the host: ${why}`, { range })
    return
  }
  const variables = new Map<string, Value>(hosts.port === undefined ? [] : [['ansible_port', hosts.port]])
  for (const pair of pairs) readVariable(pair, { variables, problems, range })
  for (const name of hosts.names) store.addHost(name, group === 'ungrouped' ? [] : [group], variables)
}

interface VariablePlace {
  readonly variables: Map<string, Value>
  readonly problems: SourceContext['problems']
  readonly range: SourceRange
}

function readVariable(pair: string, { variables, problems, range }: VariablePlace): void {
  const equals = pair.indexOf('=')
  if (equals < 1) problems.error('inventory-entry', `Cannot read '${pair}': only name=value may follow a host`, { range, hint: 'One host a line' })
  else variables.set(pair.slice(0, equals), variableValue(pair.slice(equals + 1), range))
}

/** A Python literal where it is one, else text. */
function variableValue(text: string, range: SourceRange): Value {
  const literal = pythonLiteral(text, (value) => sourceText(value, range))
  return literal === undefined ? sourceText(text, range) : literal
}

function undefinedGroup({ problems, store }: SourceContext, group: string, range: SourceRange): void {
  problems.error('inventory-section', `Cannot find the group '${group}': no section defines it`, { range, hint: didYouMean(group, store.groups.keys()) })
}
