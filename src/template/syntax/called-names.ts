import type { CallArguments, CallNode, Expression, FilterNode, TemplateNode } from './ast.ts'

export type CallKind = 'filter' | 'test' | 'lookup'

/** A filter, test or lookup that a template names. */
export interface CalledName {
  readonly kind: CallKind
  readonly name: string
  readonly at: number
}

/** Every filter, test and lookup that a template names, also as text for `map`, `select` and their kin. */
export function calledNames(template: TemplateNode): CalledName[] {
  const found: CalledName[] = []
  walk(template.body, found)
  return found
}

/** The tree is plain data, so all that may hold nodes is looked into. */
function walk(node: unknown, found: CalledName[]): void {
  if (typeof node !== 'object' || node === null || node instanceof Map) return
  if (Array.isArray(node)) {
    for (const item of node) walk(item, found)
    return
  }
  if ('kind' in node) found.push(...namesOf(node as Expression))
  for (const value of Object.values(node)) walk(value, found)
}

function namesOf(node: Expression): CalledName[] {
  if (node.kind === 'test') return [{ kind: 'test', name: node.name, at: node.at }]
  if (node.kind === 'filter') return [{ kind: 'filter', name: node.name, at: node.at }, ...namedByText(node)]
  return node.kind === 'call' ? lookupOf(node) : []
}

const LOOKUPS = new Set(['lookup', 'query', 'q'])

function lookupOf({ callee, arguments: args }: CallNode): CalledName[] {
  return callee.kind === 'name' && LOOKUPS.has(callee.name) ? textArgument(args, 0, 'lookup') : []
}

/** Which argument of these filters names a filter or a test. */
const BY_TEXT: Readonly<Record<string, readonly [number, CallKind]>> = {
  map: [0, 'filter'], select: [0, 'test'], reject: [0, 'test'], selectattr: [1, 'test'], rejectattr: [1, 'test'],
}

function namedByText({ name, arguments: args }: FilterNode): CalledName[] {
  const [index, kind] = (Object.hasOwn(BY_TEXT, name) ? BY_TEXT[name] : undefined) ?? []
  return index === undefined || kind === undefined ? [] : textArgument(args, index, kind)
}

function textArgument({ positional }: CallArguments, index: number, kind: CallKind): CalledName[] {
  const argument = positional[index]
  return argument?.kind === 'constant' && typeof argument.value === 'string' ? [{ kind, name: argument.value, at: argument.at + 1 }] : []
}
