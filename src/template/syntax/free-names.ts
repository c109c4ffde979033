import type { CallArguments, Expression, Statement, Target, TemplateNode } from './ast.ts'

export interface NameUse {
  readonly name: string
  readonly at: number
}

/**
 * The names that a template certainly reads and that it neither sets itself nor guards anywhere with `default` or `is defined`.
 * Branches that may not be taken do not count, so whatever is found here and defined nowhere is a mistake.
 */
export function freeNames(template: TemplateNode): NameUse[] {
  const found: Found = { macros: new Set(), uses: [], excluded: new Set(['loop', 'caller', 'varargs', 'kwargs', 'self', 'super', 'omit', 'vars', 'lookup', 'query', 'q', 'undef']) }
  for (const statement of template.body) visitStatement(statement, found, true)
  const seen = new Set<string>()
  return found.uses.filter(({ name }) => {
    if (found.excluded.has(name) || seen.has(name)) return false
    seen.add(name)
    return true
  })
}

interface Found {
  readonly macros: Set<string>
  readonly uses: NameUse[]
  readonly excluded: Set<string>
}

type Visit<Node> = (node: Node, found: Found, certain: boolean) => void

function visitBody(body: readonly Statement[], found: Found, certain: boolean): void {
  for (const statement of body) visitStatement(statement, found, certain)
}

const visitStatement: Visit<Statement> = (node, found, certain) => {
  const visit = STATEMENTS[node.kind] as Visit<Statement>
  visit(node, found, certain)
}

const STATEMENTS: { readonly [Kind in Statement['kind']]: Visit<Extract<Statement, { readonly kind: Kind }>> } = {
  text: () => undefined,
  output: ({ expression }, found, certain) => { visit(expression, found, certain) },
  do: ({ expression }, found, certain) => { visit(expression, found, certain) },
  for: (node, found, certain) => {
    exclude(node.target, found)
    visit(node.items, found, certain)
    if (node.filter !== undefined) visit(node.filter, found, false)
    visitBody([...node.body, ...node.otherwise], found, false)
  },
  if: ({ branches, otherwise }, found, certain) => {
    branches.forEach(({ test, body }, index) => {
      visit(test, found, certain && index === 0)
      visitBody(body, found, false)
    })
    visitBody(otherwise, found, false)
  },
  set: ({ target, value }, found) => {
    exclude(target, found)
    // The value may stay unused.
    visit(value, found, false)
  },
  'set-block': ({ target, body }, found) => {
    exclude(target, found)
    visitBody(body, found, false)
  },
  with: ({ targets, values, body }, found, certain) => {
    for (const target of targets) exclude(target, found)
    for (const value of values) visit(value, found, false)
    visitBody(body, found, certain)
  },
  macro: ({ name, parameters, body }, found) => {
    found.excluded.add(name)
    found.macros.add(name)
    for (const parameter of parameters) found.excluded.add(parameter.name)
    visitBody(body, found, false)
  },
  'call-block': ({ call, parameters, body }, found, certain) => {
    for (const parameter of parameters) found.excluded.add(parameter.name)
    visit(call, found, certain)
    visitBody(body, found, false)
  },
  'filter-block': ({ body }, found, certain) => { visitBody(body, found, certain) },
  block: ({ body }, found) => { visitBody(body, found, false) },
  extends: ({ template }, found, certain) => { visit(template, found, certain) },
  include: ({ template }, found, certain) => { visit(template, found, certain) },
  import: ({ template, alias }, found, certain) => {
    found.excluded.add(alias)
    visit(template, found, certain)
  },
  'from-import': ({ template, names }, found, certain) => {
    for (const { alias } of names) found.excluded.add(alias)
    visit(template, found, certain)
  },
  break: () => undefined,
  continue: () => undefined,
  scope: ({ body }, found, certain) => { visitBody(body, found, certain) },
}

const visit: Visit<Expression> = (node, found, certain) => {
  const visitKind = EXPRESSIONS[node.kind] as Visit<Expression>
  visitKind(node, found, certain)
}

const visitItems: Visit<{ readonly items: readonly Expression[] }> = ({ items }, found, certain) => {
  for (const item of items) visit(item, found, certain)
}

const visitOperand: Visit<{ readonly operand: Expression }> = ({ operand }, found, certain) => { visit(operand, found, certain) }

const visitShortCircuit: Visit<{ readonly left: Expression, readonly right: Expression }> = ({ left, right }, found, certain) => {
  visit(left, found, certain)
  visit(right, found, false)
}

const EXPRESSIONS: { readonly [Kind in Expression['kind']]: Visit<Extract<Expression, { readonly kind: Kind }>> } = {
  constant: () => undefined,
  name: ({ name, at }, found, certain) => { if (certain) found.uses.push({ name, at }) },
  list: visitItems,
  tuple: visitItems,
  concat: visitItems,
  dict: ({ pairs }, found, certain) => { visitItems({ items: pairs.flat() }, found, certain) },
  attribute: ({ target }, found, certain) => { visit(target, found, certain) },
  item: ({ target, key }, found, certain) => { visitItems({ items: [target, key] }, found, certain) },
  slice: ({ start, stop, step }, found, certain) => {
    for (const bound of [start, stop, step]) if (bound !== undefined) visit(bound, found, certain)
  },
  call: ({ callee, arguments: args }, found, certain) => {
    visit(callee, found, certain)
    // A macro may guard its arguments itself.
    visitArguments(args, found, certain && !(callee.kind === 'name' && found.macros.has(callee.name)))
  },
  filter: ({ name, target, arguments: args }, found, certain) => {
    if (target !== undefined && GUARDS.has(name)) excludeNames(target, found)
    if (target !== undefined) visit(target, found, certain)
    // A default is not evaluated for nothing, but Jinja does evaluate it; still it may well be guarded by what it replaces.
    visitArguments(args, found, certain && !GUARDS.has(name))
  },
  test: ({ name, target, arguments: args }, found, certain) => {
    if (name.endsWith('defined')) excludeNames(target, found)
    visit(target, found, certain)
    visitArguments(args, found, certain)
  },
  not: visitOperand,
  embedded: visitOperand,
  negative: visitOperand,
  positive: visitOperand,
  binary: ({ left, right }, found, certain) => { visitItems({ items: [left, right] }, found, certain) },
  compare: ({ left, operations }, found, certain) => {
    visit(left, found, certain)
    operations.forEach(({ operand }, index) => { visit(operand, found, certain && index === 0) })
  },
  and: visitShortCircuit,
  or: visitShortCircuit,
  conditional: ({ test, then, otherwise }, found, certain) => {
    visit(test, found, certain)
    visit(then, found, false)
    if (otherwise !== undefined) visit(otherwise, found, false)
  },
}

const GUARDS = new Set(['default', 'd', 'ansible.builtin.default', 'ansible.builtin.d', 'mandatory', 'type_debug'])

const visitArguments: Visit<CallArguments> = ({ positional, named, rest, namedRest }, found, certain) => {
  visitItems({ items: [...positional, ...named.map(([, value]) => value)] }, found, certain)
  for (const each of [rest, namedRest]) if (each !== undefined) visit(each, found, certain)
}

/** All names inside a guarded expression count as guarded, wherever else they are read. */
function excludeNames(node: Expression, found: Found): void {
  const inner: Found = { macros: found.macros, uses: [], excluded: found.excluded }
  visit(node, inner, true)
  for (const { name } of inner.uses) found.excluded.add(name)
}

function exclude(target: Target, found: Found): void {
  if (target.kind === 'tuple') for (const item of target.items) exclude(item, found)
  else found.excluded.add(target.name)
}
