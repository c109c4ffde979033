/** Who may do what with one object: by role, by privilege, whether it may be passed on. */
export interface Granted {
  /** As GRANT names it. */
  readonly ref: string
  readonly grants: Readonly<Record<string, Readonly<Record<string, boolean>>>>
}

type Operation = 'grant' | 'grant with option' | 'revoke' | 'revoke option'

/** Statements with the same privileges for several objects and roles. */
export interface GrantChange {
  readonly operation: Operation
  readonly privileges: readonly string[]
  readonly refs: readonly string[]
  readonly roles: readonly string[]
}

/** What makes the one of the other, in as few statements as there are kinds of differences. */
export function grantChanges(before: readonly Granted[], after: readonly Granted[]): readonly GrantChange[] {
  const changes: GrantChange[] = []
  for (const { ref, grants } of after) {
    const had = before.find((object) => object.ref === ref)?.grants ?? {}
    for (const role of new Set([...Object.keys(had), ...Object.keys(grants)])) changes.push(...roleChanges({ ref, role }, had[role] ?? {}, grants[role] ?? {}))
  }
  return joined(joined(changes, 'roles'), 'refs')
}

type Privileges = Readonly<Record<string, boolean>>

const ORDER: readonly Operation[] = ['revoke', 'revoke option', 'grant', 'grant with option']

function roleChanges({ ref, role }: { readonly ref: string, readonly role: string }, had: Privileges, has: Privileges): readonly GrantChange[] {
  const names = [...new Set([...Object.keys(has), ...Object.keys(had)])]
  return ORDER.flatMap((operation) => {
    const privileges = names.filter((name) => operationOf(had[name], has[name]) === operation)
    return privileges.length === 0 ? [] : [{ operation, refs: [ref], roles: [role], privileges }]
  })
}

/** Undefined: not granted; true: may be passed on. */
function operationOf(had: boolean | undefined, has: boolean | undefined): Operation | undefined {
  if (had === has) return undefined
  if (has === undefined) return 'revoke'
  if (has) return 'grant with option'
  return had === true ? 'revoke option' : 'grant'
}

/** Joins changes that differ in this only. */
function joined(changes: readonly GrantChange[], by: 'roles' | 'refs'): readonly GrantChange[] {
  const groups = new Map<string, GrantChange>()
  for (const change of changes) {
    const key = JSON.stringify({ ...change, [by]: undefined })
    const known = groups.get(key)
    groups.set(key, known === undefined ? change : { ...known, [by]: [...known[by], ...change[by]] })
  }
  return [...groups.values()]
}
