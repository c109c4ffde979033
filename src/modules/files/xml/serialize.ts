import type { Document, DocumentType, Element, Node, ProcessingInstruction } from '@xmldom/xmldom'
import { attributesOf, declaresNamespace } from './names.ts'
import { childNodes, isElement, isText } from './nodes.ts'

export interface Layout {
  /** Puts elements without text of their own on lines of their own, indented by two blanks. */
  readonly pretty: boolean
}

/** A document as lxml writes it. */
export function documentText(document: Document, layout: Layout): string {
  return `<?xml version='1.0' encoding='UTF-8'?>\n${contentText(document, layout)}`
}

/** The same without the line that says that it is XML. */
export function contentText(document: Document, { pretty }: Layout): string {
  const nodes = childNodes(document).filter((node) => !isDeclaration(node) && !isText(node))
  return nodes.map((node) => `${nodeText(node, { pretty })}${node.nodeType === 10 || pretty ? '\n' : ''}`).join('')
}

/** An element with what is in it. */
export function nodeText(node: Node, { pretty }: Layout): string {
  return written(node, pretty ? 0 : undefined)
}

function isDeclaration(node: Node): boolean {
  return node.nodeType === 7 && (node as ProcessingInstruction).target.toLowerCase() === 'xml'
}

/** `depth` is undefined where nothing is laid out. */
function written(node: Node, depth: number | undefined): string {
  if (isElement(node)) return elementText(node, depth)
  const data = node.nodeValue ?? ''
  if (node.nodeType === 3) return escaped(data, TEXT)
  if (node.nodeType === 4) return `<![CDATA[${data}]]>`
  if (node.nodeType === 8) return `<!--${data}-->`
  if (node.nodeType === 7) return `<?${(node as ProcessingInstruction).target}${data === '' ? '' : ` ${data}`}?>`
  return node.nodeType === 10 ? doctypeText(node as DocumentType) : ''
}

function elementText(element: Element, depth: number | undefined): string {
  const start = `<${element.nodeName}${attributesText(element)}`
  const nodes = childNodes(element)
  if (nodes.length === 0) return `${start}/>`
  if (depth === undefined || nodes.some(isText)) return `${start}>${nodes.map((node) => written(node, undefined)).join('')}</${element.nodeName}>`
  const lines = nodes.map((node) => `${'  '.repeat(depth + 1)}${written(node, depth + 1)}\n`)
  return `${start}>\n${lines.join('')}${'  '.repeat(depth)}</${element.nodeName}>`
}

/** Declarations of namespaces come first. */
function attributesText(element: Element): string {
  const all = attributesOf(element)
  return [...all.filter(declaresNamespace), ...all.filter((one) => !declaresNamespace(one))].map(({ name, value }) => ` ${name}="${escaped(value, VALUE)}"`).join('')
}

function doctypeText({ name, publicId, systemId, internalSubset }: DocumentType): string {
  const where = publicId ? ` PUBLIC ${quoted(publicId)} ${quoted(systemId)}` : systemId ? ` SYSTEM ${quoted(systemId)}` : ''
  const declared = (internalSubset ?? '').split('\n').map((line) => line.trim()).filter((line) => line !== '')
  return `<!DOCTYPE ${name}${where}${declared.length === 0 ? '' : ` [\n${declared.join('\n')}\n]`}>`
}

/** The parser leaves the quotes on. */
function quoted(id: string): string {
  const bare = id.replace(/^(["'])(.*)\1$/s, '$2')
  return bare.includes('"') ? `'${bare}'` : `"${bare}"`
}

const TEXT: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#13;' }
const VALUE: Readonly<Record<string, string>> = { ...TEXT, '"': '&quot;', '\n': '&#10;', '\t': '&#9;' }

function escaped(text: string, table: Readonly<Record<string, string>>): string {
  return text.replace(/[&<>\r"\n\t]/g, (character) => table[character] ?? character)
}
