import type { Value } from '../../value/value.ts'
import { dictSet } from '../../value/equal.ts'
import { textOf } from '../../value/text.ts'
import { isTrue } from '../../value/truth.ts'
import { TemplateString, isTemplate } from '../../value/template-string.ts'
import { Tuple } from '../../value/tuple.ts'
import { requireKnown } from '../../value/require-known.ts'
import { Undefined } from '../../value/undefined.ts'
import { DICT_METHODS } from '../methods/dict-methods.ts'
import { attributeOf, itemOf, sliceOf } from '../runtime/access.ts'
import { applyOperator, negate } from '../runtime/arithmetic.ts'
import type { Evaluate } from '../runtime/compiled-template.ts'
import type { Frame } from '../runtime/frame.ts'
import { AbsentElse } from '../runtime/missing.ts'
import type { BinaryNode, Expression, ExpressionOf } from '../syntax/ast.ts'
import { compileCall } from './calls.ts'
import { compileCompare } from './compare.ts'
import { takenConditions } from '../condition.ts'
import type { Compiler } from './compiler.ts'
import { describe } from './describe.ts'
import { literalOf } from '../literal-of.ts'
import { compileFilter, compileTest } from './filters.ts'
import { compileName } from './names.ts'

type Compilers = { readonly [Kind in Expression['kind']]: (node: ExpressionOf<Kind>, compiler: Compiler) => Evaluate }

/** Turns an expression into a closure. */
export function compileExpression(node: Expression, compiler: Compiler): Evaluate {
  const compile = COMPILERS[node.kind] as (node: Expression, compiler: Compiler) => Evaluate
  return compile(node, compiler)
}

const COMPILERS: Compilers = {
  constant: compileConstant,
  name: ({ name }, { scope }) => compileName(name, scope),
  list: ({ items }, compiler) => compileItems(items, compiler),
  tuple: ({ items }, compiler) => compileTuple(items, compiler),
  concat: ({ items, at }, compiler) => compileConcat(items, at, compiler),
  dict: compileDict,
  attribute: compileAttribute,
  item: compileItem,
  slice: () => () => null,
  call: compileCall,
  filter: compileFilter,
  test: compileTest,
  not: compileNot,
  negative: ({ operand, at }, compiler) => compileSign(compiler.expression(operand), at),
  positive: ({ operand, at }, compiler) => compileSign(compileSign(compiler.expression(operand), at), at),
  binary: compileBinary,
  compare: compileCompare,
  embedded: compileEmbedded,
  and: ({ left, right, at }, compiler) => compileAnd(compiler.expression(left), compiler.expression(right), at),
  or: ({ left, right, at }, compiler) => compileOr(compiler.expression(left), compiler.expression(right), at),
  conditional: compileConditional,
}

function compileConstant({ value }: ExpressionOf<'constant'>, compiler: Compiler): Evaluate {
  if (!isTemplateText(value, compiler)) return () => value
  const template = new TemplateString(value, compiler.text.range)
  return (frame) => frame.session.settle(template)
}

/** Texts within conditions may be templates, wherever they stand. */
function isTemplateText(value: Value, { embedded }: Compiler): value is string {
  return embedded && typeof value === 'string' && isTemplate(value)
}

function compileItems(items: readonly Expression[], compiler: Compiler): (frame: Frame) => Value[] {
  const parts = items.map((item) => compiler.expression(item))
  return (frame) => {
    const values: Value[] = []
    for (const part of parts) {
      const value = part(frame)
      values.push(typeof value === 'object' ? frame.session.settle(value) : value)
    }
    return values
  }
}

function compileTuple(items: readonly Expression[], compiler: Compiler): Evaluate {
  const evaluate = compileItems(items, compiler)
  return (frame) => new Tuple(evaluate(frame))
}

function compileConcat(items: readonly Expression[], at: number, compiler: Compiler): Evaluate {
  const evaluate = compileItems(items, compiler)
  return (frame) => {
    const values = evaluate(frame)
    frame.session.at = at
    let text = ''
    for (const value of values) text += textOf(value)
    return text
  }
}

function compileDict({ pairs, at }: ExpressionOf<'dict'>, compiler: Compiler): Evaluate {
  const parts = pairs.map(([key, value]) => [compiler.expression(key), compiler.expression(value)] as const)
  return (frame) => {
    const dict = new Map<Value, Value>()
    for (const [key, value] of parts) {
      const keyValue = frame.session.settle(key(frame))
      frame.session.at = at
      dictSet(dict, requireKnown(keyValue), frame.session.settle(value(frame)))
    }
    return dict
  }
}

