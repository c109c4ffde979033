import { isTrue } from '../../value/truth.ts'
import type { Value } from '../../value/value.ts'
import { Undefined } from '../../value/undefined.ts'
import { UndefinedUseError } from '../../value/use-error.ts'
import { itemsOf } from '../iterate.ts'
import { type Evaluate, type Execute, type Signal, BREAK, GO_ON } from '../runtime/compiled-template.ts'
import { Frame } from '../runtime/frame.ts'
import { LoopState, type Recurse } from '../runtime/loop.ts'
import { Sink } from '../runtime/sink.ts'
import type { ForNode } from '../syntax/ast.ts'
import type { Compiler } from './compiler.ts'
import type { LexicalScope } from './scopes.ts'
import { type Assign, compileTarget } from './targets.ts'

interface LoopCode {
  readonly assign: Assign
  readonly filter: Evaluate | undefined
  readonly body: Execute
  readonly otherwise: Execute
  /** Local variables of the body, emptied at each turn. */
  readonly slots: readonly number[]
  readonly loopSlot: number
  readonly at: number
}

/** `{% for %}`: items are known before the first turn, so `loop.length` and `loop.last` are too. */
export function compileFor(node: ForNode, compiler: Compiler): Execute {
  const items = compiler.expression(node.items)
  const scope = node.recursive ? compiler.scope.innerFrame() : compiler.scope.inner()
  const code = compileLoop(node, compiler, scope)
  if (!node.recursive) return (frame, sink) => runLoop(code, { frame, sink, items: settledItems(items(frame), frame, node.at), depth: 1, recurse: undefined })
  return (frame, sink) => {
    const recurse: Recurse = (children, depth) => {
      const inner = new Sink()
      runLoop(code, { frame: new Frame(frame.context, frame), sink: inner, items: settledItems(children, frame, node.at), depth, recurse })
      return inner.result()
    }
    return runLoop(code, { frame: new Frame(frame.context, frame), sink, items: settledItems(items(frame), frame, node.at), depth: 1, recurse })
  }
}

function compileLoop(node: ForNode, compiler: Compiler, scope: LexicalScope): LoopCode {
  const inner = compiler.within(scope)
  const loopSlot = scope.declare('loop')
  const assign = compileTarget(node.target, scope)
  const filter = node.filter === undefined ? undefined : inner.expression(node.filter)
  const body = inner.body(node.body)
  const slots = scope.ownSlots().filter((slot) => slot !== loopSlot)
  // The else branch sees neither the loop's variables nor `loop`.
  const otherwise = compiler.within(compiler.scope.inner()).body(node.otherwise)
  return { assign, filter, body, otherwise, slots, loopSlot, at: node.at }
}

interface LoopRun {
  readonly frame: Frame
  readonly sink: Sink
  readonly items: readonly Value[]
  readonly depth: number
  readonly recurse: Recurse | undefined
}

function runLoop(code: LoopCode, { frame, sink, items, depth, recurse }: LoopRun): Signal {
  const { loopSlot } = code
  const outer = frame.slots[loopSlot]
  const kept = code.filter === undefined ? items : items.filter((item) => keeps(code, frame, item))
  if (kept.length === 0) return code.otherwise(frame.parent !== undefined && recurse !== undefined ? frame.parent : frame, sink)
  const loop = new LoopState(kept, depth, recurse)
  for (const item of kept) {
    for (const slot of code.slots) frame.slots[slot] = undefined
    frame.slots[loopSlot] = loop
    code.assign(frame, item)
    if (code.body(frame, sink) === BREAK) break
    loop.index0++
  }
  frame.slots[loopSlot] = outer
  for (const slot of code.slots) frame.slots[slot] = undefined
  return GO_ON
}

function keeps({ assign, filter, at }: LoopCode, frame: Frame, item: Value): boolean {
  assign(frame, item)
  const value = frame.session.settle(filter?.(frame) ?? true)
  frame.session.at = at
  return isTrue(value)
}

function settledItems(value: Value, frame: Frame, at: number): readonly Value[] {
  const { session } = frame
  const whole = session.shallow(value)
  session.at = at
  if (whole instanceof Undefined) throw new UndefinedUseError(whole)
  const items = itemsOf(whole)
  if (session.isRaw(whole)) return items.map((item) => session.reach(item))
  // The body may append to the list it goes through; Python then goes on, but so far only accidents do that.
  return Array.isArray(whole) ? [...items] : items
}
