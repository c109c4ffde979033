import { SESSION_ARGUMENTS } from './postgresql/connection-arguments.ts'
import { defineSqlModule } from './postgresql/sql-module.ts'
import { quoteLiteral } from './postgresql/sql-text.ts'

interface State {
  readonly exists: boolean
}

/** `community.postgresql.postgresql_slot`. */
export const postgresqlSlot = defineSqlModule({
  name: 'postgresql_slot',
  summary: 'Ensure a replication slot of a PostgreSQL server is there, or is not.',
  args: {
    ...SESSION_ARGUMENTS,
    name: { type: 'str', required: true, aliases: ['slot_name'], description: 'Slot.' },
    slot_type: { type: 'str', choices: ['logical', 'physical'], default: 'physical', description: 'What a new one is for.' },
    state: { type: 'str', choices: ['absent', 'present'], default: 'present', description: 'Whether it is there.' },
    immediately_reserve: { type: 'bool', default: false, description: 'Keep the log from now on, rather than from the first connection; physical slots only.' },
    output_plugin: { type: 'str', default: 'test_decoding', description: 'What decodes the log of a logical slot.' },
    login_db: { type: 'str', aliases: ['db'], description: 'Database to log in to: the one that a logical slot is of.' },
  },
  examples: [{ name: 'A slot for a standby', args: { name: 'standby1', immediately_reserve: true } }],
  database: ({ login_db: database }) => database,
  inputs: [],
  look: async ({ name }, ask): Promise<State> => ({ exists: (await ask(`SELECT slot_name FROM pg_catalog.pg_replication_slots WHERE slot_name = ${quoteLiteral(name)}`)).length > 0 }),
  aim: ({ state }) => ({ exists: state === 'present' }),
  statements: ({ before, after }, args) => {
    if (before.exists === after.exists) return []
    const slot = quoteLiteral(args.name)
    if (!after.exists) return [`SELECT pg_drop_replication_slot(${slot})`]
    return [args.slot_type === 'physical' ? `SELECT pg_create_physical_replication_slot(${slot}, ${args.immediately_reserve})` : `SELECT pg_create_logical_replication_slot(${slot}, ${quoteLiteral(args.output_plugin)})`]
  },
  // A transaction that has written cannot make a logical slot.
  alone: true,
  result: ({ name }) => ({ name }),
  undo: (_, { after }) => (after.exists ? 'swap' : { impossible: 'The place in the log that a slot kept is gone with it' }),
})
