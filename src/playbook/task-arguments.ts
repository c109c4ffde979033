import type { SourceRange } from '../diagnostics/types.ts'
import { isTemplate, TemplateString } from '../value/template-string.ts'
import type { Value } from '../value/value.ts'
import { keyText } from '../yaml/key-text.ts'
import type { YamlMapping, YamlNode, YamlScalar } from '../yaml/node.ts'
import { valueOf } from '../yaml/value-of.ts'
import type { ArgumentValue, TaskArguments } from './ast.ts'
import type { Fields } from './fields.ts'
import type { LoaderOptions } from './load-context.ts'
import { joinLines, splitArguments, takeKeyValues, type TextPiece } from './split-arguments.ts'

/** What a module key holds: nothing, a mapping, `key=value` text, free text, or a template of a whole mapping. `args:` is added beneath. */
export function readArguments(fields: Fields, module: string, node: YamlNode | undefined): TaskArguments {
  const own = node === undefined ? NO_ARGUMENTS : ownArguments(fields, module, node)
  const extra = fields.node('args')
  return extra === undefined ? own : withArgs(fields, own, extra)
}

/** The module that a name means; one of Ansible's own collection goes by its short name. */
export function moduleMeant(name: string, collections: readonly string[], { resolveModule }: Pick<LoaderOptions, 'resolveModule'>): string {
  return resolveModule?.(name, collections) ?? name.replace(/^ansible\.(?:builtin|legacy)\./, '')
}

/** Text of an action: its first word, which may be a template, is the module, the rest its arguments. */
export function splitAction(node: YamlScalar, text: string): { readonly name: string, readonly range: SourceRange, readonly rest: YamlScalar | undefined } {
  const [first = { text: '', start: 0 }] = splitArguments(text)
  const end = first.start + first.text.length
  const rest = text.slice(end)
  const piece = { text: rest.trim(), start: end + rest.length - rest.trimStart().length }
  return { name: first.text, range: subRange(node, first), rest: piece.text === '' ? undefined : pieceNode(node, piece) }
}

const NO_ARGUMENTS: TaskArguments = { named: new Map(), free: undefined, dynamic: undefined }

/** Modules whose text is a command: only these keys are taken out of it. */
const COMMAND_MODULES = new Set(['command', 'shell', 'script', 'raw', 'win_command', 'win_shell', 'ansible.windows.win_command', 'ansible.windows.win_shell'])
const COMMAND_KEYS = new Set(['chdir', 'creates', 'executable', 'removes', 'stdin', 'stdin_add_newline', 'strip_empty_ends', 'warn'])
/** Modules whose text may be one word without `=`. */
const TEXT_MODULES = new Set(['include_vars', 'include_tasks', 'include_role', 'import_tasks', 'import_role', 'import_playbook', 'meta', 'group_by', 'add_host', 'set_fact', 'include'])

function ownArguments(fields: Fields, module: string, node: YamlNode): TaskArguments {
  if (node.kind === 'mapping') return { ...NO_ARGUMENTS, named: namedArguments(node) }
  if (node.kind === 'scalar') return textArguments(fields, module, node)
  fields.problems.error('bad-type', `Cannot read the arguments of '${module}': they must be a mapping or text, not a list`, { range: node.range })
  return NO_ARGUMENTS
}

function namedArguments(node: YamlMapping): Map<string, ArgumentValue> {
  return new Map(node.entries.map(({ key, value }) => [keyText(key), { value: valueOf(value), range: { ...key.range, end: Math.max(key.range.end, value.range.end) } }]))
}

