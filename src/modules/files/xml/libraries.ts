import { createRequire } from 'node:module'
import type * as Dom from '@xmldom/xmldom'

/** What of the `xpath` package is used; its own types would bring a browser's. */
interface XPathLibrary {
  parse(expression: string): { evaluate(context: { readonly node: Dom.Node, readonly namespaces: Readonly<Record<string, string>> }): XPathResult }
}

export type XPathResult = XPathNodes | { readonly numberValue: () => number, readonly stringValue: () => string, readonly booleanValue: () => boolean, readonly toArray?: never }

interface XPathNodes {
  /** In the order of the document. */
  readonly toArray: () => Dom.Node[]
}

/** Loaded when the first XML is looked at. */
export function domLibrary(): typeof Dom {
  return createRequire(import.meta.url)('@xmldom/xmldom') as typeof Dom
}

export function xpathLibrary(): XPathLibrary {
  return createRequire(import.meta.url)('xpath') as XPathLibrary
}
