import type { Value } from '../../value/value.ts'
import type { TemplateText } from '../source-place.ts'
import type { Frame } from './frame.ts'
import type { Sink } from './sink.ts'

/** Evaluates an expression. */
export type Evaluate = (frame: Frame) => Value

/** Runs a statement; the answer tells an enclosing loop to go on, stop or take the next item. */
export type Execute = (frame: Frame, sink: Sink) => Signal

export type Signal = 0 | 1 | 2
export const GO_ON: Signal = 0
export const BREAK: Signal = 1
export const CONTINUE: Signal = 2

/** A template ready to run. */
export interface CompiledTemplate {
  readonly text: TemplateText
  /** How an error names it: the path of a file, or undefined for a template in YAML. */
  readonly path: string | undefined
  /** Folders for templates that it includes. */
  readonly searchPath: readonly string[]
  /** What ends its lines; a plain line end unless given. */
  readonly newline: string | undefined
  readonly body: Execute
  /** Set when the template is one expression and nothing else. */
  readonly expression: Evaluate | undefined
  /** What of the result stays as it is even where templates are not native: all of files, conditions and of text on purpose; of a mere name, what is no text. */
  readonly keeps: 'nothing' | 'values' | 'all'
  readonly blocks: ReadonlyMap<string, Block>
}

export interface Block {
  readonly name: string
  readonly required: boolean
  readonly template: { readonly text: TemplateText }
  readonly body: Execute
  /** Where the block's frame keeps `super`. */
  readonly superSlot: number
}
