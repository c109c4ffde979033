import type { Element, Node, ProcessingInstruction } from '@xmldom/xmldom'
import { isAttribute, isElement } from './nodes.ts'

/** Where a node stands, as an XPath: `/business/beers/beer[2]`. Names without a prefix in a namespace are `*`, as in lxml. */
export function nodePath(node: Node): string {
  if (isAttribute(node)) return `${node.ownerElement === null ? '' : nodePath(node.ownerElement)}/@${node.name}`
  const parent = node.parentNode
  if (parent === null || node.nodeType === 9) return ''
  return `${nodePath(parent)}/${stepName(node)}${indexText(node)}`
}

function stepName(node: Node): string {
  if (isElement(node)) return isGeneric(node) ? '*' : node.nodeName
  if (node.nodeType === 8) return 'comment()'
  return node.nodeType === 7 ? `processing-instruction('${(node as ProcessingInstruction).target}')` : 'text()'
}

/** Only where there are several. */
function indexText(node: Node): string {
  const before = countAlike(node, (at) => at.previousSibling)
  return before > 0 || countAlike(node, (at) => at.nextSibling) > 0 ? `[${before + 1}]` : ''
}

function countAlike(node: Node, next: (at: Node) => Node | null): number {
  let count = 0
  for (let at = next(node); at !== null; at = next(at)) if (isAlike(node, at)) count++
  return count
}

function isAlike(node: Node, other: Node): boolean {
  if (node.nodeType !== other.nodeType) return false
  return isElement(node) ? isGeneric(node) || node.nodeName === other.nodeName : stepName(node) === stepName(other)
}

function isGeneric({ namespaceURI, prefix }: Element): boolean {
  return namespaceURI !== null && namespaceURI !== '' && (prefix === null || prefix === '')
}
