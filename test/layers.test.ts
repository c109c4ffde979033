import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '../src')

/** Lower number = lower layer. A folder imports only from strictly lower layers, and from itself. */
const LAYERS: Readonly<Record<string, number>> = {
  diagnostics: 0, text: 0, value: 0, vault: 0,
  config: 0.5,
  yaml: 1, template: 1, connection: 1,
  playbook: 2, inventory: 2, remote: 2,
  variables: 3,
  module: 4, run: 4,
  modules: 5, own: 5, lint: 5, schema: 5, journal: 5, report: 5, engine: 5,
  worker: 6,
  cli: 7,
}

/** Edges inside a layer: value and text may use diagnostics, and vault finds its password files as all paths are found. */
const ALLOWED = new Set(['value>diagnostics', 'text>diagnostics', 'vault>text', 'run>module'])

interface Edge { readonly from: string, readonly to: string, readonly typeOnly: boolean }

const files = listFiles(root)
const edges = files.flatMap(importsOf)

describe('layers', () => {
  it('every folder of src has a layer', () => {
    const folders = readdirSync(root).filter((name) => statSync(join(root, name)).isDirectory())
    expect(folders.filter((name) => LAYERS[name] === undefined)).toEqual([])
  })

  it('a folder imports only from lower layers', () => {
    expect(edges.filter(isUpward).map((edge) => `${edge.from} -> ${edge.to}`)).toEqual([])
  })

  it('no runtime import cycles', () => {
    expect(findCycle(edges.filter((edge) => !edge.typeOnly))).toEqual([])
  })
})

function listFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return listFiles(path)
    return entry.name.endsWith('.ts') ? [path] : []
  })
}

function importsOf(path: string): Edge[] {
  const text = readFileSync(path, 'utf8')
  const pattern = /^\s*(?:import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?'(\.[^']+)'|import\('(\.[^']+)'\)/gm
  return [...text.matchAll(pattern)].map((match) => ({
    from: relative(root, path),
    to: relative(root, resolve(dirname(path), match[2] ?? match[3] ?? '')),
    // A dynamic import happens after loading, so it cannot make a load-time cycle.
    typeOnly: match[1] !== undefined || match[3] !== undefined,
  }))
}

function isUpward({ from, to }: Edge): boolean {
  const [source = '', target = ''] = [from.split('/')[0], to.split('/')[0]]
  // package.json is imported for the version.
  if (source === target || to.startsWith('..') || ALLOWED.has(`${source}>${target}`)) return false
  return (LAYERS[target] ?? Infinity) >= (LAYERS[source] ?? -1)
}

function findCycle(graph: readonly Edge[]): string[] {
  const next = new Map<string, string[]>()
  for (const { from, to } of graph) next.set(from, [...(next.get(from) ?? []), to])
  const done = new Set<string>()
  const visit = (node: string, trail: readonly string[]): string[] => {
    if (trail.includes(node)) return [...trail.slice(trail.indexOf(node)), node]
    if (done.has(node)) return []
    for (const target of next.get(node) ?? []) {
      const cycle = visit(target, [...trail, node])
      if (cycle.length > 0) return cycle
    }
    done.add(node)
    return []
  }
  for (const node of next.keys()) {
    const cycle = visit(node, [])
    if (cycle.length > 0) return cycle
  }
  return []
}
