import type { Document, Element, Node } from '@xmldom/xmldom'
import { ModuleFailure } from '../../../module/module.ts'
import { splitPath, type Step } from './missing-step.ts'
import { attributeOf, clarkName, createElement, setAttribute } from './names.ts'
import { leadingText, setLeadingText } from './nodes.ts'
import type { Selector } from './select.ts'
import { contentText, nodeText } from './serialize.ts'

export interface Spawning {
  readonly document: Document
  readonly selector: Selector
  readonly namespaces: Readonly<Record<string, string>>
}

/** Makes what an XPath looks for and does not find, its beginning first. */
export function spawn(xpath: string, tree: Node, spawning: Spawning): void {
  const split = splitPath(xpath)
  if (split === undefined) throw new ModuleFailure(`Can't process Xpath ${xpath} in order to spawn nodes! tree is ${shownTree(tree)}`)
  const { parent, step } = split
  if (parent === '') throw new ModuleFailure(`Invalid expression: the document has no root element that ${xpath} matches`)
  if (!spawning.selector.isElement(parent, tree)) spawn(parent, tree, spawning)
  const nodes = spawning.selector.elements(parent, tree)
  if (step.kind === 'text' || step.kind === 'attribute') for (const node of nodes) apply(step, node, spawning)
  else append(step, nodes, spawning)
}

/** A tree as failures tell it. */
export function shownTree(tree: Node): string {
  return tree.nodeType === 9 ? contentText(tree as Document, { pretty: true }) : `${nodeText(tree, { pretty: true })}\n`
}

function apply(step: Step & { readonly kind: 'text' | 'attribute' }, element: Element, { document, namespaces }: Spawning): void {
  if (step.kind === 'text') {
    if (leadingText(element) !== step.text) setLeadingText(element, step.text, document)
    return
  }
  const name = clarkName(step.name, namespaces)
  const before = attributeOf(element, name)
  if (before === null || before !== step.value) setAttribute(element, { name, value: step.value ?? '' })
}

/** One new element goes from node to node, and stays with the last, as with lxml. */
function append(step: Step & { readonly kind: 'element' | 'conditions' }, nodes: readonly Element[], spawning: Spawning): void {
  const last = nodes.at(-1)
  if (last === undefined) return
  const { document, namespaces } = spawning
  const element = createElement(clarkName(step.name, namespaces), { document, scope: last })
  if (step.kind === 'element' && step.text !== undefined && step.text !== '') element.appendChild(document.createTextNode(step.text))
  last.appendChild(element)
  if (step.kind === 'conditions') for (const condition of step.conditions) spawn(`./${condition}`, element, spawning)
}
