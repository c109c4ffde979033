import type { SourceRange } from '../diagnostics/types.ts'
import type { Dict, Value } from '../value/value.ts'
import { keyText } from '../yaml/key-text.ts'
import type { YamlMapping, YamlNode } from '../yaml/node.ts'
import { placedVariables } from '../yaml/placed-variables.ts'
import type { Block, Keywords, RoleUse, TaskNode } from './ast.ts'
import { Fields } from './fields.ts'
import { findRole } from './find-role.ts'
import { KEYWORDS_OF, NO_KEYWORDS } from './keywords.ts'
import { type LoadContext, staticName } from './load-context.ts'
import { readKeywords } from './read-keywords.ts'
import { type DependencyRole, readRole, type RoleReading, type UsedRole } from './read-role.ts'

/** Reads `roles:` of a play or `dependencies:` of a role. */
export function readRoleList(nodes: readonly YamlNode[], context: LoadContext): DependencyRole[] {
  return nodes.flatMap((node) => readRoleEntry(node, context))
}

/** Reads a role, with its dependencies, for one use of it. */
export function useRole(reading: RoleReading, context: LoadContext): UsedRole {
  return readRole(reading, context, readDependencies)
}

function readDependencies(meta: Fields | undefined, context: LoadContext): DependencyRole[] {
  if (meta === undefined) return []
  return readRoleList(meta.nodes('dependencies'), context)
}

/** One role as the block that stands for it: first its dependencies, then its own tasks, all under its keywords. */
export function roleBlock(used: UsedRole, keywords: Keywords, range: SourceRange): Block {
  const before = used.dependencies.map((dependency) => roleBlock(dependency, dependency.keywords, dependency.use.range ?? range))
  return { kind: 'block', name: undefined, range, keywords, block: [...before, ...used.tasks], rescue: [], always: [], role: used.use }
}

/** Handlers of a role, those of its dependencies first, under the keywords of the role as its tasks are. */
export function roleHandlers(used: UsedRole, keywords: Keywords): TaskNode[] {
  const before = used.dependencies.flatMap((dependency) => roleHandlers(dependency, dependency.keywords))
  const block = [...before, ...used.handlers]
  const range = block[0]?.range
  return range === undefined ? [] : [{ kind: 'block', name: undefined, range, keywords, block, rescue: [], always: [], role: used.use }]
}

interface RoleEntry {
  readonly name: string
  readonly keywords: Keywords
  readonly given: Dict
  readonly vars: Dict
  readonly range: SourceRange
}

function readRoleEntry(node: YamlNode, context: LoadContext): DependencyRole[] {
  const entry = roleEntry(node, context)
  if (entry === undefined) return []
  const { name, keywords, given, vars, range } = entry
  const found = findRole(name, context, range)
  if (found === undefined) return []
  if (dependsOnItself(found.path, context.role)) {
    context.problems.error('import-loop', `Cannot use role '${name}' here: it depends on itself`, { range })
    return []
  }
  return [{ ...useRole({ found, parameters: given, given, vars, keywords, range }, context), keywords }]
}

function dependsOnItself(path: string, use: RoleUse | undefined): boolean {
  return use !== undefined && (use.role.path === path || dependsOnItself(path, use.parent))
}

/** `name`, or `{role: name, keyword: ..., parameter: ...}`; what is no keyword is a parameter. */
function roleEntry(node: YamlNode, context: LoadContext): RoleEntry | undefined {
  if (node.kind === 'scalar') {
    const name = staticName(context, node.value, node.range)
    return name === undefined ? undefined : { name: name.trim(), keywords: NO_KEYWORDS, given: new Map(), vars: new Map(), range: node.range }
  }
  return node.kind === 'sequence' ? badEntry(context, node.range) : mappedEntry(node, context)
}

function mappedEntry(node: YamlMapping, context: LoadContext): RoleEntry | undefined {
  const fields = new Fields(node, context.problems)
  const nameNode = fields.node('role') ?? fields.node('name')
  if (nameNode?.kind !== 'scalar') return fields.has('src') ? undefined : badEntry(context, node.range)
  const { vars = new Map<Value, Value>(), ...keywords } = readKeywords(fields)
  const name = staticName({ ...context, variables: [...context.variables, vars] }, nameNode.value, nameNode.range)
  if (name === undefined) return undefined
  const own = node.entries.filter(({ key }) => !KEYWORDS_OF.role.has(keyText(key)))
  const given = placedVariables({ ...node, entries: own })
  return { name: name.trim(), keywords: { ...keywords, vars: undefined }, given, vars, range: nameNode.range }
}

function badEntry(context: LoadContext, range: SourceRange): undefined {
  context.problems.error('bad-type', "Cannot read a role: it must be a name, or a mapping with 'role'", { range, ansible: 'A malformed role declaration was encountered.' })
  return undefined
}
