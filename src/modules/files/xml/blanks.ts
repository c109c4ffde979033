import type { Element, Node } from '@xmldom/xmldom'
import { childNodes, isElement, isText } from './nodes.ts'

/** Takes out white space that only lays out a document, by libxml2's rules: what stands beside text, or alone in an element, is kept. */
export function removeBlanks(element: Element, preserved = false): void {
  const preserves = spaceOf(element) ?? preserved
  for (const node of childNodes(element)) {
    if (isElement(node)) removeBlanks(node, preserves)
    else if (!preserves && isLayout(node, element)) element.removeChild(node)
  }
}

function spaceOf(element: Element): boolean | undefined {
  const space = element.getAttribute('xml:space')
  return space === null ? undefined : space === 'preserve'
}

function isLayout(node: Node, parent: Element): boolean {
  if (node.nodeType !== 3 || /[^ \t\r\n]/.test(node.nodeValue ?? '')) return false
  const { previousSibling: before, nextSibling: after } = node
  if (before === null) return after !== null
  return !isText(before) && !(parent.firstChild !== null && isText(parent.firstChild))
}
