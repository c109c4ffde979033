import type { Document, Node } from '@xmldom/xmldom'
import { xpathLibrary, type XPathResult } from './libraries.ts'
import { isElementLike } from './nodes.ts'

/** An XPath expression over a document, or over an element that stands for one. */
export class Selector {
  readonly #namespaces: Readonly<Record<string, string>>

  constructor(namespaces: Readonly<Record<string, string>>) {
    this.#namespaces = namespaces
  }

  /** Throws an `Error` where the expression is none, or uses a prefix that nobody gave. */
  evaluate(expression: string, tree: Node): XPathResult {
    const node = tree.nodeType === 9 ? (tree as Document).documentElement ?? tree : tree
    return xpathLibrary().parse(expression).evaluate({ node, namespaces: this.#namespaces })
  }

  /** What it matches; nothing where it yields a number or text. */
  nodes(expression: string, tree: Node): readonly Node[] {
    return this.evaluate(expression, tree).toArray?.() ?? []
  }

  elements(expression: string, tree: Node) {
    return this.nodes(expression, tree).filter(isElementLike)
  }

  /** Whether the first that it matches is an element. */
  isElement(expression: string, tree: Node): boolean {
    const [first] = this.nodes(expression, tree)
    return first !== undefined && isElementLike(first)
  }
}
