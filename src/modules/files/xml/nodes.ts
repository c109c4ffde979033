import type { Attr, Comment, Document, Element, Node, ProcessingInstruction, Text } from '@xmldom/xmldom'

/** What lxml counts as an element: comments and processing instructions too. */
export function isElementLike(node: Node): node is Element {
  return node.nodeType === 1 || node.nodeType === 8 || node.nodeType === 7
}

export function isElement(node: Node): node is Element {
  return node.nodeType === 1
}

export function isAttribute(node: Node): node is Attr {
  return node.nodeType === 2
}

/** Text, in a CDATA section too. */
export function isText(node: Node): node is Text {
  return node.nodeType === 3 || node.nodeType === 4
}

export function childNodes(node: Node): Node[] {
  const nodes: Node[] = []
  for (let at = node.firstChild; at !== null; at = at.nextSibling) nodes.push(at)
  return nodes
}

export function childElements(node: Node): Element[] {
  return childNodes(node).filter(isElementLike)
}

/** Text before the first child element; null where there is none. */
export function leadingText(element: Element): string | null {
  if (!isElement(element)) return (element as Comment | ProcessingInstruction).data
  const nodes = leadingNodes(element)
  return nodes.length === 0 ? null : nodes.map(({ data }) => data).join('')
}

export function setLeadingText(element: Element, text: string, document: Document): void {
  if (!isElement(element)) {
    (element as Comment).data = text
    return
  }
  for (const node of leadingNodes(element)) element.removeChild(node)
  element.insertBefore(document.createTextNode(text), element.firstChild)
}

/** Removes an element with the text behind it, as lxml does. */
export function removeWithTail(element: Element): void {
  const parent = element.parentNode
  if (parent === null) return
  for (const node of tailNodes(element)) parent.removeChild(node)
  parent.removeChild(element)
}

export function tailNodes(element: Element): Text[] {
  return textsFrom(element.nextSibling)
}

function leadingNodes(element: Element): Text[] {
  return textsFrom(element.firstChild)
}

function textsFrom(start: Node | null): Text[] {
  const nodes: Text[] = []
  for (let at = start; at !== null && isText(at); at = at.nextSibling) nodes.push(at)
  return nodes
}
