/** Where a local variable lives: in this frame's slots, or some frames further out. */
export interface Place {
  readonly hops: number
  readonly slot: number
}

/** Counts the slots of one frame's code. */
export class FrameLayout {
  size = 0
}

/**
 * The names that a stretch of template declares. Known while compiling, so that reading a local variable is an array access.
 * The top level of a template declares nothing here: its names live in the context, where includes and blocks see them.
 */
export class LexicalScope {
  readonly #slots = new Map<string, number>()
  readonly #layout: FrameLayout
  readonly #parent: LexicalScope | undefined
  readonly #read = new Set<string>()
  readonly isTop: boolean

  constructor(layout: FrameLayout, parent?: LexicalScope, isTop = false) {
    this.#layout = layout
    this.#parent = parent
    this.isTop = isTop
  }

  /** A scope inside the same frame: the body of a loop. */
  inner(): LexicalScope {
    return new LexicalScope(this.#layout, this)
  }

  /** A scope with a frame of its own: the body of a macro. */
  innerFrame(): LexicalScope {
    return new LexicalScope(new FrameLayout(), this)
  }

  declare(name: string): number {
    const known = this.#slots.get(name)
    if (known !== undefined) return known
    const slot = this.#layout.size++
    this.#slots.set(name, slot)
    return slot
  }

  /** A slot without a name. */
  reserve(): number {
    return this.#layout.size++
  }

  /** Where a name may be found, innermost first; none of the places need hold a value when it is read. */
  find(name: string): Place[] {
    const places: Place[] = []
    let hops = 0
    for (let scope: LexicalScope | undefined = this as LexicalScope; scope !== undefined; scope = scope.#parent) {
      const slot = scope.#slots.get(name)
      if (slot !== undefined) {
        places.push({ hops, slot })
        scope.#read.add(name)
      }
      if (scope.#parent !== undefined && scope.#parent.#layout !== scope.#layout) hops++
    }
    return places
  }

  /** All local names that can be seen from here. */
  visible(): Map<string, Place[]> {
    const names = new Set<string>()
    for (let scope: LexicalScope | undefined = this as LexicalScope; scope !== undefined; scope = scope.#parent) {
      for (const name of scope.#slots.keys()) names.add(name)
    }
    return new Map([...names].map((name) => [name, this.find(name)]))
  }

  /** Whether code compiled so far looks at a name of this scope. */
  isRead(name: string): boolean {
    return this.#read.has(name)
  }

  /** Slots that a new turn of a loop must find empty. */
  ownSlots(): number[] {
    return [...this.#slots.values()]
  }
}
