import { ModuleFailure } from '../module/module.ts'
import { SESSION_ARGUMENTS } from './postgresql/connection-arguments.ts'
import { OWNED_TYPES, OWNED, ownerQuery } from './postgresql/owned-objects.ts'
import { defineSqlModule } from './postgresql/sql-module.ts'
import { quoteIdentifier, quoteLiteral } from './postgresql/sql-text.ts'

interface State {
  readonly owner: string | null
  /** Of the roles whose objects go to another, those that are there. */
  readonly reassigned: readonly string[]
}

/** `community.postgresql.postgresql_owner`. */
export const postgresqlOwner = defineSqlModule({
  name: 'postgresql_owner',
  summary: 'Ensure an object of a PostgreSQL database belongs to a role; or hand all objects of roles over to another.',
  args: {
    ...SESSION_ARGUMENTS,
    new_owner: { type: 'str', required: true, description: 'Role that it shall belong to.' },
    obj_name: { type: 'str', description: 'Object; functions and aggregates with their arguments where those tell which it is.' },
    obj_type: { type: 'str', choices: OWNED_TYPES, aliases: ['type'], description: 'What it is.' },
    reassign_owned_by: { type: 'list', elements: 'str', description: 'Roles whose objects in the database go to the new owner: always a change.' },
    fail_on_role: { type: 'bool', default: true, description: 'Fail when such a role is not there.' },
    login_db: { type: 'str', aliases: ['db'], description: 'Database.' },
  },
  constraints: { exclusive: [['obj_name', 'reassign_owned_by'], ['obj_type', 'reassign_owned_by'], ['obj_name', 'fail_on_role'], ['obj_type', 'fail_on_role']], together: [['obj_name', 'obj_type']], oneOf: [['obj_name', 'reassign_owned_by']] },
  examples: [{ name: 'Tables of Bob become those of Alice', args: { login_db: 'shop', reassign_owned_by: ['bob'], new_owner: 'alice' }, again: 'what belongs to whom in the whole database is left to the server' }, { name: 'A table', args: { login_db: 'shop', obj_name: 'prices', obj_type: 'table', new_owner: 'alice' } }],
  database: ({ login_db: database }) => database,
  inputs: ['new_owner', 'obj_name', 'reassign_owned_by'],
  look: async ({ new_owner: owner, obj_name: name, obj_type: type, reassign_owned_by: roles = [] }, ask): Promise<State> => {
    const [known, rows] = await Promise.all([
      ask(`SELECT rolname FROM pg_catalog.pg_roles WHERE rolname IN (${[owner, ...roles].map(quoteLiteral).join(', ')})`),
      name === undefined || type === undefined ? [] : ask(ownerQuery(type, name)),
    ])
    const names = known.map(({ rolname }) => rolname)
    if (!names.includes(owner) && !['CURRENT_USER', 'SESSION_USER', 'CURRENT_ROLE'].includes(owner.toUpperCase())) throw new ModuleFailure(`Role '${owner}' does not exist`)
    return { owner: rows[0]?.owner ?? null, reassigned: roles.filter((role) => names.includes(role)) }
  },
  aim: (args, before) => {
    const missing = args.reassign_owned_by?.find((role) => !before.reassigned.includes(role))
    if (missing !== undefined && args.fail_on_role) throw new ModuleFailure(`role '${missing}' does not exist`)
    if (args.obj_name !== undefined && before.owner === null) throw new ModuleFailure(`${(args.obj_type ?? '').replaceAll('_', ' ')} "${args.obj_name}" does not exist`)
    return args.obj_name === undefined ? { owner: null, reassigned: [] } : { owner: args.new_owner, reassigned: [] }
  },
  statements: ({ before, after }, { new_owner: owner, obj_name: name, obj_type: type }) => {
    if (name !== undefined && type !== undefined) return before.owner === after.owner ? [] : [`ALTER ${OWNED[type].keyword} ${OWNED[type].written(name)} OWNER TO ${quoteIdentifier(after.owner ?? '')}`]
    return before.reassigned.length === 0 ? [] : [`REASSIGN OWNED BY ${before.reassigned.map(quoteIdentifier).join(', ')} TO ${quoteIdentifier(owner)}`]
  },
  undo: ({ obj_name: name }) => (name === undefined ? { impossible: 'Which objects belonged to whom is not kept' } : 'swap'),
})
