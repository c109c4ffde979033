import { ModuleFailure } from '../module/module.ts'
import type { JsonObject } from '../value/value.ts'
import { SESSION_ARGUMENTS } from './postgresql/connection-arguments.ts'
import { defineSqlModule } from './postgresql/sql-module.ts'
import { quoteIdentifier, quoteLiteral } from './postgresql/sql-text.ts'

interface State {
  /** Those of the roles and groups named that are there. */
  readonly known: readonly string[]
  /** Groups by role. */
  readonly groupsOf: Readonly<Record<string, readonly string[]>>
}

/** `community.postgresql.postgresql_membership`. */
export const postgresqlMembership = defineSqlModule({
  name: 'postgresql_membership',
  summary: 'Ensure PostgreSQL roles are members of groups, or are not.',
  args: {
    ...SESSION_ARGUMENTS,
    groups: { type: 'list', elements: 'str', required: true, aliases: ['group', 'source_role', 'source_roles'], description: 'Groups, which are roles too.' },
    target_roles: { type: 'list', elements: 'str', required: true, aliases: ['target_role', 'users', 'user'], description: 'Their members.' },
    fail_on_role: { type: 'bool', default: true, description: 'Fail when a role is not there; otherwise it is left out.' },
    state: { type: 'str', choices: ['absent', 'exact', 'present'], default: 'present', description: 'Members of these groups, of none of them, or of these and no others.' },
    login_db: { type: 'str', aliases: ['db'], description: 'Database to log in to.' },
  },
  examples: [{ name: 'Alice may read', args: { groups: ['read_only'], target_roles: ['alice'] } }],
  database: ({ login_db: database }) => database,
  inputs: ['groups', 'target_roles'],
  look: async ({ groups, target_roles: roles }, ask): Promise<State> => {
    const wanted = [...new Set([...roles, ...groups].map((name) => name.trim()))]
    const names = wanted.map(quoteLiteral)
    const rows = await ask(`SELECT r.rolname AS role, g.rolname AS grp FROM pg_catalog.pg_roles r LEFT JOIN pg_catalog.pg_auth_members m ON m.member = r.oid LEFT JOIN pg_catalog.pg_roles g ON g.oid = m.roleid WHERE r.rolname IN (${names.length === 0 ? 'NULL' : names.join(', ')}) ORDER BY m.roleid`)
    const known = wanted.filter((name) => rows.some(({ role }) => role === name))
    const groupsOf = (name: string): readonly string[] => [...new Set(rows.flatMap(({ role, grp }) => (role === name && grp !== null && grp !== undefined ? [grp] : [])))]
    return { known, groupsOf: Object.fromEntries(known.map((name) => [name, groupsOf(name)])) }
  },
  aim: (args, before) => {
    const { groups, roles } = named(args, before)
    const after = (role: string): readonly string[] => {
      const current = before.groupsOf[role] ?? []
      if (args.state === 'absent') return current.filter((group) => !groups.includes(group))
      const kept = args.state === 'exact' ? current.filter((group) => groups.includes(group)) : current
      return [...kept, ...groups.filter((group) => !current.includes(group))]
    }
    return { ...before, groupsOf: { ...before.groupsOf, ...Object.fromEntries(roles.map((role) => [role, after(role)])) } }
  },
  statements: ({ before, after }) => changes(before, after).map(({ verb, group, role }) => {
    const [what, whose] = [quoteIdentifier(group), quoteIdentifier(role)]
    return verb === 'grant' ? `GRANT ${what} TO ${whose}` : `REVOKE ${what} FROM ${whose}`
  }),
  result: (args, state) => {
    const { groups, roles } = named(args, state)
    return { state: args.state, groups, target_roles: roles, ...lists(args.state, groups, []) }
  },
  fields: ({ before, after }, args) => lists(args.state, named(args, before).groups, changes(before, after)),
  undo: 'swap',
})

interface MembershipChange {
  readonly verb: 'grant' | 'revoke'
  readonly group: string
  readonly role: string
}

function changes(before: State, after: State): readonly MembershipChange[] {
  const roles = Object.keys(after.groupsOf)
  const groups = [...new Set(Object.values({ ...before.groupsOf, ...after.groupsOf }).flat())]
  const difference = (verb: 'grant' | 'revoke', from: State, to: State): readonly MembershipChange[] =>
    [...groups, ...roles.flatMap((role) => to.groupsOf[role] ?? [])].filter((group, index, all) => all.indexOf(group) === index)
      .flatMap((group) => {
        const isNew = (role: string): boolean => to.groupsOf[role]?.includes(group) === true && from.groupsOf[role]?.includes(group) !== true
        return roles.filter(isNew).map((role) => ({ verb, group, role }))
      })
  return [...difference('revoke', after, before), ...difference('grant', before, after)]
}

function lists(state: string, groups: readonly string[], made: readonly MembershipChange[]): JsonObject {
  const by = (verb: MembershipChange['verb']): JsonObject => {
    const all = [...new Set([...(state === 'exact' ? [] : groups), ...made.filter((change) => change.verb === verb).map(({ group }) => group)])]
    return Object.fromEntries(all.map((group) => [group, made.filter((change) => change.verb === verb && change.group === group).map(({ role }) => role)]))
  }
  return { ...(state === 'absent' ? {} : { granted: by('grant') }), ...(state === 'present' ? {} : { revoked: by('revoke') }) }
}

interface Named {
  readonly groups: readonly string[]
  readonly target_roles: readonly string[]
  readonly fail_on_role: boolean
}

/** The groups and roles that are there; by default it is an error when one is not. */
function named({ groups, target_roles: roles, fail_on_role: strict }: Named, { known }: State): { readonly groups: readonly string[], readonly roles: readonly string[] } {
  const all = { groups: groups.map((name) => name.trim()), roles: roles.map((name) => name.trim()) }
  const missing = [...all.groups, ...all.roles].find((name) => !known.includes(name))
  if (strict && missing !== undefined) throw new ModuleFailure(`Role ${missing} does not exist`)
  return { groups: all.groups.filter((name) => known.includes(name)), roles: all.roles.filter((name) => known.includes(name)) }
}
