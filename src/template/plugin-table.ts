/** Plugins by name; what is not there may be found by its full name in a collection. */
export class PluginTable<Plugin> extends Map<string, Plugin> {
  readonly #find: ((name: string) => Plugin | undefined) | undefined

  constructor(entries: Iterable<readonly [string, Plugin]>, find?: (name: string) => Plugin | undefined) {
    super(entries)
    this.#find = find
  }

  override get(name: string): Plugin | undefined {
    return super.get(name) ?? (name.includes('.') ? this.#find?.(name) : undefined)
  }
}
