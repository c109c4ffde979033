import type { Attr, Document, Element, Node } from '@xmldom/xmldom'
import { ModuleFailure } from '../../../module/module.ts'
import { isElement } from './nodes.ts'

/** `prefix:name` as `{namespace}name`, by the prefixes that the task gives. */
export function clarkName(name: string, namespaces: Readonly<Record<string, string>>): string {
  const [, prefix, local] = /^([^:{}]+):([^:]+)$/.exec(name) ?? []
  if (prefix === undefined || local === undefined) return name
  const uri = namespaces[prefix]
  if (uri === undefined) throw new ModuleFailure(`Namespace prefix ${prefix} of ${name} is not among the namespaces`)
  return `{${uri}}${local}`
}

/** The name of an element as `{namespace}name`. */
export function nameOf(element: Element): string {
  const { namespaceURI: uri, nodeName } = element
  return uri === null || uri === '' || !isElement(element) ? nodeName : `{${uri}}${element.localName ?? nodeName}`
}

/** A new element by its `{namespace}name`; `scope`, where it is to go, may have a prefix for the namespace. */
export function createElement(name: string, { document, scope }: { readonly document: Document, readonly scope: Node }): Element {
  const { uri, local } = splitName(name)
  if (uri === undefined) return document.createElement(local)
  const known = prefixFor(uri, scope)
  const element = document.createElementNS(uri, known === undefined ? `ns0:${local}` : known === '' ? local : `${known}:${local}`)
  if (known === undefined) element.setAttributeNS(XMLNS, 'xmlns:ns0', uri)
  return element
}

export function attributesOf(element: Element): readonly Attr[] {
  return Array.from({ length: element.attributes.length }, (_, index) => element.attributes.item(index)).filter((one): one is Attr => one !== null)
}

/** Whether an attribute declares a namespace rather than being one. */
export function declaresNamespace({ name }: Attr): boolean {
  return name === 'xmlns' || name.startsWith('xmlns:')
}

export function attributeOf(element: Element, name: string): string | null {
  const { uri, local } = splitName(name)
  return uri === undefined ? element.getAttribute(local) : element.getAttributeNS(uri, local)
}

/** `scope` is where an element is to go that is not in its document yet. */
export function setAttribute(element: Element, { name, value, scope }: { readonly name: string, readonly value: string, readonly scope?: Node }): void {
  const { uri, local } = splitName(name)
  if (uri === undefined) {
    element.setAttribute(local, value)
    return
  }
  const known = uri === XML ? 'xml' : prefixFor(uri, element, true) ?? (scope === undefined ? undefined : prefixFor(uri, scope, true))
  const prefix = known ?? unusedPrefix(element)
  if (known === undefined) element.setAttributeNS(XMLNS, `xmlns:${prefix}`, uri)
  element.setAttributeNS(uri, `${prefix}:${local}`, value)
}

const XML = 'http://www.w3.org/XML/1998/namespace'
const XMLNS = 'http://www.w3.org/2000/xmlns/'
const NAME = /^[\p{L}_][\p{L}\p{N}\-._\u00b7]*$/u

function splitName(name: string): { readonly uri: string | undefined, readonly local: string } {
  const [, uri, local = name] = /^\{([^}]*)\}(.*)$/s.exec(name) ?? []
  if (!NAME.test(local)) throw new ModuleFailure(`Invalid tag name '${name}'`)
  return { uri, local }
}

function unusedPrefix(element: Element): string {
  let number = 0
  while (element.hasAttribute(`xmlns:ns${number}`)) number++
  return `ns${number}`
}

/** The nearest prefix in scope that stands for a namespace; `''` is the default one. */
function prefixFor(uri: string, scope: Node, prefixed = false): string | undefined {
  for (let at: Node | null = scope; at !== null; at = at.parentNode) {
    const found = isElement(at) ? attributesOf(at).find((one) => one.value === uri && declaresNamespace(one) && !(prefixed && one.name === 'xmlns')) : undefined
    if (found !== undefined) return found.name.slice('xmlns:'.length)
  }
  return undefined
}
