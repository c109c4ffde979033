import { didYouMean, nearestNames } from '../diagnostics/nearest.ts'
import type { SourceRange } from '../diagnostics/types.ts'
import { TemplateString } from '../value/template-string.ts'
import { isVariableName, variableNameHint } from '../value/variable-name.ts'
import type { YamlEntry, YamlNode } from '../yaml/node.ts'
import type { Task, TaskArguments } from './ast.ts'
import { readConditions } from './conditions.ts'
import { Fields } from './fields.ts'
import { checkIncludeKeywords } from './include-keywords.ts'
import { KEYWORDS_OF, NO_KEYWORDS } from './keywords.ts'
import { knownText, type LoadContext } from './load-context.ts'
import { readKeywords } from './read-keywords.ts'
import { isLoopKey, readLoop, readLoopControl } from './read-loop.ts'
import { splitArguments } from './split-arguments.ts'
import { moduleMeant, readArguments, splitAction } from './task-arguments.ts'

/** Reads one task; undefined when it names no module. */
export function readTask(fields: Fields, context: LoadContext): Task | undefined {
  const action = readAction(fields, context)
  if (action === undefined) return undefined
  checkIncludeKeywords(fields, action.module)
  const keywords = readKeywords(fields)
  return {
    kind: 'task',
    name: fields.value('name', 'text'),
    range: fields.range,
    keywords: action.local ? { ...keywords, delegateTo: 'localhost' } : keywords,
    module: action.module,
    moduleRange: action.range,
    args: action.args,
    apply: readApply(fields, action),
    loop: readLoop(fields),
    loopControl: readLoopControl(fields),
    ...readResultKeywords(fields),
    notify: fields.has('notify') ? fields.values('notify') : context.notify,
    listen: fields.has('listen') ? fields.values('listen') : [],
    isHandler: context.isHandler,
    role: context.role,
    folder: context.folder,
  }
}

type ResultKeywords = Pick<Task, 'register' | 'until' | 'retries' | 'delay' | 'changedWhen' | 'failedWhen' | 'async' | 'poll'>

function readResultKeywords(fields: Fields): ResultKeywords {
  return {
    register: readRegister(fields),
    until: fields.has('until') ? readConditions(fields, 'until') : [],
    retries: fields.value('retries', 'integer'),
    delay: fields.value('delay', 'number'),
    changedWhen: fields.has('changed_when') ? readConditions(fields, 'changed_when') : undefined,
    failedWhen: fields.has('failed_when') ? readConditions(fields, 'failed_when') : undefined,
    async: fields.value('async', 'integer'),
    poll: fields.value('poll', 'integer'),
  }
}

function readRegister(fields: Fields): string | undefined {
  const name = fields.text('register')
  if (name === undefined || isVariableName(name)) return name
  fields.problems.error('bad-variable-name', `Cannot register as '${name}': it is not a variable name`, {
    range: fields.entries.get('register')?.value.range,
    ansible: `Invalid variable name in 'register' specified: '${name}'`,
    hint: variableNameHint(name),
  })
  return undefined
}

interface Action {
  readonly module: string
  readonly range: SourceRange
  readonly args: TaskArguments
  /** `local_action` runs on the control host. */
  readonly local: boolean
  readonly node: YamlNode | undefined
}

function readAction(fields: Fields, context: LoadContext): Action | undefined {
  const keywords = KEYWORDS_OF[context.isHandler ? 'handler' : 'task']
  const others = [...fields.entries].filter(([name]) => !keywords.has(name) && !isLoopKey(name))
  const spoken = ['action', 'local_action'].filter((name) => fields.has(name))
  const chosen = chooseModule(others, { fields, context, keywords, spoken: spoken.length > 0 })
  const first = spoken[0]
  if (first !== undefined) return spokenAction(fields, first, context)
  if (chosen === undefined) {
    if (others.length === 0) fields.problems.error('missing-module', 'Cannot find the module of this task: it has keywords only', { range: fields.range, ansible: 'no module/action detected in task.' })
    return undefined
  }
  const [name, { key, value }] = chosen
  const module = moduleMeant(name, collectionsOf(fields, context), context.options)
  const node = value.kind === 'scalar' && value.value === null ? undefined : value
  return { module, range: key.range, args: readArguments(fields, module, node), local: false, node }
}

/** Those that the task names itself, or those around it. */
function collectionsOf(fields: Fields, context: LoadContext): readonly string[] {
  const own = fields.has('collections') ? fields.values('collections').filter((value) => typeof value === 'string') : []
  return own.length > 0 ? own : context.collections
}

interface Choice {
  readonly fields: Fields
  readonly context: LoadContext
  readonly keywords: ReadonlySet<string>
  readonly spoken: boolean
}

