import type { Document, Element, Node } from '@xmldom/xmldom'
import { ModuleFailure } from '../../../module/module.ts'
import { fromJson } from '../../../value/json.ts'
import { textOf } from '../../../value/text.ts'
import type { Json } from '../../../value/value.ts'
import { makeChildren } from './children.ts'
import { attributeOf, attributesOf, clarkName, declaresNamespace, setAttribute } from './names.ts'
import { childElements, isAttribute, isElementLike, leadingText, removeWithTail, setLeadingText, tailNodes } from './nodes.ts'
import { nodeText } from './serialize.ts'
import { shownTree, spawn, type Spawning } from './spawn.ts'

/** What is to be done to what an XPath matches; without any of it, something is to be there that it matches. */
export interface XmlEdit {
  readonly xpath: string
  readonly state: 'present' | 'absent'
  readonly attribute: string | undefined
  readonly value: Json | undefined
  readonly setChildren: readonly Json[] | undefined
  readonly addChildren: readonly Json[] | undefined
  readonly inputType: 'xml' | 'yaml'
  readonly insert: 'before' | 'after' | undefined
}

/** Changes a document in place. */
export function editXml(document: Document, edit: XmlEdit, spawning: Spawning): void {
  const { selector } = spawning
  if (edit.state === 'absent') removeMatches(document, edit.xpath, spawning)
  else if (edit.setChildren !== undefined) setChildren(document, edit, spawning)
  else if (edit.addChildren !== undefined && edit.addChildren.length > 0) addChildren(document, edit, spawning)
  else if (edit.value !== undefined) setValue(document, edit, spawning)
  else if (!selector.isElement(edit.xpath, document)) spawn(edit.xpath, document, spawning)
}

function removeMatches(document: Document, xpath: string, { selector }: Spawning): void {
  const refuse = (why: string): never => { throw new ModuleFailure(`Couldn't delete xpath target: ${xpath} (${why})`) }
  for (const node of selector.nodes(xpath, document)) {
    if (isAttribute(node)) node.ownerElement?.removeAttributeNode(node)
    else if (!isElementLike(node)) refuse('it is neither an element nor an attribute')
    else if (node.parentNode === document && node === document.documentElement) refuse('it is the root of the document')
    else removeWithTail(node as Element)
  }
}

function setChildren(document: Document, { xpath, setChildren: wanted = [], inputType }: XmlEdit, { selector }: Spawning): void {
  const matches = selector.elements(xpath, document)
  const children = makeChildren(wanted, inputType, { document, scope: matches.at(-1) ?? document })
  const texts = children.map(withTail)
  for (const match of matches) {
    const before = childElements(match)
    if (before.length === texts.length && before.every((element, index) => withTail(element) === texts[index])) continue
    before.forEach(removeWithTail)
    for (const child of children) match.appendChild(child)
  }
}

function withTail(element: Element): string {
  return [element, ...tailNodes(element)].map((node) => nodeText(node, { pretty: false })).join('')
}

function addChildren(document: Document, { xpath, addChildren: wanted, inputType, insert }: XmlEdit, { selector }: Spawning): void {
  if (wanted === undefined || !selector.isElement(xpath, document)) return
  const matches = selector.elements(xpath, document)
  const target = (insert === 'before' ? matches[0] : matches.at(-1)) ?? document
  const { scope, before } = insert === undefined ? { scope: target, before: null } : { scope: target.parentNode, before: insert === 'before' ? target : nextElement(target) }
  if (scope === null || scope === document) throw new ModuleFailure(`Cannot insert beside ${xpath}: it is the root of the document`)
  for (const child of makeChildren(wanted, inputType, { document, scope })) scope.insertBefore(child, before)
}

/** What is inserted behind an element stands behind the text that follows it. */
function nextElement(element: Node): Node | null {
  for (let at = element.nextSibling; at !== null; at = at.nextSibling) if (isElementLike(at)) return at
  return null
}

function setValue(document: Document, { xpath, attribute = '', value = null }: XmlEdit, spawning: Spawning): void {
  const { selector, namespaces } = spawning
  if (!selector.isElement(xpath, document)) spawnForValue(document, xpath, spawning)
  if (!selector.isElement(xpath, document)) throw new ModuleFailure(`Xpath ${xpath} does not reference a node! tree is ${shownTree(document)}`)
  const text = textOf(fromJson(value))
  const name = clarkName(attribute, namespaces)
  for (const element of selector.elements(xpath, document)) {
    if (name !== '' && attributeOf(element, name) !== text) setAttribute(element, { name, value: text })
    if (name === '' && leadingText(element) !== text) setLeadingText(element, text, document)
  }
}

function spawnForValue(document: Document, xpath: string, spawning: Spawning): void {
  try {
    spawn(xpath, document, spawning)
  } catch (error) {
    if (!(error instanceof ModuleFailure)) throw error
    throw new ModuleFailure(`${namespaceHint(document, xpath)}Xpath ${xpath} causes a failure: ${error.message}\n  -- tree is ${shownTree(document)}`)
  }
}

function namespaceHint({ documentElement: root }: Document, xpath: string): string {
  const declares = root !== null && attributesOf(root).some(declaresNamespace)
  return declares && !xpath.includes(':') ? 'XML document has namespace(s) defined, but no namespace prefix(es) used in xpath!\n' : ''
}
