import type { Expression } from '../syntax/ast.ts'

/** An expression as an error names it: `web.ports[0]`. */
export function describe(node: Expression): string {
  switch (node.kind) {
    case 'name': return node.name
    case 'attribute': return `${describe(node.target)}.${node.name}`
    case 'item': return `${describe(node.target)}[${describeKey(node.key)}]`
    case 'call': return `${describe(node.callee)}()`
    case 'filter': return `${node.target === undefined ? '' : describe(node.target)}|${node.name}`
    default: return '(expression)'
  }
}

function describeKey(key: Expression): string {
  if (key.kind !== 'constant') return describe(key)
  return typeof key.value === 'string' ? `'${key.value}'` : String(key.value)
}
