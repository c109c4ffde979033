import { valuesEqual } from '../../value/equal.ts'
import { dictHas } from '../../value/equal.ts'
import { compareValues } from '../../value/order.ts'
import { requireKnown } from '../../value/require-known.ts'
import { typeName } from '../../value/type-name.ts'
import { ValueTypeError } from '../../value/use-error.ts'
import type { Value } from '../../value/value.ts'
import { itemsOf } from '../iterate.ts'
import type { Evaluate } from '../runtime/compiled-template.ts'
import type { ComparisonOperator, ExpressionOf } from '../syntax/ast.ts'
import type { Compiler } from './compiler.ts'

/** `a < b <= c`: each operand is evaluated once, and no further than the first comparison that fails. */
export function compileCompare({ left, operations, at }: ExpressionOf<'compare'>, compiler: Compiler): Evaluate {
  const first = compiler.expression(left)
  const rest = operations.map(({ operator, operand }) => ({ compare: COMPARE[operator], operand: compiler.expression(operand) }))
  const isMembership = operations.every(({ operator }) => operator === 'in' || operator === 'not in')
  return (frame) => {
    let value = frame.session.settle(first(frame))
    for (const { compare, operand } of rest) {
      const given = operand(frame)
      // A dict is only asked for its keys.
      const next = given instanceof Map && rest.length === 1 && isMembership ? frame.session.shallow(given) : frame.session.settle(given)
      frame.session.at = at
      if (!compare(value, next)) return false
      value = next
    }
    return true
  }
}

const COMPARE: Readonly<Record<ComparisonOperator, (left: Value, right: Value) => boolean>> = {
  '==': valuesEqual,
  '!=': (left, right) => !valuesEqual(left, right),
  '<': (left, right) => compareValues(left, right) < 0,
  '<=': (left, right) => compareValues(left, right) <= 0,
  '>': (left, right) => compareValues(left, right) > 0,
  '>=': (left, right) => compareValues(left, right) >= 0,
  in: contains,
  'not in': (left, right) => !contains(left, right),
}

function contains(item: Value, container: Value): boolean {
  requireKnown(container)
  // An empty list is not asked: so says Python.
  if (Array.isArray(container) && container.length === 0) return false
  requireKnown(item)
  if (container instanceof Map) return dictHas(container, item)
  if (typeof container !== 'string') return itemsOf(container).some((other) => valuesEqual(other, item))
  if (typeof item === 'string') return container.includes(item)
  throw new ValueTypeError(`Cannot look for a value of type '${typeName(item)}' in text`)
}
