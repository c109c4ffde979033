import type { Block, Keywords, Play, Task, TaskNode } from '../../src/playbook/ast.ts'
import { Float } from '../../src/value/float.ts'
import { TemplateString } from '../../src/value/template-string.ts'
import type { Value } from '../../src/value/value.ts'
import { VaultString } from '../../src/value/vault-string.ts'

/** A playbook as short indented lines, so that cases can state what loading must come to. */
export function outline(plays: readonly Play[]): string {
  return plays.flatMap(playLines).join('\n')
}

function playLines(play: Play): string[] {
  const head = `play ${text(play.hosts)}${named(play.name)}${keywordText(play.shared)}`
  const sections = play.sections.filter(({ nodes }) => nodes.length > 0).flatMap(({ kind, nodes }) => [`  ${kind}`, ...nodes.flatMap((node) => nodeLines(node, '    '))])
  const handlers = play.handlers.length === 0 ? [] : ['  handlers', ...play.handlers.flatMap((node) => nodeLines(node, '    '))]
  const own = Object.entries(play.keywords).filter(([, value]) => value !== undefined).map(([name, value]) => `${name}=${text(value as Value)}`)
  return [head, ...own.length === 0 ? [] : [`  ${own.join(' ')}`], ...sections, ...handlers]
}

function nodeLines(node: TaskNode, indent: string): string[] {
  return node.kind === 'task' ? [indent + taskLine(node)] : blockLines(node, indent)
}

function blockLines(block: Block, indent: string): string[] {
  const role = block.role === undefined ? '' : ` role=${block.role.role.name}${block.role.parameters.size > 0 ? text(block.role.parameters) : ''}${block.role.vars.size > 0 ? `+${text(block.role.vars)}` : ''}`
  const part = (name: string, nodes: readonly TaskNode[]): string[] => nodes.length === 0 ? [] : [`${indent}${name}`, ...nodes.flatMap((node) => nodeLines(node, `${indent}  `))]
  return [`${indent}block${named(block.name)}${role}${keywordText(block.keywords)}`, ...block.block.flatMap((node) => nodeLines(node, `${indent}  `)), ...part('rescue', block.rescue), ...part('always', block.always)]
}

function taskLine(task: Task): string {
  const args = [...task.args.named].map(([name, { value }]) => `${name}=${name === 'validate_args_context' ? 'CONTEXT' : text(value)}`)
  const free = task.args.free === undefined ? [] : [`free=${text(task.args.free.value)}`]
  const dynamic = task.args.dynamic === undefined ? [] : [`dynamic=${text(task.args.dynamic)}`]
  const more = [
    task.loop && `loop${task.loop.lookup === undefined ? '' : `:${task.loop.lookup}`}=${text(task.loop.value)}`,
    ...Object.entries(task.loopControl).map(([name, value]) => isGiven(value as Value) && `${name}=${text(value as Value)}`),
    task.register !== undefined && `register=${task.register}`,
    ...(['until', 'retries', 'delay', 'changedWhen', 'failedWhen', 'notify', 'listen', 'async', 'poll'] as const).map((name) => isGiven(task[name] as Value) && `${name}=${text(task[name] as Value)}`),
    task.role && `in=${task.role.role.name}`,
    task.apply && `apply(${keywordText(task.apply).trim()})`,
  ].filter((part) => typeof part === 'string')
  return `${task.isHandler ? 'handler' : 'task'} ${task.module}${named(task.name)}(${[...args, ...free, ...dynamic].join(', ')})${keywordText(task.keywords)}${more.map((part) => ` ${part}`).join('')}`
}

function isGiven(value: Value | undefined): value is Value {
  return value !== undefined && !(Array.isArray(value) && value.length === 0)
}

function keywordText(keywords: Keywords): string {
  return Object.entries(keywords).filter(([, value]) => isGiven(value as Value)).map(([name, value]) => ` ${name}=${text(value as Value)}`).join('')
}

function named(name: Value | undefined): string {
  return name === undefined ? '' : ` ${JSON.stringify(text(name))}`
}

/** Templates between angle quotes, vault values hidden. */
function text(value: Value): string {
  if (value instanceof TemplateString) return `‹${value.source}›`
  if (value instanceof VaultString) return '<vault>'
  if (value instanceof Float) return value.value.toFixed(1)
  if (Array.isArray(value)) return `[${value.map(text).join(', ')}]`
  if (value instanceof Map) return `{${[...value].map(([key, item]) => `${text(key)}: ${text(item)}`).join(', ')}}`
  return String(value)
}
