import type { SourceRange } from '../diagnostics/types.ts'
import type { ArgumentValue, TaskArguments } from '../playbook/ast.ts'
import { Fields } from '../playbook/fields.ts'
import { KEYWORDS_OF } from '../playbook/keywords.ts'
import { isLoopKey } from '../playbook/read-loop.ts'
import { readArguments } from '../playbook/task-arguments.ts'
import { TemplateString } from '../value/template-string.ts'
import { keyText } from '../yaml/key-text.ts'
import type { YamlMapping, YamlNode } from '../yaml/node.ts'
import { Problems } from '../yaml/problems.ts'
import type { LintFile } from './lint-file.ts'

/** A task as it is written. */
export interface LintTask {
  readonly file: LintFile
  readonly fields: Fields
  readonly range: SourceRange
  /** As written: `ansible.builtin.copy`. */
  readonly written: string
  /** Without `ansible.builtin.` and the like: `copy`; empty for blocks. */
  readonly module: string
  readonly moduleRange: SourceRange
  readonly args: TaskArguments
  readonly isHandler: boolean
  readonly isBlock: boolean
}

export interface LintPlay {
  readonly file: LintFile
  readonly fields: Fields
  readonly range: SourceRange
}

/** The plays of a playbook. */
export function playsOf(file: LintFile): readonly LintPlay[] {
  if (file.kind !== 'playbook' || file.node?.kind !== 'sequence') return []
  return file.node.items.flatMap((node) => node.kind === 'mapping' ? [{ file, fields: fieldsOf(node), range: node.range }] : [])
}

/** Every task and block of a file, outer ones first. */
export function tasksOf(file: LintFile): readonly LintTask[] {
  if (file.kind === 'tasks' || file.kind === 'handlers') return tasksIn(file.node, { file, isHandler: file.kind === 'handlers' })
  return playsOf(file).flatMap(({ fields }) => ['pre_tasks', 'tasks', 'post_tasks', 'handlers']
    .flatMap((section) => tasksIn(fields.node(section), { file, isHandler: section === 'handlers' })))
}

/** A value as text, templates as they are written; undefined for what is no text. */
export function textOfNode(node: YamlNode | undefined): string | undefined {
  if (node?.kind !== 'scalar') return undefined
  return node.value instanceof TemplateString ? node.value.source : typeof node.value === 'string' ? node.value : undefined
}

/** An argument as text, in the same way. */
export function argumentText(task: LintTask, ...names: readonly string[]): string | undefined {
  const value = names.map((name) => task.args.named.get(name)).find((argument) => argument !== undefined)?.value
  return value instanceof TemplateString ? value.source : typeof value === 'string' ? value : undefined
}

export function argument(task: LintTask, name: string): ArgumentValue | undefined {
  return task.args.named.get(name)
}

/** What `command`, `shell` and their kin run; undefined for other modules. */
export function commandText(task: LintTask): string | undefined {
  if (!COMMANDS.has(task.module)) return undefined
  const free = task.args.free?.value
  const text = free instanceof TemplateString ? free.source : typeof free === 'string' ? free : undefined
  return text ?? argumentText(task, 'cmd', '_raw_params')
}

const COMMANDS = new Set(['command', 'shell', 'raw', 'script', 'win_command', 'win_shell'])

interface TaskPlace {
  readonly file: LintFile
  readonly isHandler: boolean
}

function tasksIn(node: YamlNode | undefined, place: TaskPlace): readonly LintTask[] {
  if (node?.kind !== 'sequence') return []
  return node.items.flatMap((item) => item.kind === 'mapping' ? taskOf(item, place) : [])
}

const SECTIONS = ['block', 'rescue', 'always']

function taskOf(node: YamlMapping, place: TaskPlace): readonly LintTask[] {
  const fields = fieldsOf(node)
  const base = { ...place, fields, range: node.range }
  if (fields.has('block')) {
    const block: LintTask = { ...base, written: '', module: '', moduleRange: node.range, args: NO_ARGUMENTS, isBlock: true }
    return [block, ...SECTIONS.flatMap((section) => tasksIn(fields.node(section), place))]
  }
  const entry = [...fields.entries].find(([name]) => isModuleKey(name))
  if (entry === undefined) return []
  const [written, { key, value }] = entry
  const module = written.replace(/^ansible\.(?:builtin|legacy|posix)\./, '')
  const args = readArguments(fields, module, value.kind === 'scalar' && value.value === null ? undefined : value)
  return [{ ...base, written, module, moduleRange: key.range, args, isBlock: false }]
}

function isModuleKey(name: string): boolean {
  if (name === 'local_action' || name === 'action') return true
  return !KEYWORDS_OF.handler.has(name) && !isLoopKey(name)
}

const NO_ARGUMENTS: TaskArguments = { named: new Map(), free: undefined, dynamic: undefined }

/** What is wrong with the file itself is told by the loader. */
function fieldsOf(node: YamlMapping): Fields {
  return new Fields(node, new Problems())
}

/** The names of a task's keys in the order they are written. */
export function keysOf(node: YamlMapping | Fields): readonly string[] {
  return node instanceof Fields ? [...node.entries.keys()] : node.entries.map(({ key }) => keyText(key))
}
