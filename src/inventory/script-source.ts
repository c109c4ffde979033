import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { fromJson } from '../value/json.ts'
import type { Json, JsonObject, Value } from '../value/value.ts'
import type { SourceContext } from './source-context.ts'

/** Runs an inventory script with `--list` and, unless it tells all in `_meta`, with `--host NAME` for each host. Its output is data: never templates. */
export async function readScriptSource(path: string, context: SourceContext): Promise<void> {
  const output = await runScript(path, ['--list'], context)
  if (!isObject(output)) {
    if (output !== undefined) context.problems.error('inventory-script', `Cannot use the output of ${path} --list: it must be a JSON object`)
    return
  }
  const { _meta: meta, ...groups } = output
  for (const [group, content] of Object.entries(groups)) readGroup(group, content, context)
  const hostvars = isObject(meta) && isObject(meta['hostvars']) ? meta['hostvars'] : undefined
  for (const host of context.store.hosts.keys()) {
    const variables = hostvars === undefined ? await runScript(path, ['--host', host], context) : hostvars[host]
    if (isObject(variables)) for (const [name, value] of Object.entries(variables)) context.store.setHostVariable(host, name, fromJson(value))
  }
}

async function runScript(path: string, args: readonly string[], { problems }: SourceContext): Promise<Json | undefined> {
  try {
    const { stdout } = await promisify(execFile)(path, [...args], { maxBuffer: 256 * 1024 * 1024 })
    return stdout.trim() === '' ? {} : JSON.parse(stdout) as Json
  } catch (error) {
    problems.error('inventory-script', `Cannot use the inventory script ${path} ${args.join(' ')}: ${reason(error)}`)
    return undefined
  }
}

function reason(error: unknown): string {
  if (error instanceof SyntaxError) return 'its output is not JSON'
  const stderr = error instanceof Error && 'stderr' in error && typeof error.stderr === 'string' ? error.stderr.trim().split('\n').at(-1) : undefined
  return stderr !== undefined && stderr !== '' ? stderr : error instanceof Error ? error.message.split('\n')[0] ?? '' : String(error)
}

/** A group is a list of hosts, or `{hosts, children, vars}`; an object with none of these is one host with its variables. */
function readGroup(group: string, content: Json, context: SourceContext): void {
  context.store.addGroup(group)
  const parts = Array.isArray(content) ? { hosts: content as readonly Json[] } : isObject(content) ? content : {}
  if (Object.keys(parts).length > 0 && !['hosts', 'children', 'vars'].some((part) => part in parts)) context.store.addHost(group, [group], variablesOf(parts))
  else readParts(group, parts, context)
}

function readParts(group: string, parts: JsonObject, { store, problems }: SourceContext): void {
  const groups = group === 'all' || group === 'ungrouped' ? [] : [group]
  for (const host of textsOf(parts['hosts'])) store.addHost(host, groups, new Map())
  for (const child of textsOf(parts['children'])) {
    if (!store.addChild(group, child)) problems.error('group-loop', `Cannot make '${child}' a child of '${group}': it contains it`)
  }
  const vars = isObject(parts['vars']) ? parts['vars'] : {}
  for (const [name, value] of variablesOf(vars)) store.setGroupVariable(group, name, value)
}

function variablesOf(object: JsonObject): Map<string, Value> {
  return new Map(Object.entries(object).map(([name, value]) => [name, fromJson(value)]))
}

function textsOf(json: Json | undefined): string[] {
  return Array.isArray(json) ? json.map(String) : []
}

function isObject(json: Json | undefined): json is JsonObject {
  return typeof json === 'object' && json !== null && !Array.isArray(json)
}
