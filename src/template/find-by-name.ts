/** Collections whose filters, tests and lookups are registered under their short names. */
const KNOWN_COLLECTIONS = new Set(['ansible.builtin', 'ansible.legacy', 'ansible.utils', 'ansible.netcommon', 'community.general'])

/** Finds a plugin by its short name, or by its full one: a built-in collection's first, then those that are installed. */
export function findByName<Plugin>(table: ReadonlyMap<string, Plugin>, name: string): Plugin | undefined {
  const dot = name.lastIndexOf('.')
  const builtIn = dot > 0 && KNOWN_COLLECTIONS.has(name.slice(0, dot)) ? table.get(name.slice(dot + 1)) : undefined
  return builtIn ?? table.get(name)
}
