import { LazyDict } from '../../value/lazy-dict.ts'
import { TemplateString } from '../../value/template-string.ts'
import { Tuple } from '../../value/tuple.ts'
import type { Dict, Value } from '../../value/value.ts'
import { VaultString } from '../../value/vault-string.ts'
import type { TemplateText } from '../source-place.ts'
import type { CallContext, Registry, Scope, SourcedSetting, TemplateFile } from '../types.ts'
import type { CompiledTemplate } from './compiled-template.ts'
import { AbsentElse } from './missing.ts'

/** What evaluation needs from the templar that started it. */
export interface Engine {
  readonly registry: Registry
  readonly basePaths: () => readonly string[]
  readonly setting: (name: string) => SourcedSetting | undefined
  /** False where results of templates are text, or data that text reads like, as before templates were native. */
  readonly isNative: boolean
  decrypt(secret: VaultString): string
  /** A file of the control host; a vault-encrypted one arrives decrypted. */
  readText(path: string): string
  compile(template: TemplateString): CompiledTemplate
  /** The first template of these names that the folders hold. */
  load(names: readonly string[], searchPath: readonly string[]): CompiledTemplate | undefined
  renderFile(file: TemplateFile, scope: Scope): string
  /** Runs a template in a session; errors become `TemplateError`s that know their place. */
  run(template: CompiledTemplate, session: Session): Value
  callContext(session: Session): CallContext
}

type Container = Value[] | Dict | Tuple

/**
 * One evaluation in one scope. Containers that come from the scope are `raw`: they may hold templates, which are resolved when
 * an item is reached, or all together in a copy when the container itself is used. All else is settled already.
 */
export class Session {
  readonly engine: Engine
  readonly scope: Scope
  /** Place of the operation under way, for errors: cheaper than catching at every node. */
  at = 0
  /** The text that `at` counts in. */
  text: TemplateText = { source: '', range: undefined }
  #copies: Map<Value, Container | undefined> | undefined
  #outermost: TemplateString | undefined
  #active: TemplateString[] | undefined
  #evaluated: Map<TemplateString, Value> | undefined
  #context: CallContext | undefined

  constructor(engine: Engine, scope: Scope) {
    this.engine = engine
    this.scope = scope
  }

  get context(): CallContext {
    this.#context ??= this.engine.callContext(this)
    return this.#context
  }

  /** A variable of the scope, with its template evaluated. Containers stay raw. */
  variable(name: string): Value | undefined {
    const value = this.scope.get(name)
    return value === undefined ? undefined : this.reach(value)
  }

  /** Something that was made of a container's items: raw if the container is. */
  derived(from: Value, value: Value): Value {
    return this.isRaw(from) ? this.reach(value) : value
  }

  /** What a raw container holds, as it is when reached: a template is evaluated, a container stays raw. */
  reach(value: Value): Value {
    if (typeof value !== 'object' || value === null) return value
    if (value instanceof TemplateString) return this.#evaluate(value)
    if (!isContainer(value)) return value
    this.#copies ??= new Map()
    if (!this.#copies.has(value)) this.#copies.set(value, undefined)
    return value
  }

  /** What stands for a raw container by now: its copy, once there is one, since that may have been changed. */
  current<Kind extends Value>(value: Kind): Kind {
    return (this.#copies?.get(value) ?? value) as Kind
  }

  /** Ready for use as a whole, but with raw items if the container is raw. */
  shallow(value: Value): Value {
    if (typeof value !== 'object' || value === null) return value
    return this.#copies?.has(value) === true ? this.current(value) : this.settle(value)
  }

  isRaw(value: Value): boolean {
    return this.#copies?.has(value) === true
  }

  /** A value ready for use: no templates or secrets at any depth. Undefined and unknown values pass. */
  settle(value: Value): Value {
    if (typeof value !== 'object' || value === null) return value
    if (value instanceof TemplateString) return this.#evaluate(value)
    if (value instanceof VaultString) return this.engine.decrypt(value)
    if (this.#copies?.has(value) === true) return this.#copy(value as Container, this.#copies)
    return value instanceof AbsentElse ? '' : value
  }

  /** Evaluates every template in data that did not come from the scope. */
  evaluate(value: Value): Value {
    return this.settle(this.reach(value))
  }

  #evaluate(template: TemplateString): Value {
    if (this.#outermost === undefined) return this.#evaluateOutermost(template)
    const known = this.#evaluated?.get(template)
    if (known !== undefined) return known
    this.#active ??= []
    if (this.#outermost === template || this.#active.includes(template)) throw new RecursionFound(template, this.#active.slice(Math.max(0, this.#active.indexOf(template))))
    this.#active.push(template)
    const { at, text } = this
    const result = this.engine.run(this.engine.compile(template), this)
    this.at = at
    this.text = text
    this.#active.pop()
    this.#evaluated ??= new Map()
    this.#evaluated.set(template, result)
    return result
  }

  /** Most templates need no other one: nothing is remembered for them. */
  #evaluateOutermost(template: TemplateString): Value {
    this.#outermost = template
    const { at, text } = this
    const result = this.engine.run(this.engine.compile(template), this)
    this.at = at
    this.text = text
    this.#outermost = undefined
    return result
  }

  #copy(raw: Container, copies: Map<Value, Container | undefined>): Value {
    const done = copies.get(raw)
    if (done !== undefined) return done
    if (raw instanceof Map) return this.#copyDict(raw, copies)
    const items: Value[] = []
    const copy = raw instanceof Tuple ? new Tuple(items) : items
    copies.set(raw, copy)
    for (const item of raw instanceof Tuple ? raw.items : raw) items.push(this.settle(this.reach(item)))
    return copy
  }

  #copyDict(raw: Dict, copies: Map<Value, Container | undefined>): Dict {
    const copy: Dict = new Map()
    copies.set(raw, copy)
    for (const [key, item] of raw) copy.set(key instanceof TemplateString ? key.source : key, this.settle(this.reach(item)))
    return copy
  }
}

/** A template that needs its own value. */
export class RecursionFound extends Error {
  readonly template: TemplateString
  /** The templates on the way round, the first one first. */
  readonly circle: readonly TemplateString[]

  constructor(template: TemplateString, circle: readonly TemplateString[]) {
    super('A template needs its own value')
    this.template = template
    this.circle = circle
  }
}

function isContainer(value: Value): value is Container {
  if (Array.isArray(value) || value instanceof Tuple) return true
  return value instanceof Map && !(value instanceof LazyDict)
}
