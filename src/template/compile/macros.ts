import { ValueTypeError } from '../../value/use-error.ts'
import { Tuple } from '../../value/tuple.ts'
import type { Value } from '../../value/value.ts'
import type { Evaluate, Execute } from '../runtime/compiled-template.ts'
import { GO_ON } from '../runtime/compiled-template.ts'
import { Frame } from '../runtime/frame.ts'
import { Macro } from '../runtime/macro.ts'
import { Missing, orElse } from '../runtime/missing.ts'
import { Sink } from '../runtime/sink.ts'
import type { Parameter, Statement, StatementOf } from '../syntax/ast.ts'
import { compileArguments } from './call-arguments.ts'
import { callValue } from './calls.ts'
import type { Compiler } from './compiler.ts'
import { describe } from './describe.ts'
import { compileTarget } from './targets.ts'

interface MacroCode {
  readonly name: string
  readonly parameters: readonly { readonly name: string, readonly slot: number, readonly fallback: Evaluate | undefined }[]
  readonly slots: { readonly varargs: number, readonly kwargs: number, readonly caller: number }
  readonly body: Execute
  readonly text: Compiler['text']
  /** Of `varargs`, `kwargs` and `caller`, those that the body looks at. */
  readonly takes: ReadonlySet<string>
}

/** `{% macro name(parameters) %}` */
export function compileMacro({ name, parameters, body, at }: StatementOf<'macro'>, compiler: Compiler): Execute {
  // Assigned first, so that a macro can call itself.
  const assign = compileTarget({ kind: 'name', at, name }, compiler.scope)
  const code = compileMacroCode(name, { parameters, body }, compiler)
  return (frame) => {
    assign(frame, macroValue(code, frame))
    return GO_ON
  }
}

/** `{% call(parameters) macro() %}`: the body becomes the macro's `caller`. */
export function compileCallBlock({ call, parameters, body, at }: StatementOf<'call-block'>, compiler: Compiler): Execute {
  const code = compileMacroCode('caller', { parameters, body }, compiler)
  const callee = compiler.expression(call.callee)
  const args = compileArguments(call.arguments, compiler)
  const name = describe(call.callee)
  return (frame, sink) => {
    const target = callee(frame)
    const { positional, named } = args(frame)
    frame.session.at = at
    sink.push(callValue(target, { positional, named: new Map([...named, ['caller', macroValue(code, frame)]]) }, name))
    return GO_ON
  }
}

function compileMacroCode(name: string, { parameters, body }: { readonly parameters: readonly Parameter[], readonly body: readonly Statement[] }, compiler: Compiler): MacroCode {
  const scope = compiler.scope.innerFrame()
  const inner = compiler.within(scope)
  const slots = { varargs: scope.declare('varargs'), kwargs: scope.declare('kwargs'), caller: scope.declare('caller') }
  const compiled = parameters.map((parameter) => ({
    name: parameter.name,
    slot: scope.declare(parameter.name),
    fallback: parameter.default === undefined ? undefined : inner.expression(parameter.default),
  }))
  const execute = inner.body(body)
  return { name, parameters: compiled, slots, body: execute, text: compiler.text, takes: new Set(['varargs', 'kwargs', 'caller'].filter((each) => scope.isRead(each))) }
}

function macroValue(code: MacroCode, definer: Frame): Macro {
  return new Macro(code.name, (positional, named) => runMacro(code, definer, { positional, named }))
}

function runMacro(code: MacroCode, definer: Frame, args: MacroArguments): Value {
  const frame = new Frame(definer.context, definer)
  const { session } = frame
  const [at, text] = [session.at, session.text]
  session.text = code.text
  bindParameters(code, frame, args)
  const sink = new Sink()
  code.body(frame, sink)
  session.at = at
  session.text = text
  return sink.result()
}

interface MacroArguments {
  readonly positional: readonly Value[]
  readonly named: ReadonlyMap<string, Value>
}

function bindParameters({ name, parameters, slots, takes }: MacroCode, frame: Frame, { positional, named }: MacroArguments): void {
  const rest = new Map(named)
  frame.slots[slots.caller] = rest.get('caller')
  if (takes.has('caller')) rest.delete('caller')
  parameters.forEach(({ name: parameter, slot, fallback }, index) => {
    const given = positional[index] === undefined ? rest.get(parameter) : positional[index]
    if (positional[index] !== undefined && rest.has(parameter)) throw new ValueTypeError(`Cannot call the macro '${name}': '${parameter}' is given twice`)
    rest.delete(parameter)
    const absent = () => new Missing(parameter, `the macro '${name}' was called without '${parameter}'`)
    frame.slots[slot] = orElse(given, () => orElse(fallback?.(frame), absent))
  })
  const [stranger] = takes.has('kwargs') ? [] : rest.keys()
  if (stranger !== undefined) throw new ValueTypeError(`Cannot call the macro '${name}': it takes no keyword argument '${stranger}'`)
  if (positional.length > parameters.length && !takes.has('varargs')) throw new ValueTypeError(`Cannot call the macro '${name}': it takes not more than ${parameters.length} arguments`)
  frame.slots[slots.varargs] = new Tuple(positional.slice(parameters.length))
  frame.slots[slots.kwargs] = new Map<Value, Value>(rest)
}
