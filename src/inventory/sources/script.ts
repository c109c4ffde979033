import { execFile } from 'node:child_process'
import { closeSync, openSync, readSync } from 'node:fs'
import { promisify } from 'node:util'
import { fromJson, isJsonObject } from '../../value/json.ts'
import type { Json, JsonObject, Value } from '../../value/value.ts'
import { isExecutable, isFile, shownPath } from '../../yaml/source-store.ts'
import type { InventoryPlugin } from '../inventory-plugin.ts'
import type { SourceContext } from '../source-context.ts'

/**
 * Plugin `script`: runs a program with `--list` and, unless it tells all in `_meta`, with `--host NAME` for each host.
 * Its output is data: never templates, and refused as a whole when it is not what an inventory is.
 */
export const script: InventoryPlugin = {
  accepts: (source) => isFile(source) && isProgram(source),
  async read(source, context) {
    const output = await runScript(source, ['--list'], context)
    if (output === undefined) return undefined
    const before = context.problems.diagnostics.length
    if (!isJsonObject(output)) {
      refuse(source, 'it must be a JSON object of groups', context)
      return undefined
    }
    const listed = listing(output, (why) => { refuse(source, why, context) })
    if (context.problems.diagnostics.length > before) return undefined
    await readListing(source, listed, context)
    return []
  },
}

/** In some checkouts every file is executable: a program also starts as programs do. */
function isProgram(path: string): boolean {
  const start = firstBytes(path)
  return start.startsWith('#!') || (start === '\x7fELF' && isExecutable(path))
}

function firstBytes(path: string): string {
  try {
    const file = openSync(path, 'r')
    const bytes = Buffer.alloc(4)
    readSync(file, bytes, 0, 4, 0)
    closeSync(file)
    return bytes.toString('latin1')
  } catch {
    return ''
  }
}

async function runScript(path: string, args: readonly string[], { problems, settings }: SourceContext): Promise<Json | undefined> {
  try {
    const { stdout, stderr } = await promisify(execFile)(path, [...args], { maxBuffer: 256 * 1024 * 1024, encoding: 'buffer' })
    const said = settings.showsScriptErrors ? stderr.toString('utf8').trim() : ''
    if (said !== '') problems.warning('inventory-script', `${shownPath(path)} ${args.join(' ')} says: ${said}`)
    const text = new TextDecoder('utf-8', { fatal: true }).decode(stdout)
    return text.trim() === '' ? {} : JSON.parse(text) as Json
  } catch (error) {
    problems.error('inventory-script', `Cannot use the inventory script ${shownPath(path)} ${args.join(' ')}: ${reason(error)}`, { hint: isExecutable(path) ? undefined : `It starts with '#!' but is not executable: chmod +x ${shownPath(path)}` })
    return undefined
  }
}

function reason(error: unknown): string {
  if (error instanceof SyntaxError) return 'its output is not JSON'
  if (error instanceof TypeError) return 'its output is not UTF-8'
  if (!(error instanceof Error)) return String(error)
  const stderr = 'stderr' in error ? String(error.stderr).trim().split('\n').at(-1) ?? '' : ''
  return stderr === '' ? error.message.split('\n')[0] ?? '' : stderr
}

function refuse(path: string, why: string, { problems }: SourceContext): void {
  problems.error('inventory-script', `Cannot use the output of ${shownPath(path)} --list: ${why}`)
}

interface ListedGroup {
  readonly name: string
  readonly hosts: readonly string[]
  readonly children: readonly string[]
  readonly vars: ReadonlyMap<string, Value>
}

interface Listing {
  readonly groups: readonly ListedGroup[]
  /** Variables by host; undefined: the script is to be asked for each host. */
  readonly hostvars: ReadonlyMap<string, Json> | undefined
}

type Refuse = (why: string) => void

function listing({ _meta: meta, ...groups }: JsonObject, refused: Refuse): Listing {
  const hostvars = isJsonObject(meta) && Object.hasOwn(meta, 'hostvars') ? meta['hostvars'] : undefined
  if (hostvars !== undefined && !isJsonObject(hostvars)) refused('_meta.hostvars must be an object of hosts')
  return {
    groups: Object.entries(groups).map(([name, content]) => listedGroup(named(name, 'group', refused), content, refused)),
    hostvars: isJsonObject(hostvars) ? new Map(Object.entries(hostvars)) : undefined,
  }
}

/** A group is a list of hosts, or `{hosts, children, vars}`; an object with none of these is one host with its variables. */
function listedGroup(name: string, content: Json, refused: Refuse): ListedGroup {
  if (!isJsonObject(content)) return { name, hosts: namesIn(content, { name, part: 'hosts', refused }), children: [], vars: new Map() }
  if (!['hosts', 'children', 'vars'].some((part) => Object.hasOwn(content, part))) return { name, hosts: [name], children: [], vars: variablesOf(content, refused) }
  const vars = content['vars']
  if (vars !== undefined && !isJsonObject(vars)) refused(`the variables of group '${name}' must be an object`)
  return {
    name,
    hosts: namesIn(content['hosts'], { name, part: 'hosts', refused }),
    children: namesIn(content['children'], { name, part: 'children', refused }),
    vars: isJsonObject(vars) ? variablesOf(vars, refused) : new Map(),
  }
}

function namesIn(json: Json | undefined, { name, part, refused }: { readonly name: string, readonly part: 'hosts' | 'children', readonly refused: Refuse }): string[] {
  if (json === undefined) return []
  if (Array.isArray(json)) return json.map((item: Json) => named(item, part === 'hosts' ? 'host' : 'group', refused))
  refused(`the ${part} of group '${name}' must be a list of names`)
  return []
}

function named(name: Json, what: 'host' | 'group', refused: Refuse): string {
  if (typeof name === 'string' && name !== '' && !/[\p{Cc}\u2028\u2029]/u.test(name)) return name
  refused(`${JSON.stringify(name).slice(0, 60)} is no name of a ${what}`)
  return ''
}

function variablesOf(object: JsonObject, refused: Refuse): Map<string, Value> {
  try {
    return new Map(Object.entries(object).map(([name, value]) => [name, fromJson(value)]))
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    refused('its values are nested too deeply')
    return new Map()
  }
}

async function readListing(source: string, { groups, hostvars }: Listing, context: SourceContext): Promise<void> {
  for (const group of groups) addGroup(source, group, context)
  for (const host of new Set(groups.flatMap(({ hosts }) => hosts))) {
    const variables = hostvars === undefined ? await runScript(source, ['--host', host], context) : hostvars.get(host)
    if (isJsonObject(variables)) context.store.setHostVariables(host, variablesOf(variables, (why) => { refuse(source, why, context) }))
    else if (variables !== undefined && variables !== null) refuse(source, `the variables of host '${host}' must be an object`, context)
  }
}

function addGroup(source: string, { name, hosts, children, vars }: ListedGroup, { store, problems }: SourceContext): void {
  const group = store.addGroup(name)
  for (const host of hosts) store.addHost(host, group === 'all' || group === 'ungrouped' ? [] : [group], new Map())
  for (const child of children) {
    if (!store.addChild(group, child)) problems.error('group-loop', `Cannot use the output of ${shownPath(source)}: '${child}' cannot be a child of '${group}', which it contains`)
  }
  store.setGroupVariables(group, vars)
}
