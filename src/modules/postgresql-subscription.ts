import { ModuleFailure } from '../module/module.ts'
import { SESSION_ARGUMENTS } from './postgresql/connection-arguments.ts'
import { defineSqlModule, type Statement } from './postgresql/sql-module.ts'
import { quoteIdentifier, quoteLiteral } from './postgresql/sql-text.ts'
import { connectionText, lookAtSubscription, type SubscriptionState } from './postgresql/subscription-state.ts'

/** `community.postgresql.postgresql_subscription`. */
export const postgresqlSubscription = defineSqlModule({
  name: 'postgresql_subscription',
  summary: 'Ensure a subscription for logical replication is there, with its publications, or is not; or refresh one.',
  args: {
    ...SESSION_ARGUMENTS,
    name: { type: 'str', required: true, description: 'Subscription.' },
    login_db: { type: 'str', required: true, aliases: ['db'], description: 'Database.' },
    state: { type: 'str', choices: ['absent', 'present', 'refresh'], default: 'present', description: 'Whether it is there; `refresh` takes up new tables of its publications, every time.' },
    owner: { type: 'str', description: 'Role that owns it.' },
    publications: { type: 'list', elements: 'str', description: 'Publications that it follows.' },
    connparams: { type: 'dict', secretKeys: ['password'], description: 'How the publisher is reached: host, port, user, password, dbname ...; the password is never shown.' },
    cascade: { type: 'bool', default: false, description: 'Drop what depends on it too.' },
    subsparams: { type: 'dict', description: 'Parameters: enabled, copy_data, create_slot, slot_name, synchronous_commit ...' },
    comment: { type: 'str', description: 'Its comment; an empty one removes it.' },
  },
  examples: [{ name: 'Follow the prices', args: { login_db: 'shop', name: 'prices', publications: ['prices'], connparams: { host: 'db1', port: 5433, user: 'replicator', password: '{{ replicator_password }}', dbname: 'shop' } } }],
  database: ({ login_db: database }) => database,
  inputs: ['name', 'publications', 'owner', 'connparams', 'subsparams', 'comment'],
  look: ({ name, connparams }, ask): Promise<SubscriptionState> => lookAtSubscription(name, connparams ?? {}, ask),
  aim: (args, before) => {
    if (args.state === 'absent') return { ...before, exists: false }
    if (args.state === 'refresh') {
      if (!before.exists) throw new ModuleFailure(`Refresh failed: subscription '${args.name}' does not exist`)
      return { ...before, refreshed: true }
    }
    return settled(args, before)
  },
  statements: ({ before, after }, args) => {
    const subscription = bare(args.name)
    if (!after.exists) return before.exists ? [`DROP SUBSCRIPTION ${subscription}${args.cascade ? ' CASCADE' : ''}`] : []
    if (after.refreshed) return [`ALTER SUBSCRIPTION ${subscription} REFRESH PUBLICATION`]
    const owner = (before.exists ? before.owner : before.us) === after.owner ? [] : [`ALTER SUBSCRIPTION ${subscription} OWNER TO ${quoteIdentifier(after.owner)}`]
    const comment = before.comment === after.comment ? [] : [`COMMENT ON SUBSCRIPTION ${quoteIdentifier(args.name)} IS ${quoteLiteral(after.comment)}`]
    return [...(before.exists ? alterations({ before, after }, args) : [creation(args)]), ...owner, ...comment]
  },
  alone: true,
  result: ({ name }, state) => ({ name, exists: state.exists, final_state: told(state), initial_state: told(state) }),
  fields: ({ before }) => ({ initial_state: told(before) }),
  undo: (_, { before, after }) => (before.exists || !after.exists ? { impossible: 'The connection and the place in the log that it had are not kept' } : 'swap'),
})

/** Plain names as they are. */
const bare = (name: string): string => (/^[a-z_][a-z0-9_]*$/.test(name) ? name : quoteIdentifier(name))

