import type { Document } from '@xmldom/xmldom'
import { ModuleFailure } from '../../../module/module.ts'
import { removeBlanks } from './blanks.ts'
import { domLibrary } from './libraries.ts'
import { childNodes, isElement } from './nodes.ts'

export interface ParseOptions {
  /** Leaves out white space that only lays the document out. */
  readonly withoutBlanks: boolean
  /** Takes the content of CDATA sections as plain text. */
  readonly withoutCdata: boolean
}

/** Parses a document; `what` begins the message where it is none. */
export function parseXml(text: string, what: string, { withoutBlanks, withoutCdata }: ParseOptions): Document {
  const document = parsed(text.replace(/^\uFEFF/, ''), what)
  const root = document.documentElement
  if (root === null) throw new ModuleFailure(`${what} (Document is empty)`)
  if (withoutCdata) plainText(root, document)
  if (withoutBlanks) removeBlanks(root)
  return document
}

/** The text of a file, by the encoding that it says it has. */
export function decodeXml(bytes: Buffer): string {
  const marked = bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : undefined
  const [, said = 'utf-8'] = /^[^<]*<\?xml[^>]*?\sencoding\s*=\s*["']([\w.:-]+)["']/.exec(bytes.subarray(0, 200).toString('latin1')) ?? []
  try {
    return new TextDecoder(marked ?? said).decode(bytes)
  } catch {
    throw new ModuleFailure(`Cannot read the document: encoding ${said} is not known`)
  }
}

function parsed(text: string, what: string): Document {
  const { DOMParser } = domLibrary()
  const problems: string[] = []
  try {
    const onError = (level: string, message: string): void => {
      if (level !== 'warning') problems.push(message)
    }
    const document = new DOMParser({ onError, normalizeLineEndings: (source) => source.replace(/\r\n?/g, '\n'), locator: true }).parseFromString(text, 'text/xml')
    if (problems.length === 0) return document
  } catch (error) {
    problems.push(error instanceof Error ? error.message : String(error))
  }
  throw new ModuleFailure(`${what} (${problems[0] ?? ''})`)
}

function plainText(parent: ParentNode, document: Document): void {
  for (const node of childNodes(parent)) {
    if (node.nodeType === 4) parent.replaceChild(document.createTextNode(node.nodeValue ?? ''), node)
    else if (isElement(node)) plainText(node, document)
  }
  parent.normalize()
}

type ParentNode = Parameters<typeof childNodes>[0]
