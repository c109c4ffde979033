import type { Value } from '../../value/value.ts'
import type { Block, CompiledTemplate } from './compiled-template.ts'
import { globalValue } from './globals.ts'
import { Missing } from './missing.ts'
import type { Session } from './session.ts'

export interface ContextOptions {
  readonly session: Session
  readonly template: CompiledTemplate
  /** Where names come from that the template does not set: the including template's context, or undefined for the scope. */
  readonly parent?: Context | undefined
  /** Local variables of the including template. */
  readonly locals?: ReadonlyMap<string, Value> | undefined
  /** Imported without context: variables of the scope are not seen. */
  readonly isolated?: boolean
}

/** The top-level names of one template being run, and its blocks. */
export class Context {
  readonly session: Session
  readonly template: CompiledTemplate
  readonly #parent: Context | undefined
  readonly #locals: ReadonlyMap<string, Value> | undefined
  readonly #isolated: boolean
  #own: Map<string, Value> | undefined
  #blocks: Map<string, Block[]> | undefined
  /** Makes what `self` is in this template. */
  selfOf: ((context: Context) => Value) | undefined
  /** The template that this one extends. */
  extended: CompiledTemplate | undefined

  constructor({ session, template, parent, locals, isolated = false }: ContextOptions) {
    this.session = session
    this.template = template
    this.#parent = parent
    this.#locals = locals
    this.#isolated = isolated
  }

  lookup(name: string): Value {
    const found = this.find(name)
    // Not `??`: None is a value.
    return found === undefined ? new Missing(name, undefined) : found
  }

  find(name: string): Value | undefined {
    const own = this.#own?.has(name) ? this.#own.get(name) : this.#locals?.get(name)
    if (own !== undefined) return own
    if (name === 'self' && this.selfOf !== undefined) return this.selfOf(this)
    if (this.#parent !== undefined) return this.#parent.find(name)
    const variable = this.#isolated ? undefined : this.session.variable(name)
    return variable === undefined ? globalValue(this.session, name) : variable
  }

  set(name: string, value: Value): void {
    this.#own ??= new Map()
    this.#own.set(name, value)
  }

  /** Names that an import of this template offers. */
  exports(): [string, Value][] {
    return [...this.#own ?? []].filter(([name]) => !name.startsWith('_'))
  }

  /** All overrides of each block, the most derived first. */
  get blocks(): Map<string, Block[]> {
    this.#blocks ??= new Map()
    return this.#blocks
  }

  shareBlocks(other: Context): void {
    this.#blocks = other.blocks
  }

  addBlocks(template: CompiledTemplate): void {
    for (const [name, block] of template.blocks) this.blocks.set(name, [...this.blocks.get(name) ?? [], block])
  }
}
