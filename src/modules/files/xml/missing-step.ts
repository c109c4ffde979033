/** What an XPath asks of nodes that its beginning finds. */
export type Step =
  | { readonly kind: 'element', readonly name: string, readonly text: string | undefined }
  | { readonly kind: 'attribute', readonly name: string, readonly value: string | undefined }
  /** An element for which each of the conditions holds. */
  | { readonly kind: 'conditions', readonly name: string, readonly conditions: readonly string[] }
  | { readonly kind: 'text', readonly text: string }

export interface SplitPath {
  readonly parent: string
  readonly step: Step
}

const NAME = String.raw`[a-zA-Z-][\w\-.]*(?::[a-zA-Z-][\w\-.]*)?`
const STRING = String.raw`'(.*)'|"(.*)"`

const FORMS: readonly (readonly [RegExp, (parts: readonly (string | undefined)[]) => Step])[] = [
  [new RegExp(`^(.*)/(${NAME})$`, 's'), ([name = '']) => ({ kind: 'element', name, text: undefined })],
  [new RegExp(String.raw`^(.*)/(${NAME})/text\(\)=(?:${STRING})$`), ([name = '', one, two]) => ({ kind: 'element', name, text: one ?? two })],
  [new RegExp(`^(.*)/@(${NAME})$`), ([name = '']) => ({ kind: 'attribute', name, value: undefined })],
  [new RegExp(`^(.*)/@(${NAME})=(?:${STRING})$`), ([name = '', one, two]) => ({ kind: 'attribute', name, value: one ?? two })],
  [new RegExp(String.raw`^(.*)/(${NAME})\[(.*)\]$`), ([name = '', inner = '']) => ({ kind: 'conditions', name, conditions: inner.split(' and ').map((one) => one.trim()) })],
  [new RegExp(String.raw`^(.*)/text\(\)=(?:${STRING})$`), ([one, two]) => ({ kind: 'text', text: one ?? two ?? '' })],
]

/** Splits what can be made off the end of an XPath: `/a/b/@c='d'` into `/a/b` and an attribute. Undefined where nothing can be made of it. */
export function splitPath(xpath: string): SplitPath | undefined {
  const text = xpath.trim()
  for (const [form, stepOf] of FORMS) {
    const match = form.exec(text)
    if (match !== null) return { parent: match[1] ?? '', step: stepOf(match.slice(2)) }
  }
  return undefined
}