/** Of the keys that are no keywords one is the module; the others are mistyped keywords, or second actions. */
function chooseModule(others: readonly [string, YamlEntry][], choice: Choice): [string, YamlEntry] | undefined {
  const { fields, context, keywords, spoken } = choice
  const looksLikeModule = (name: string): boolean => name.includes('.') || context.options.isModule?.(name) === true
  // Almost always there is one, and then there is nothing to compare.
  const likely = others.length < 2 ? others[0] : others.find(([name]) => looksLikeModule(name)) ?? others.find(([name]) => nearestNames(name, keywords).length === 0) ?? others[0]
  const chosen = spoken ? undefined : likely
  for (const [name, { key }] of others.filter((entry) => entry !== chosen)) {
    if (looksLikeModule(name)) conflict(fields, key.range, { name, other: chosen?.[0] ?? 'action' })
    else fields.unknown(name, { key, allowed: keywords, what: context.isHandler ? 'handler' : 'task' })
  }
  return chosen
}

function conflict(fields: Fields, range: SourceRange, { name, other }: { readonly name: string, readonly other: string }): void {
  fields.problems.error('conflicting-actions', `Cannot run '${name}' in this task: it already runs '${other}'`, { range, hint: 'Write a task for each', ansible: `conflicting action statements: ${other}, ${name}` })
}

/** `action: module arguments`, or a mapping with `module`. */
function spokenAction(fields: Fields, keyword: string, context: LoadContext): Action | undefined {
  const node = fields.node(keyword)
  const local = keyword === 'local_action'
  if (node?.kind === 'scalar' && (typeof node.value === 'string' || node.value instanceof TemplateString)) {
    const { name, range, rest } = splitAction(node, typeof node.value === 'string' ? node.value : node.value.source)
    const module = moduleMeant(knownText(context, name, range), collectionsOf(fields, context), context.options)
    return { module, range, args: readArguments(fields, module, rest), local, node: rest }
  }
  if (node?.kind === 'mapping') {
    const named = new Fields(node, fields.problems)
    const text = moduleText(named, context)
    const entries = node.entries.filter(({ key }) => key.value !== 'module')
    const rest = { ...node, entries }
    if (text !== undefined) return mappedAction(fields, text, { rest, range: named.keyRange('module'), local, context })
  }
  fields.wrongType(keyword, "text such as 'copy src=a dest=b', or a mapping with 'module'")
  return undefined
}

/** The module that a mapping names; a template is evaluated from what is known while loading. */
function moduleText(fields: Fields, context: LoadContext): string | undefined {
  const value = fields.value('module', 'text')
  const text = value instanceof TemplateString ? value.source : value
  return typeof text === 'string' ? knownText(context, text, fields.keyRange('module')) : undefined
}

interface MappedAction {
  readonly rest: YamlNode
  readonly range: SourceRange
  readonly local: boolean
  readonly context: LoadContext
}

/** `module: copy src=a` inside a mapping may carry arguments itself. */
function mappedAction(fields: Fields, text: string, { rest, range, local, context }: MappedAction): Action {
  const [name = '', ...words] = splitArguments(text).map((piece) => piece.text)
  const module = moduleMeant(name, collectionsOf(fields, context), context.options)
  const args = readArguments(fields, module, rest)
  if (words.length === 0) return { module, range, args, local, node: rest }
  const inline = readArguments(fields, module, { kind: 'scalar', value: text.trim().slice(name.length).trim(), range })
  return { module, range, args: { ...inline, named: new Map([...args.named, ...inline.named]) }, local, node: rest }
}

const APPLYING = new Set(['include_tasks', 'include_role', 'import_role', 'import_tasks'])

/** `apply:` of an include: the keywords that the included tasks get. */
function readApply(fields: Fields, { module, node }: Action): Task['apply'] {
  if (!APPLYING.has(module) || node?.kind !== 'mapping') return undefined
  const apply = node.entries.find(({ key }) => key.value === 'apply')?.value
  if (apply === undefined || apply.kind === 'scalar') return undefined
  if (apply.kind === 'sequence') {
    fields.problems.error('bad-type', "Cannot read 'apply': it must be a mapping of keywords", { range: apply.range })
    return NO_KEYWORDS
  }
  const inner = new Fields(apply, fields.problems)
  for (const [name, { key }] of inner.entries) {
    if (!KEYWORDS_OF.apply.has(name)) {
      fields.problems.error('unknown-keyword', `Cannot apply '${name}': it is not a keyword of a block`, { range: key.range, hint: didYouMean(name, KEYWORDS_OF.apply) })
    }
  }
  return readKeywords(inner)
}
