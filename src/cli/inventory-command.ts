import { writeFileSync } from 'node:fs'
import { didYouMean } from '../diagnostics/nearest.ts'
import type { Inventory } from '../inventory/inventory.ts'
import { writeNodeFiles } from '../inventory/node-files.ts'
import { inventoryGraph, inventoryHost, inventoryList } from '../inventory/views.ts'
import { createModuleRegistry } from '../module/registry.ts'
import { MODULES } from '../modules/index.ts'
import type { Value } from '../value/value.ts'
import type { InventoryFlags } from './commands/inventory.ts'
import { readPasswords } from './compose/connection-options.ts'
import { openConfig } from './compose/open-config.ts'
import { loadSources, type Sources } from './compose/load-sources.ts'
import { failOnErrors, showWarnings } from './compose/problems.ts'
import { EXIT } from './exit-codes.ts'
import { formatInventory, type InventoryForm } from './inventory/format-inventory.ts'
import { inventoryGroups, inventoryTree, type TreeOptions } from './inventory/inventory-tree.ts'
import { UsageError } from './usage-error.ts'

/** `tsplay inventory`: graph, list, one host, or node files. */
export async function inventoryCommand(pattern: string | undefined, flags: InventoryFlags): Promise<number> {
  refuseOtherThanOneView(flags)
  const config = openConfig(flags)
  const sources = await loadSources(flags, { config, modules: createModuleRegistry(MODULES), passwords: await readPasswords(config) })
  failOnErrors(sources.problems)
  showWarnings(sources.problems, config)
  const text = await viewOf(sources, pattern, flags)
  if (flags.output === undefined) process.stdout.write(text)
  else writeFileSync(flags.output, text)
  return EXIT.ok
}

function refuseOtherThanOneView(flags: InventoryFlags): void {
  const asked = (['host', 'graph', 'list', 'nodes'] as const).filter((view) => flags[view] !== undefined)
  if (asked.length === 1) return
  if (asked.length === 0) throw new UsageError({ code: 'no-action', severity: 'error', summary: 'No action selected, at least one of --host, --graph or --list needs to be specified.' })
  throw new UsageError({ code: 'conflicting-options', severity: 'error', summary: 'Conflicting options used, only one of --host, --graph or --list can be used at the same time.' })
}

async function viewOf(sources: Sources, pattern: string | undefined, flags: InventoryFlags): Promise<string> {
  if (flags.nodes !== undefined) return `${(await writeNodeFiles(sources.inventory, flags.nodes)).length} node files written to ${flags.nodes}\n`
  if (flags.host !== undefined) return formatInventory(inventoryHost(variablesOf(sources, knownHost(sources, flags.host))), formOf(flags))
  if (flags.list) return listOf(sources, pattern, flags)
  const graph = inventoryGraph(sources.inventory, {
    ...pattern ? { group: knownGroup(sources, pattern) } : {},
    ...flags.vars ? { variables: (host: string) => variablesOf(sources, host) } : {},
  })
  return `${graph}\n`
}

function listOf(sources: Sources, pattern: string | undefined, flags: InventoryFlags): Promise<string> {
  const { inventory, config } = sources
  const exports = config.get('INVENTORY_EXPORT')
  const hostVariables = (host: string): ReadonlyMap<Value, Value> => exports ? ownVariables(inventory, host) : variablesOf(sources, host)
  const options: TreeOptions = {
    hosts: inventory.select(pattern ?? 'all', flags.limit === undefined ? {} : { limit: flags.limit }),
    hostVariables, groupVariables: exports ? (group) => inventory.groups.get(group)?.variables ?? new Map() : undefined,
  }
  const form = formOf(flags)
  if (form === 'yaml') return formatInventory(inventoryTree(inventory, options), form)
  if (form === 'toml') return formatInventory(inventoryGroups(inventory, options), form)
  return formatInventory(inventoryList(inventory, options), form)
}

/** What the sources say of a host itself, without its groups. */
function ownVariables(inventory: Inventory, host: string): ReadonlyMap<Value, Value> {
  return inventory.hosts.get(host)?.variables ?? new Map()
}

function formOf({ yaml, toml }: InventoryFlags): InventoryForm {
  return yaml ? 'yaml' : toml ? 'toml' : 'json'
}

function variablesOf({ variables, config }: Sources, host: string): ReadonlyMap<Value, Value> {
  return variables.inventoryVariables(host, config.get('PLAYBOOK_DIR') ?? process.cwd())
}

function knownHost({ inventory }: Sources, host: string): string {
  if (inventory.hosts.has(host)) return host
  const [implicit] = ['localhost', '127.0.0.1', '::1'].includes(host) ? inventory.select(host) : []
  if (implicit !== undefined) return implicit
  throw unknown('host', host, inventory.hosts.keys())
}

function knownGroup({ inventory }: Sources, group: string): string {
  if (inventory.groups.has(group)) return group
  throw unknown('group', group, inventory.groups.keys())
}

/** Ansible's words, which scripts look for. */
const UNKNOWN = {
  host: (name: string) => `Could not match supplied host pattern, ignoring: ${name}`,
  group: () => 'Pattern must be valid group name when using --graph',
}

function unknown(kind: 'host' | 'group', name: string, known: Iterable<string>): UsageError {
  const hint = didYouMean(name, known)
  return new UsageError({ code: `unknown-${kind}`, severity: 'error', summary: `Cannot show ${kind} '${name}': the inventory has no ${kind} of that name`, ansible: UNKNOWN[kind](name), ...hint !== undefined && { hint } })
}
