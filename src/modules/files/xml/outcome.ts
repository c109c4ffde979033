import type { Document, Element } from '@xmldom/xmldom'
import { ModuleFailure, type TextDiff } from '../../../module/module.ts'
import type { Json, JsonObject } from '../../../value/value.ts'
import { removeBlanks } from './blanks.ts'
import { editXml, type XmlEdit } from './edit-xml.ts'
import { attributesOf, declaresNamespace, nameOf } from './names.ts'
import { isAttribute, isElement, isElementLike, isText, leadingText } from './nodes.ts'
import { nodePath } from './node-path.ts'
import { parseXml } from './parse.ts'
import { Selector } from './select.ts'
import { documentText, nodeText } from './serialize.ts'

/** What the `xml` module was asked. */
export interface XmlRequest extends Omit<XmlEdit, 'xpath'> {
  /** Name of the document in failures. */
  readonly name: string
  readonly xpath: string | undefined
  readonly namespaces: Readonly<Record<string, string>>
  readonly count: boolean
  readonly printMatch: boolean
  readonly content: 'attribute' | 'text' | undefined
  readonly pretty: boolean
  readonly withoutCdata: boolean
}

export interface XmlOutcome {
  /** The new text; undefined where the document says the same as before, but for its layout. */
  readonly text: string | undefined
  /** What it is, changed or not. */
  readonly whole: string
  readonly fields: JsonObject
  readonly diff: readonly TextDiff[]
}

/** Reads or changes a document. */
export function xmlOutcome(source: string, request: XmlRequest): XmlOutcome {
  const options = { withoutBlanks: request.pretty, withoutCdata: request.withoutCdata }
  const document = parseXml(source, `Error while parsing document: ${request.name}`, options)
  if (request.xpath === undefined) return laidOut(source, document)
  const { xpath, namespaces, state } = request
  const before = { pretty: documentText(document, { pretty: true }), meaning: meaningOf(document) }
  const told = withSelector(xpath, namespaces, (selector) => {
    const answer = answerTo({ ...request, xpath }, document, selector)
    if (answer === undefined) editXml(document, { ...request, xpath }, { document, selector, namespaces })
    return answer
  })
  const whole = documentText(document, request)
  const isSame = meaningOf(document) === before.meaning
  return {
    text: isSame ? undefined : whole, whole,
    fields: { actions: { xpath, namespaces, state }, ...told, ...request.printMatch && { matches: [] } },
    diff: isSame ? [] : [{ before: before.pretty, after: documentText(document, { pretty: true }) }],
  }
}

/** Without an XPath a document is only laid out. */
function laidOut(source: string, document: Document): XmlOutcome {
  const whole = documentText(document, { pretty: true })
  const isSame = whole === source
  return { text: isSame ? undefined : whole, whole, fields: {}, diff: isSame ? [] : [{ before: source, after: whole }] }
}

/** A document without its layout: what two must have the same to say the same. */
function meaningOf(document: Document): string {
  const { documentElement: root } = document
  if (root === null) return ''
  const copy = root.cloneNode(true) as Element
  tidy(copy, document)
  removeBlanks(copy)
  return nodeText(copy, { pretty: false })
}

/** CDATA sections are text like any other; texts beside each other are one. */
function tidy(element: Element, document: Document): void {
  for (let at = element.firstChild; at !== null; at = at.nextSibling) {
    if (isElement(at)) tidy(at, document)
    if (at.nodeType !== 4) continue
    const text = document.createTextNode(at.nodeValue ?? '')
    element.replaceChild(text, at)
    at = text
  }
  element.normalize()
}

function withSelector<T>(xpath: string, namespaces: Readonly<Record<string, string>>, use: (selector: Selector) => T): T {
  try {
    return use(new Selector(namespaces))
  } catch (error) {
    if (error instanceof ModuleFailure) throw error
    throw new ModuleFailure(`Syntax error in xpath expression: ${xpath} (${error instanceof Error ? error.message : String(error)})`)
  }
}

function answerTo({ xpath, printMatch, count, content }: XmlRequest & { readonly xpath: string }, document: Document, selector: Selector): JsonObject | undefined {
  if (printMatch) {
    const paths = selector.nodes(xpath, document).map(nodePath)
    return { msg: `selector '${xpath}' match: [${paths.map((path) => JSON.stringify(path)).join(', ')}]` }
  }
  if (count) {
    // As Ansible asks it: `/a/b` is counted wherever it stands.
    const hits = selector.nodes(xpath.startsWith('//') ? xpath : `/${xpath}`, document).length
    return { count: hits, msg: `found ${hits} nodes` }
  }
  return content === undefined ? undefined : contentOf(content, { xpath, matched: selector.nodes(xpath, document) })
}

function contentOf(content: 'attribute' | 'text', { xpath, matched }: { readonly xpath: string, readonly matched: ReturnType<Selector['nodes']> }): JsonObject {
  const [first] = matched
  if (first === undefined || isText(first) || isAttribute(first)) throw new ModuleFailure(`Xpath ${xpath} does not reference a node!`)
  const matches = matched.filter(isElementLike).map((element): Json => ({ [nameOf(element)]: content === 'text' ? leadingText(element) : attributesTold(element) }))
  return { count: matches.length, msg: matches.length, matches }
}

function attributesTold(element: Element): JsonObject {
  const all = isElement(element) ? attributesOf(element).filter((one) => !declaresNamespace(one)) : []
  return Object.fromEntries(all.map(({ namespaceURI: uri, localName, name, value }) => [uri ? `{${uri}}${localName ?? name}` : name, value]))
}