interface Wanted {
  readonly name: string
  readonly owner: string | undefined
  readonly publications: readonly string[] | undefined
  readonly connparams: Readonly<Record<string, unknown>> | undefined
  readonly subsparams: Readonly<Record<string, unknown>> | undefined
  readonly comment: string | undefined
}

/** Parameters that can be changed later. */
const CHANGEABLE = ['enabled', 'synchronous_commit', 'slot_name']

function settled(args: Wanted, before: SubscriptionState): SubscriptionState {
  if (!before.exists && (args.publications === undefined || args.connparams === undefined)) throw new ModuleFailure('publications and connparams are needed for a new subscription')
  const parameters = Object.entries(args.subsparams ?? {}).filter(([name]) => !before.exists || CHANGEABLE.includes(name)).map(([name, value]) => [name, parameterText(value)])
  return {
    ...before, exists: true,
    owner: args.owner ?? (before.exists ? before.owner : before.us),
    publications: samePublications(args.publications, before.publications),
    comment: args.comment ?? before.comment,
    connection: 'as wanted', parameters: { ...before.parameters, ...Object.fromEntries(parameters) as Readonly<Record<string, string>> },
  }
}

function samePublications(wanted: readonly string[] | undefined, before: readonly string[]): readonly string[] {
  return wanted === undefined || String([...wanted].sort()) === String([...before].sort()) ? before : wanted
}

/** Booleans as the catalog has them. */
function parameterText(value: unknown): string {
  const text = String(value).toLowerCase()
  return ['true', 'yes', 'on'].includes(text) ? 'true' : ['false', 'no', 'off'].includes(text) ? 'false' : String(value)
}

/** With the password and without. */
function withConnection(begin: string, connparams: Readonly<Record<string, unknown>>, end: string): Statement {
  const text = (shown: boolean): string => `${begin} CONNECTION ${quoteLiteral(connectionText(shown && 'password' in connparams ? { ...connparams, password: '********' } : connparams))}${end}`
  return { sql: text(false), shown: text(true) }
}

function creation({ name, publications = [], connparams = {}, subsparams = {} }: Wanted): Statement {
  const parameters = Object.entries(subsparams).map(([key, value]) => `${key} = ${parameterText(value)}`)
  return withConnection(`CREATE SUBSCRIPTION ${bare(name)}`, connparams, ` PUBLICATION ${publications.map(bare).join(', ')}${parameters.length === 0 ? '' : ` WITH (${parameters.join(', ')})`}`)
}

function alterations({ before, after }: { readonly before: SubscriptionState, readonly after: SubscriptionState }, args: Wanted): readonly Statement[] {
  const begin = `ALTER SUBSCRIPTION ${bare(args.name)}`
  const set = ['synchronous_commit', 'slot_name'].filter((name) => before.parameters[name] !== after.parameters[name]).map((name) => `${name} = ${after.parameters[name] ?? ''}`)
  return [
    ...(before.connection === after.connection ? [] : [withConnection(begin, args.connparams ?? {}, '')]),
    ...(before.publications === after.publications ? [] : [`${begin} SET PUBLICATION ${after.publications.map(bare).join(', ')}${before.parameters.enabled === 'true' ? '' : ' WITH (refresh = false)'}`]),
    ...(before.parameters.enabled === after.parameters.enabled ? [] : [`${begin} ${after.parameters.enabled === 'true' ? 'ENABLE' : 'DISABLE'}`]),
    ...(set.length === 0 ? [] : [`${begin} SET (${set.join(', ')})`]),
  ]
}

type Told = string | boolean | null | readonly string[] | Readonly<Record<string, string>>

function told({ exists, owner, publications, parameters, conninfo, comment }: SubscriptionState): Readonly<Record<string, Told>> {
  if (!exists) return {}
  const synccommit = parameters.synchronous_commit !== 'off' && parameters.synchronous_commit !== 'false'
  return { owner, publications, conninfo, comment, enabled: parameters.enabled === 'true', synccommit, slotname: parameters.slot_name ?? null }
}
