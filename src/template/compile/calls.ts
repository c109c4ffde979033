import { Callable } from '../../value/callable.ts'
import { typeName } from '../../value/type-name.ts'
import { Undefined } from '../../value/undefined.ts'
import { ValueTypeError } from '../../value/use-error.ts'
import { requireKnown } from '../../value/require-known.ts'
import type { Value } from '../../value/value.ts'
import { findMethod } from '../methods/find-method.ts'
import { attributeOf } from '../runtime/access.ts'
import type { Evaluate } from '../runtime/compiled-template.ts'
import type { Frame } from '../runtime/frame.ts'
import { LoopState } from '../runtime/loop.ts'
import { Macro } from '../runtime/macro.ts'
import { TemplateObject } from '../../value/template-object.ts'
import type { CallNode, ExpressionOf } from '../syntax/ast.ts'
import { type Arguments, type EvaluateArguments, compileArguments } from './call-arguments.ts'
import type { Compiler } from './compiler.ts'
import { describe } from './describe.ts'

/** A call of a macro, a global or a method. */
export function compileCall(node: CallNode, compiler: Compiler): Evaluate {
  const isLookup = node.callee.kind === 'name' && LOOKUP_FUNCTIONS.has(node.callee.name)
  const args = compileArguments(node.arguments, isLookup ? compiler.embedding() : compiler)
  if (node.callee.kind === 'attribute') return compileMethodCall({ callee: node.callee, args, at: node.at }, compiler)
  const callee = compiler.expression(node.callee)
  const name = describe(node.callee)
  return (frame) => {
    const target = callee(frame)
    const values = args(frame)
    frame.session.at = node.at
    return callValue(target, values, name)
  }
}

const LOOKUP_FUNCTIONS = new Set(['lookup', 'query', 'q'])

/** Calls what a template may call. Something undefined among the arguments makes the result undefined, except for macros. */
export function callValue(target: Value, { positional, named }: Arguments, name: string): Value {
  if (target instanceof Undefined) return target
  requireKnown(target)
  if (target instanceof Macro) return target.call(positional, named)
  if (target instanceof LoopState) return target.recurse(positional[0])
  if (!(target instanceof Callable)) throw new ValueTypeError(`Cannot call '${name}': it is of type '${typeName(target)}'`)
  return undefinedAmong(positional, named) ?? target.call(positional, named)
}

/** The first argument that is undefined. */
export function undefinedAmong(positional: readonly Value[], named: ReadonlyMap<string, Value>): Undefined | undefined {
  for (const value of positional) if (value instanceof Undefined) return value
  for (const value of named.values()) if (value instanceof Undefined) return value
  return undefined
}

/** Methods of dicts that hand items on without looking at them. */
const READING = new Set(['get', 'items', 'keys', 'values'])

interface MethodCall {
  readonly callee: ExpressionOf<'attribute'>
  readonly args: EvaluateArguments
  readonly at: number
}

/** Finds the method without making a bound one first. */
function compileMethodCall({ callee, args, at }: MethodCall, compiler: Compiler): Evaluate {
  const target = compiler.expression(callee.target)
  const member = { key: callee.name, path: describe(callee) }
  const isReading = READING.has(callee.name)
  return (frame) => {
    const object = target(frame)
    const method = object instanceof TemplateObject ? undefined : findMethod(object, callee.name)
    if (method === undefined) return callMember(frame, attributeOf(frame.session, object, member), { args, at, name: member.path })
    const { positional, named } = args(frame)
    const self = isReading && object instanceof Map ? frame.session.shallow(object) : frame.session.settle(object)
    frame.session.at = at
    const missing = undefinedAmong(positional, named)
    return missing === undefined ? frame.session.derived(self, method(self, positional, named)) : missing
  }
}

function callMember(frame: Frame, target: Value, { args, at, name }: { readonly args: EvaluateArguments, readonly at: number, readonly name: string }): Value {
  const values = args(frame)
  frame.session.at = at
  return callValue(target, values, name)
}
