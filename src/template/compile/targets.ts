import { ValueTypeError } from '../../value/use-error.ts'
import type { Value } from '../../value/value.ts'
import { itemsOf } from '../iterate.ts'
import type { Frame } from '../runtime/frame.ts'
import { TemplateObject } from '../../value/template-object.ts'
import type { Target } from '../syntax/ast.ts'
import { compileName } from './names.ts'
import type { LexicalScope } from './scopes.ts'

export type Assign = (frame: Frame, value: Value) => void

/** Declares the target's names in the scope and returns how to assign to them. */
export function compileTarget(target: Target, scope: LexicalScope): Assign {
  if (target.kind === 'tuple') return compileTuple(target.items.map((item) => compileTarget(item, scope)))
  if (target.kind === 'namespace') return compileNamespace(target.name, target.attribute, scope)
  const { name } = target
  if (scope.isTop) return (frame, value) => { frame.context.set(name, value) }
  const slot = scope.declare(name)
  return (frame, value) => { frame.slots[slot] = value }
}

function compileTuple(targets: readonly Assign[]): Assign {
  return (frame, value) => {
    const items = itemsOf(frame.session.settle(value))
    if (items.length !== targets.length) throw new ValueTypeError(`Cannot unpack ${items.length} values into ${targets.length} names`)
    targets.forEach((assign, index) => { assign(frame, items[index] ?? null) })
  }
}

function compileNamespace(name: string, attribute: string, scope: LexicalScope): Assign {
  const read = compileName(name, scope)
  return (frame, value) => {
    const target = read(frame)
    if (!(target instanceof TemplateObject)) throw new ValueTypeError(`Cannot set '${attribute}' of '${name}': it is no namespace()`)
    target.set(attribute, value)
  }
}