function textArguments(fields: Fields, module: string, node: YamlScalar): TaskArguments {
  const { value } = node
  if (typeof value !== 'string' && !(value instanceof TemplateString)) return { ...NO_ARGUMENTS, free: { value, range: node.range } }
  const text = typeof value === 'string' ? value : value.source
  if (!takesText(module) && isWholeTemplate(text)) return { ...NO_ARGUMENTS, dynamic: value }
  const isCommand = COMMAND_MODULES.has(module)
  const { pairs, rest, tail } = takeKeyValues(text, keysOf(module))
  const named = new Map(pairs.map((pair) => [pair.key, argumentOf(node, pair.value)]))
  if (rest === undefined) return { ...NO_ARGUMENTS, named }
  if (pairs.length === 0) return { ...NO_ARGUMENTS, free: { value: trimmed(node, module), range: node.range } }
  if (isCommand) return { ...NO_ARGUMENTS, named, free: argumentOf(node, { ...rest, text: joinLines(rest.text) + tail }) }
  return takesText(module) ? { ...NO_ARGUMENTS, named, free: argumentOf(node, rest) } : beyondPairs(fields, { module, named, rest: pieceNode(node, rest) })
}

function keysOf(module: string): ReadonlySet<string> | undefined {
  return COMMAND_MODULES.has(module) ? COMMAND_KEYS : undefined
}

function takesText(module: string): boolean {
  return COMMAND_MODULES.has(module) || TEXT_MODULES.has(module)
}

interface BeyondPairs {
  readonly module: string
  readonly named: TaskArguments['named']
  readonly rest: YamlScalar
}

/** Words that are not `name=value`: a template may yet turn out to be a mapping of arguments. */
function beyondPairs(fields: Fields, { module, named, rest }: BeyondPairs): TaskArguments {
  if (rest.value instanceof TemplateString) return { named, free: undefined, dynamic: rest.value }
  fields.problems.error('bad-arguments', `Cannot read the arguments of '${module}': this word is not 'name=value'`, {
    range: rest.range,
    hint: 'Quote values that hold spaces, or write the arguments as a mapping',
  })
  return { ...NO_ARGUMENTS, named }
}

function withArgs(fields: Fields, own: TaskArguments, extra: YamlNode): TaskArguments {
  if (extra.kind === 'mapping') return { ...own, named: new Map([...namedArguments(extra), ...own.named]) }
  const value = valueOf(extra)
  if (value instanceof TemplateString) return { ...own, dynamic: value }
  if (typeof value === 'string') {
    const { pairs } = takeKeyValues(value)
    const named = new Map(pairs.map((pair) => [pair.key, { value: pair.value.text, range: extra.range }]))
    return { ...own, named: new Map<string, ArgumentValue>([...named, ...own.named]) }
  }
  fields.wrongType('args', 'a mapping')
  return own
}

function isWholeTemplate(text: string): boolean {
  return /^\s*\{\{(?:(?!\}\}).)*\}\}\s*$/s.test(text)
}

/** The last line end of a command is part of it, as in Ansible. */
function trimmed(node: YamlScalar, module: string): Value {
  const text = node.value instanceof TemplateString ? node.value.source : String(node.value)
  const bare = COMMAND_MODULES.has(module) ? joinLines(text.replace(/^\s+|[ \t]+$/g, '')) : text.trim()
  return node.value instanceof TemplateString && bare !== text ? new TemplateString(bare, node.range) : bare === text ? node.value : bare
}

function argumentOf(node: YamlScalar, piece: TextPiece): ArgumentValue {
  const { value, range } = pieceNode(node, piece)
  return { value, range }
}

/** A part of a text as a node of its own; text marked !unsafe stays data. */
function pieceNode(node: YamlScalar, piece: TextPiece): YamlScalar {
  const range = subRange(node, piece)
  const template = node.value instanceof TemplateString && isTemplate(piece.text)
  return { kind: 'scalar', range, value: template ? new TemplateString(piece.text, range) : piece.text }
}

/** Where a part of a scalar's text stands; the whole scalar when folding or escapes moved it. */
function subRange({ range, value }: YamlScalar, { text, start }: TextPiece): SourceRange {
  const { file } = range
  const whole = value instanceof TemplateString ? value.source : String(value)
  const offset = file.text.startsWith(whole, range.start) ? 0 : file.text.startsWith(whole, range.start + 1) ? 1 : undefined
  if (offset === undefined) return range
  const at = range.start + offset + start
  return { file, start: at, end: at + text.length }
}
