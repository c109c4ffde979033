import { textOf } from '../../value/text.ts'
import { ValueTypeError } from '../../value/use-error.ts'
import type { Value } from '../../value/value.ts'
import { itemsOf } from '../iterate.ts'
import type { Evaluate } from '../runtime/compiled-template.ts'
import type { Frame } from '../runtime/frame.ts'
import type { CallArguments } from '../syntax/ast.ts'
import type { Compiler } from './compiler.ts'

export interface Arguments {
  readonly positional: Value[]
  readonly named: ReadonlyMap<string, Value>
}

/** With a value to put first, where there is one: what is filtered or tested. */
export type EvaluateArguments = (frame: Frame, first?: Value) => Arguments

const NONE: ReadonlyMap<string, Value> = new Map()

/** Evaluates the arguments of a call; `lazy` leaves templates inside containers alone. */
export function compileArguments(args: CallArguments, compiler: Compiler, lazy = false): EvaluateArguments {
  const parts = args.positional.map((node) => compiler.expression(node))
  const evaluate = (frame: Frame, first: Value | undefined) => {
    const values: Value[] = first === undefined ? [] : [first]
    for (const part of parts) {
      const value = part(frame)
      values.push(lazy || typeof value !== 'object' ? value : frame.session.settle(value))
    }
    return values
  }
  const isPlain = args.named.length === 0 && args.rest === undefined && args.namedRest === undefined
  if (isPlain && parts.length === 0) return (_frame, first) => ({ positional: first === undefined ? [] : [first], named: NONE })
  if (isPlain) return (frame, first) => ({ positional: evaluate(frame, first), named: NONE })
  const [rest, named] = [compileRest(args, compiler), compileNamed(args, compiler)]
  return (frame, first) => ({ positional: [...evaluate(frame, first), ...rest(frame)], named: named(frame) })
}

function compileRest({ rest }: CallArguments, compiler: Compiler): (frame: Frame) => readonly Value[] {
  const evaluate = rest === undefined ? undefined : compiler.expression(rest)
  return (frame) => evaluate === undefined ? [] : itemsOf(frame.session.settle(evaluate(frame)))
}

function compileNamed({ named, namedRest }: CallArguments, compiler: Compiler): (frame: Frame) => ReadonlyMap<string, Value> {
  const parts = named.map(([name, node]): [string, Evaluate] => [name, compiler.expression(node)])
  const more = namedRest === undefined ? undefined : compiler.expression(namedRest)
  return (frame) => {
    const values = new Map<string, Value>()
    for (const [name, part] of parts) values.set(name, frame.session.settle(part(frame)))
    if (more !== undefined) spread(values, frame.session.settle(more(frame)))
    return values
  }
}

function spread(values: Map<string, Value>, dict: Value): void {
  if (!(dict instanceof Map)) throw new ValueTypeError('Cannot use ** with anything but a dict')
  for (const [key, value] of dict) values.set(textOf(key), value)
}
