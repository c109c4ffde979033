import type { Value } from '../../value/value.ts'
import type { Context } from './context.ts'
import type { Session } from './session.ts'

/** The local variables of one run of a template, block, macro or recursive loop. */
export class Frame {
  readonly session: Session
  readonly context: Context
  /** The frame that this one's code is written in. */
  readonly parent: Frame | undefined
  readonly slots: (Value | undefined)[] = []

  constructor(context: Context, parent?: Frame) {
    this.session = context.session
    this.context = context
    this.parent = parent
  }
}