function compileAttribute(node: ExpressionOf<'attribute'>, compiler: Compiler): Evaluate {
  const target = compiler.expression(node.target)
  const member = { key: node.name, path: describe(node) }
  // Most attributes are keys of dicts; those whose name is also that of a method are not.
  if (DICT_METHODS.has(node.name)) return (frame) => attributeOf(frame.session, target(frame), member)
  return (frame) => {
    const whole = target(frame)
    const dict = whole instanceof Map ? frame.session.current(whole) : undefined
    const item = dict?.get(node.name)
    if (dict === undefined || item === undefined) return attributeOf(frame.session, whole, member)
    return typeof item === 'object' ? frame.session.derived(dict, item) : item
  }
}

function compileItem(node: ExpressionOf<'item'>, compiler: Compiler): Evaluate {
  const target = compiler.expression(node.target)
  const path = describe(node)
  if (node.key.kind === 'slice') return compileSlice(target, node.key, compiler)
  if (node.key.kind === 'constant' && !isTemplateText(node.key.value, compiler)) {
    const member = { key: node.key.value, path }
    return (frame) => itemOf(frame.session, target(frame), member)
  }
  const key = compiler.expression(node.key)
  return (frame) => {
    const whole = target(frame)
    return itemOf(frame.session, whole, { key: frame.session.settle(key(frame)), path })
  }
}

function compileSlice(target: Evaluate, { start, stop, step, at }: ExpressionOf<'slice'>, compiler: Compiler): Evaluate {
  const bounds = [start, stop, step].map((bound) => bound === undefined ? undefined : compiler.expression(bound))
  return (frame) => {
    const whole = frame.session.settle(target(frame))
    if (whole instanceof Undefined) return whole
    const values = bounds.map((bound) => bound === undefined ? undefined : frame.session.settle(bound(frame)))
    frame.session.at = at
    return sliceOf(requireKnown(whole), values)
  }
}

function compileNot({ operand, at }: ExpressionOf<'not' | 'negative' | 'positive'>, compiler: Compiler): Evaluate {
  const value = compiler.expression(operand)
  return (frame) => {
    const settled = truthOperand(value(frame), frame)
    frame.session.at = at
    return !isTrue(settled)
  }
}

/** What is in a container does not matter for its truth. */
function truthOperand(value: Value, frame: Frame): Value {
  return typeof value === 'object' ? frame.session.shallow(value) : value
}

/**
 * A template in a condition: of text that it yields literals are understood, and the name of a variable stands for it, as it was for Ansible;
 * all else stays text. A condition like that is warned of; where no broken ones are taken, a name is text, too.
 */
function compileEmbedded({ operand }: ExpressionOf<'embedded'>, compiler: Compiler): Evaluate {
  const value = compiler.expression(operand)
  return (frame) => {
    const found = literalOf(value(frame))
    return typeof found === 'string' && /^[A-Za-z_]\w*$/.test(found) && takenConditions(frame.session.engine.setting('ALLOW_BROKEN_CONDITIONALS')) !== 'none' ? frame.session.variable(found) ?? found : found
  }
}

function compileSign(operand: Evaluate, at: number): Evaluate {
  return (frame) => {
    const value = frame.session.settle(operand(frame))
    frame.session.at = at
    return negate(value)
  }
}

function compileBinary({ operator, left, right, at }: BinaryNode, compiler: Compiler): Evaluate {
  const [first, second] = [compiler.expression(left), compiler.expression(right)]
  return (frame) => {
    const a = frame.session.settle(first(frame))
    const b = frame.session.settle(second(frame))
    frame.session.at = at
    return applyOperator(operator, a, b)
  }
}

/** As in Python, the result is one of the operands. */
function compileAnd(left: Evaluate, right: Evaluate, at: number): Evaluate {
  return (frame) => {
    const value = truthOperand(left(frame), frame)
    frame.session.at = at
    return isTrue(value) ? right(frame) : value
  }
}

function compileOr(left: Evaluate, right: Evaluate, at: number): Evaluate {
  return (frame) => {
    const value = truthOperand(left(frame), frame)
    frame.session.at = at
    return isTrue(value) ? value : right(frame)
  }
}

function compileConditional({ test, then, otherwise, at }: ExpressionOf<'conditional'>, compiler: Compiler): Evaluate {
  const [condition, positive] = [compiler.expression(test), compiler.expression(then)]
  const negative = otherwise === undefined ? () => new AbsentElse(describe(then), 'the condition of the inline if is false and there is no else') : compiler.expression(otherwise)
  return (frame) => {
    const value = truthOperand(condition(frame), frame)
    frame.session.at = at
    return isTrue(value) ? positive(frame) : negative(frame)
  }
}

