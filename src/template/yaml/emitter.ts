import { analyzeScalar, isPrintable } from './scalar-analysis.ts'
import { readsAsOtherType } from './implicit-types.ts'
import { writeDoubleQuoted, writeLiteral, writePlain, writeSingleQuoted } from './scalar-writers.ts'
import type { Output } from './output.ts'
import { TextOutput } from './output.ts'

export type YamlTree =
  | { readonly kind: 'text', readonly text: string }
  /** Text that stands for something else: a number, null. */
  | { readonly kind: 'plain', readonly text: string }
  /** Text of several lines, written as it is where that is possible. */
  | { readonly kind: 'literal', readonly text: string }
  | { readonly kind: 'sequence', readonly flow: boolean, readonly items: readonly YamlTree[] }
  | { readonly kind: 'mapping', readonly flow: boolean, readonly entries: readonly (readonly [YamlTree, YamlTree])[] }

export interface EmitterOptions {
  readonly indent: number
  readonly width: number
}

interface Place {
  /** Inside `[]` or `{}`. */
  readonly flow: boolean
  readonly simpleKey: boolean
  readonly inMapping: boolean
}

const ROOT: Place = { flow: false, simpleKey: false, inMapping: false }

/** Writes a document as libyaml does, which PyYAML and so Ansible use. */
export function emitYaml(tree: YamlTree, { indent, width }: EmitterOptions): string {
  const output = new TextOutput(indent < 2 || indent > 9 ? 2 : indent, width <= 0 ? Infinity : width)
  emitNode(tree, ROOT, output)
  output.indented()
  return output.text
}

function emitNode(tree: YamlTree, place: Place, output: Output): void {
  if (tree.kind === 'sequence') emitSequence(tree, place, output)
  else if (tree.kind === 'mapping') emitMapping(tree, place, output)
  else emitScalar(tree, place, output)
}

type Style = 'plain' | 'single' | 'double' | 'literal'

function styleOf(text: string, { flow, simpleKey }: Place): Style {
  const analysis = analyzeScalar(text)
  if (simpleKey && analysis.multiLine) return 'double'
  const canBePlain = flow ? analysis.flowPlain : analysis.blockPlain
  const isEmptyInside = text === '' && (flow || simpleKey)
  if (canBePlain && !isEmptyInside && !readsAsOtherType(text)) return 'plain'
  return analysis.singleQuoted ? 'single' : 'double'
}

/** Blanks at the end of lines can only be said in quotes. */
function literalStyle(text: string, { flow, simpleKey }: Place): Style {
  return flow || simpleKey || / (?:[\n\x85\u2028\u2029]|$)/.test(text) || !isPrintable(text) ? 'double' : 'literal'
}

const WRITERS: Readonly<Record<Style, (text: string, split: boolean, output: Output) => void>> = {
  plain: writePlain,
  single: writeSingleQuoted,
  double: writeDoubleQuoted,
  literal: writeLiteral,
}

/** Lines of a folded text are indented one step further. */
function emitScalar({ kind, text }: Extract<YamlTree, { readonly kind: 'text' | 'plain' | 'literal' }>, place: Place, output: Output): void {
  const style = kind === 'plain' ? 'plain' : kind === 'literal' ? literalStyle(text, place) : styleOf(text, place)
  output.nest({ flow: true, indentless: false }, () => { WRITERS[style](text, !place.simpleKey, output) })
}

function emitSequence({ items, flow }: Extract<YamlTree, { readonly kind: 'sequence' }>, place: Place, output: Output): void {
  if (place.flow || flow || items.length === 0) {
    emitFlow(['[', ']'], items.map((item) => () => { emitNode(item, { flow: true, simpleKey: false, inMapping: false }, output) }), output)
    return
  }
  // A list right under a key is not indented further.
  output.nest({ flow: false, indentless: place.inMapping && !output.indention }, () => {
    for (const item of items) {
      output.indented()
      output.indicator('-', { spaceBefore: true, keepsIndention: true })
      emitNode(item, ROOT, output)
    }
  })
}

function emitMapping({ entries, flow }: Extract<YamlTree, { readonly kind: 'mapping' }>, place: Place, output: Output): void {
  if (place.flow || flow || entries.length === 0) {
    emitFlow(['{', '}'], entries.map(([key, value]) => () => { emitFlowEntry(key, value, output) }), output)
    return
  }
  output.nest({ flow: false, indentless: false }, () => {
    for (const [key, value] of entries) {
      output.indented()
      emitBlockEntry(key, value, output)
    }
  })
}

function emitFlow([open, close]: readonly [string, string], items: readonly (() => void)[], output: Output): void {
  output.indicator(open, { spaceBefore: true, isSpace: true })
  output.nest({ flow: true, indentless: false }, () => {
    items.forEach((emit, index) => {
      if (index > 0) output.indicator(',')
      if (output.column > output.width) output.indented()
      emit()
    })
  })
  output.indicator(close)
}

function emitFlowEntry(key: YamlTree, value: YamlTree, output: Output): void {
  const simple = isSimpleKey(key)
  if (!simple) output.indicator('?', { spaceBefore: true })
  emitNode(key, { flow: true, simpleKey: simple, inMapping: true }, output)
  if (!simple && output.column > output.width) output.indented()
  output.indicator(':', { spaceBefore: !simple })
  emitNode(value, { flow: true, simpleKey: false, inMapping: true }, output)
}

function emitBlockEntry(key: YamlTree, value: YamlTree, output: Output): void {
  const simple = isSimpleKey(key)
  if (!simple) output.indicator('?', { spaceBefore: true, keepsIndention: true })
  emitNode(key, { flow: false, simpleKey: simple, inMapping: true }, output)
  if (!simple) output.indented()
  output.indicator(':', { spaceBefore: !simple, keepsIndention: !simple })
  emitNode(value, { flow: false, simpleKey: false, inMapping: true }, output)
}

/** Short keys of one line stand before the colon, others after a question mark. */
function isSimpleKey(tree: YamlTree): boolean {
  if (tree.kind === 'sequence') return tree.items.length === 0
  if (tree.kind === 'mapping') return tree.entries.length === 0
  return Buffer.byteLength(tree.text) <= 128 && !analyzeScalar(tree.text).multiLine
}
