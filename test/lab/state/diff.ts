import { sections, type HostState, type LabState, type Section } from './types.ts'

/** What differs between two states, one line a difference; nothing for equal ones. */
export function diffStates(before: LabState, after: LabState, only: readonly Section[] = sections): readonly string[] {
  const names = union(before.hosts, after.hosts)
  return names.flatMap((name) => diffHosts(before.hosts[name], after.hosts[name], only).map((line) => `${name}: ${line}`))
}

function diffHosts(before: HostState | undefined, after: HostState | undefined, only: readonly Section[]): readonly string[] {
  if (!before || !after) return [before ? 'is gone' : 'is new']
  return only.flatMap((section) => differs[section](before, after))
}

const differs: Readonly<Record<Section, (before: HostState, after: HostState) => readonly string[]>> = {
  hostname: (before, after) => (before.hostname === after.hostname ? [] : [`hostname ${before.hostname ?? 'none'} -> ${after.hostname ?? 'none'}`]),
  files: (before, after) => diffFiles(withoutBootOrder(before.files), withoutBootOrder(after.files)),
  databases: diffDatabases,
  services: (before, after) => diffServices(before.services, after.services),
  cacheKeys: (before, after) => diffLists('cache key', before.cacheKeys, after.cacheKeys),
}

/**
 * insserv gives services that start at boot their numbers in the order in which their folder lists the scripts, which
 * is another one once a script was written anew: what is started counts, not in which order.
 */
function withoutBootOrder(files: HostState['files']): HostState['files'] {
  const links = Object.entries(files).filter(([path]) => !/^\/etc\/init\.d\/\.depend\.\w+$/.test(path))
    .map(([path, state]): [string, string] => [path.replace(/^(\/etc\/rc[0-6S]\.d\/[SK])\d\d/, '$1'), state])
  // of a link that got another number, the one that is there now
  return Object.fromEntries([...links.filter(([, state]) => state === 'removed'), ...links.filter(([, state]) => state !== 'removed')])
}

function diffFiles(before: HostState['files'], after: HostState['files']): readonly string[] {
  const as = (state: string | undefined): string => state ?? 'as in the seed'
  return union(before, after).flatMap((path) => (before[path] === after[path] ? [] : [`${path}: ${as(before[path])} -> ${as(after[path])}`]))
}

function diffDatabases({ databases: before }: HostState, { databases: after }: HostState): readonly string[] {
  return union(before, after).flatMap((database) =>
    union(before[database] ?? {}, after[database] ?? {}).flatMap((table) =>
      diffLists(`${database} ${table}`, before[database]?.[table] ?? [], after[database]?.[table] ?? []),
    ),
  )
}

function diffServices(before: HostState['services'], after: HostState['services']): readonly string[] {
  return union(before, after).flatMap((command) => {
    const [old, now] = [before[command] ?? [], after[command] ?? []]
    if (old.join() === now.join()) return []
    return [`service ${command}: ${old.length === 0 ? 'started' : now.length === 0 ? 'ended' : 'restarted'}`]
  })
}

/** Lists may hold an item more than once. */
function diffLists(what: string, before: readonly string[], after: readonly string[]): readonly string[] {
  return [...without(before, after).map((item) => `${what} - ${item}`), ...without(after, before).map((item) => `${what} + ${item}`)]
}

function without(items: readonly string[], others: readonly string[]): readonly string[] {
  const left = new Map<string, number>()
  for (const other of others) left.set(other, (left.get(other) ?? 0) + 1)
  return items.filter((item) => {
    const count = left.get(item) ?? 0
    left.set(item, count - 1)
    return count <= 0
  })
}

const union = (a: object, b: object): readonly string[] => [...new Set([...Object.keys(a), ...Object.keys(b)])].sort()
