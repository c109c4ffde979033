/** Collections whose filters, tests and lookups are registered under their short names. */
const KNOWN_COLLECTIONS = new Set(['ansible.builtin', 'ansible.legacy', 'ansible.utils', 'ansible.netcommon', 'community.general'])

/** Finds a plugin by its short name, or by its full one in a collection that is built in. */
export function findByName<Plugin>(table: ReadonlyMap<string, Plugin>, name: string): Plugin | undefined {
  const exact = table.get(name)
  if (exact !== undefined || !name.includes('.')) return exact
  const dot = name.lastIndexOf('.')
  return KNOWN_COLLECTIONS.has(name.slice(0, dot)) ? table.get(name.slice(dot + 1)) : undefined
}
