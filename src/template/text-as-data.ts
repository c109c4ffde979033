import { dictSet } from '../value/equal.ts'
import { Float } from '../value/float.ts'
import { textOf } from '../value/text.ts'
import { Tuple } from '../value/tuple.ts'
import type { Dict, Value } from '../value/value.ts'
import { EvaluationError } from './evaluation-error.ts'
import { parseJson } from './filters/json-parse.ts'
import { negate } from './runtime/arithmetic.ts'
import type { Expression, TemplateNode } from './syntax/ast.ts'
import { DEFAULT_DIALECT } from './syntax/dialect.ts'
import { createSyntax } from './syntax/lexer-rules.ts'
import { parseBareExpression } from './syntax/parse.ts'
import { TemplateSyntaxError } from './syntax/syntax-error.ts'

/** The result of a template as it was before templates were native: text, or what that reads like. */
export function textResult(value: Value): Value {
  if (typeof value === 'string') return dataOf(value)
  if (value === null) return ''
  return typeof value === 'number' || typeof value === 'bigint' || value instanceof Float ? textOf(value) : value
}

/**
 * What text that reads like a list, a dict or a boolean stands for, as JSON or as Python writes it; all other text stays text.
 * Only literals are read: nothing is evaluated.
 */
export function dataOf(text: string): Value {
  if (text === 'True' || text === 'False') return text === 'True'
  if (!text.startsWith('{') && !text.startsWith('[')) return text
  return json(text) ?? python(text) ?? text
}

/** Filters whose result is meant to be text. */
const TEXT_FILTERS: ReadonlySet<string> = new Set(['string', 'to_json', 'to_nice_json', 'to_yaml', 'to_nice_yaml', 'ppretty', 'json'])

/** What of a template's result stays as it is: text on purpose is text, and a variable that is no text is handed on. */
export function keptResult({ body: [only, ...rest] }: TemplateNode): 'nothing' | 'values' | 'all' {
  if (only?.kind !== 'output' || rest.length > 0) return 'nothing'
  if (only.expression.kind === 'name') return 'values'
  return isTextOnPurpose(only.expression) ? 'all' : 'nothing'
}

function isTextOnPurpose(expression: Expression): boolean {
  if (expression.kind === 'filter') return TEXT_FILTERS.has(expression.name.split('.').at(-1) ?? '')
  return expression.kind === 'call' && expression.arguments.named.some(([name]) => name === 'convert_data')
}

function json(text: string): Value | undefined {
  try {
    return parseJson(text)
  } catch (error) {
    if (error instanceof EvaluationError) return undefined
    throw error
  }
}

function python(text: string): Value | undefined {
  try {
    return literal(parseBareExpression(text.trim(), createSyntax(DEFAULT_DIALECT)))
  } catch (error) {
    if (error instanceof TemplateSyntaxError) return undefined
    throw error
  }
}

/** The value of an expression that is made of literals; undefined for any other. */
function literal(node: Expression): Value | undefined {
  if (node.kind === 'constant') return node.value
  if (node.kind === 'name') return NAMES.get(node.name)
  if (node.kind === 'list' || node.kind === 'tuple') return literals(node.items, node.kind)
  if (node.kind === 'dict') return literalDict(node.pairs)
  if (node.kind !== 'negative' || node.operand.kind !== 'constant') return undefined
  return negate(node.operand.value)
}

/** JSON's names among Python's literals. */
const NAMES: ReadonlyMap<string, Value> = new Map<string, Value>([['null', null], ['true', true], ['false', false]])

function literals(nodes: readonly Expression[], kind: 'list' | 'tuple'): Value | undefined {
  const items = nodes.map(literal)
  const known = items.filter((item) => item !== undefined)
  if (known.length < items.length) return undefined
  return kind === 'list' ? known : new Tuple(known)
}

function literalDict(pairs: readonly (readonly [Expression, Expression])[]): Value | undefined {
  const dict: Dict = new Map()
  for (const pair of pairs) {
    const [key, value] = pair.map(literal)
    if (key === undefined || value === undefined) return undefined
    dictSet(dict, key, value)
  }
  return dict
}
