import { DiagnosticError } from '../diagnostics/diagnostic-error.ts'
import { didYouMean } from '../diagnostics/nearest.ts'
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

/** `tsplay inventory`: graph (unless another view is asked for), list, one host, or node files. */
export async function inventoryCommand(pattern: string | undefined, flags: InventoryFlags): Promise<number> {
  const config = openConfig(flags)
  const sources = await loadSources(flags, { config, modules: createModuleRegistry(MODULES), passwords: await readPasswords(config) })
  failOnErrors(sources.problems)
  showWarnings(sources.problems, config)
  if (flags.nodes !== undefined) print(`${(await writeNodeFiles(sources.inventory, flags.nodes)).length} node files written to ${flags.nodes}`)
  else if (flags.host !== undefined) print(json(inventoryHost(variablesOf(sources, knownHost(sources, flags.host)))))
  else if (flags.list) print(json(inventoryList(sources.inventory, (host) => variablesOf(sources, host), selected(sources, pattern, flags))))
  else print(inventoryGraph(sources.inventory, { ...pattern ? { group: pattern } : {}, ...flags.vars ? { variables: (host: string) => variablesOf(sources, host) } : {} }))
  return EXIT.ok
}

function selected({ inventory }: Sources, pattern: string | undefined, flags: InventoryFlags): readonly string[] {
  return inventory.select(pattern ?? 'all', flags.limit === undefined ? {} : { limit: flags.limit })
}

function variablesOf({ variables }: Sources, host: string): ReadonlyMap<Value, Value> {
  return variables.inventoryVariables(host, process.cwd())
}

function knownHost({ inventory }: Sources, host: string): string {
  if (inventory.hosts.has(host)) return host
  const hint = didYouMean(host, inventory.hosts.keys())
  throw new DiagnosticError([{ code: 'unknown-host', severity: 'error', summary: `Cannot show host '${host}': the inventory has no host of that name`, ...hint ? { hint } : {} }])
}

function json(value: unknown): string {
  return JSON.stringify(value, undefined, 4)
}

function print(text: string): void {
  process.stdout.write(`${text}\n`)
}
