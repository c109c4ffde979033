import { accessSync, constants, existsSync, readFileSync } from 'node:fs'
import { dirname, extname, join, resolve } from 'node:path'
import type { SourceFile } from '../diagnostics/types.ts'
import type { VaultString } from '../value/vault-string.ts'
import type { Loaded } from '../yaml/loaded.ts'
import type { YamlNode } from '../yaml/node.ts'
import { parseYaml } from '../yaml/parse-yaml.ts'
import { Problems } from '../yaml/problems.ts'
import { isFolder, namesIn, shownPath, SourceStore } from '../yaml/source-store.ts'
import { parseHostPattern } from './host-address.ts'
import { readIniSource } from './ini-source.ts'
import type { Inventory } from './inventory.ts'
import { InventoryStore } from './inventory-store.ts'
import { type Evaluate, type InventoryPlugin, PLUGINS } from './plugins.ts'
import { readScriptSource } from './script-source.ts'
import type { RemoteReader } from './settings/read-settings.ts'
import type { SourceContext } from './source-context.ts'
import { readYamlSource } from './yaml-source.ts'

export interface InventoryOptions {
  /** Decrypts vault files. */
  readonly decrypt?: (ciphertext: VaultString | Buffer) => string
  /** Reads settings files on a firstbox, for the plugin `settings`. */
  readonly readRemote?: RemoteReader
  /** Evaluates expressions, for the plugin `constructed`. */
  readonly evaluate?: Evaluate
}

/** Reads inventory sources: files, folders, scripts, plugin configurations and `a,b,` lists, in the order given. */
export async function loadInventory(sources: readonly string[], options: InventoryOptions = {}): Promise<Loaded<Inventory>> {
  const store = new InventoryStore()
  const problems = new Problems()
  const context: LoadContext = { store, problems, sources: new SourceStore(options.decrypt), options }
  for (const source of sources) await readSource(source, context)
  return { value: store, diagnostics: problems.diagnostics }
}

interface LoadContext extends SourceContext {
  readonly options: InventoryOptions
}

async function readSource(source: string, context: LoadContext): Promise<void> {
  if (source.includes(',') && !existsSync(source)) readHostList(source, context)
  else if (!existsSync(source)) context.problems.error('missing-inventory', `Cannot find the inventory ${source}`, { hint: "A list of hosts needs a comma: 'host,'" })
  else if (isFolder(source)) await readFolder(resolve(source), context)
  else await readSourceFile(resolve(source), context)
}

function readHostList(source: string, { store, problems }: SourceContext): void {
  for (const text of source.split(',').map((part) => part.trim()).filter((part) => part !== '')) {
    const hosts = parseHostPattern(text)
    if (hosts === undefined) problems.error('inventory-entry', `Cannot read the host: '${text}' is not a range of names`)
    for (const name of hosts?.names ?? []) store.addHost(name, [], new Map(hosts?.port === undefined ? [] : [['ansible_port', hosts.port]]))
  }
}

const IGNORED = /^\.|~$|\.(?:pyc|pyo|swp|bak|rpm|md|txt|rst|orig|cfg|retry)$/
const NOT_SOURCES = new Set(['group_vars', 'host_vars', 'vars_plugins'])

/** Every source in a folder by name; folders of settings that a plugin configuration beside them reads are none. */
async function readFolder(folder: string, context: LoadContext): Promise<void> {
  const names = namesIn(folder).filter((name) => !IGNORED.test(name) && !NOT_SOURCES.has(name))
  const used = new Set<string>()
  const folders = names.filter((name) => isFolder(join(folder, name)))
  for (const name of names.filter((entry) => !folders.includes(entry))) {
    for (const path of await readSourceFile(join(folder, name), context)) used.add(path)
  }
  for (const name of folders) if (!used.has(join(folder, name))) await readFolder(join(folder, name), context)
}

/** Reads one file by what it is. Returns the folders that it reads in turn. */
async function readSourceFile(path: string, context: LoadContext): Promise<readonly string[]> {
  if (isScript(path)) {
    await readScriptSource(path, context)
    return []
  }
  const file = context.sources.text(path, context.problems)
  if (file === undefined) return []
  if (looksLikeYaml(file)) return readYamlFile(path, file, context)
  readIniSource(file, context)
  return []
}

async function readYamlFile(path: string, file: SourceFile, context: LoadContext): Promise<readonly string[]> {
  const { value: node, diagnostics } = parseYaml(file)
  context.problems.addAll(diagnostics)
  if (node === undefined) return []
  const plugin = pluginOf(node)
  if (plugin === undefined) {
    readYamlSource(node, context)
    return []
  }
  const reader: InventoryPlugin | undefined = PLUGINS[plugin.replace(/^ansible\.builtin\./, '')]
  if (reader !== undefined) return reader(node, { ...context, folder: dirname(path), readRemote: context.options.readRemote, evaluate: context.options.evaluate })
  context.problems.error('unknown-plugin', `Cannot read ${shownPath(path)}: there is no inventory plugin '${plugin}'`, { range: node.range, hint: `Plugins are ${Object.keys(PLUGINS).join(', ')}` })
  return []
}

function pluginOf(node: YamlNode): string | undefined {
  const entry = node.kind === 'mapping' ? node.entries.find(({ key }) => key.value === 'plugin') : undefined
  return entry?.value.kind === 'scalar' && typeof entry.value.value === 'string' ? entry.value.value : undefined
}

/** By extension, or by how the first line looks. */
function looksLikeYaml({ path, text }: SourceFile): boolean {
  const extension = extname(path)
  if (['.yml', '.yaml', '.json'].includes(extension)) return true
  if (extension === '.ini') return false
  const first = text.split('\n').find((line) => line.trim() !== '' && !/^\s*[#;]/.test(line)) ?? ''
  return /^(?:---|\{|[\w.-]+:\s*$)/.test(first)
}

/** An executable that starts as programs do: in some checkouts every file is executable. */
function isScript(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
  } catch {
    return false
  }
  const start = readFileSync(path).subarray(0, 4).toString('latin1')
  return start.startsWith('#!') || start === '\x7fELF'
}
