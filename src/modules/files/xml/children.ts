import type { Document, Element, Node } from '@xmldom/xmldom'
import { ModuleFailure } from '../../../module/module.ts'
import { fromJson, isJsonObject } from '../../../value/json.ts'
import { textOf } from '../../../value/text.ts'
import type { Json, JsonObject } from '../../../value/value.ts'
import { createElement, setAttribute } from './names.ts'
import { parseXml } from './parse.ts'

export interface Making {
  readonly document: Document
  /** Where they are to go. */
  readonly scope: Node
}

/** Elements of `set_children` and `add_children`: XML texts; or names, `{name: text}`, and `{name: {attribute: value, _: [children]}}`. */
export function makeChildren(children: readonly Json[], inputType: 'xml' | 'yaml', making: Making): Element[] {
  return children.map((child) => inputType === 'xml' ? ofXml(child, making) : ofData(child, making))
}

function ofXml(child: Json, { document }: Making): Element {
  const parsed = parseXml(textOf(fromJson(child)), 'Error while parsing child element:', { withoutBlanks: false, withoutCdata: true })
  return document.importNode(parsed.documentElement ?? parsed, true) as Element
}

function ofData(child: Json, making: Making): Element {
  if (typeof child === 'string') return createElement(child, making)
  if (!isJsonObject(child)) throw new ModuleFailure(`Invalid child type: ${Array.isArray(child) ? 'list' : typeof child}. Children must be either strings or hashes.`)
  const [entry, ...others] = Object.entries(child)
  if (entry === undefined || others.length > 0) throw new ModuleFailure('Can only create children from hashes with one key')
  const [name, value] = entry
  const element = createElement(name, making)
  if (isJsonObject(value)) fill(element, value, making)
  else if (value !== null) element.appendChild(making.document.createTextNode(textOf(fromJson(value))))
  return element
}

function fill(element: Element, { _: inner, ...attributes }: JsonObject, making: Making): void {
  for (const [name, value] of Object.entries(attributes)) setAttribute(element, { name, value: textOf(fromJson(value ?? '')), scope: making.scope })
  if (inner === undefined || inner === null) return
  if (!Array.isArray(inner)) throw new ModuleFailure('Invalid children type: the children under _ must be a list')
  for (const child of makeChildren(inner as readonly Json[], 'yaml', making)) element.appendChild(child)
}
