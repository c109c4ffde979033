import { ModuleFailure } from '../module/module.ts'
import { SESSION_ARGUMENTS } from './postgresql/connection-arguments.ts'
import { inBytes, lookAtSetting, prettyValue, sameValue, type SettingState } from './postgresql/setting-state.ts'
import { defineSqlModule } from './postgresql/sql-module.ts'
import { quoteIdentifier, quoteLiteral } from './postgresql/sql-text.ts'

/** `community.postgresql.postgresql_set`. */
export const postgresqlSet = defineSqlModule({
  name: 'postgresql_set',
  summary: 'Ensure a setting of a PostgreSQL server has a value, by ALTER SYSTEM and a reload.',
  args: {
    ...SESSION_ARGUMENTS,
    name: { type: 'str', required: true, description: 'Setting.' },
    value: { type: 'str', description: 'Its value; `default` removes it from postgresql.auto.conf.' },
    reset: { type: 'bool', default: false, description: 'Give it the value that the server was built with.' },
    login_db: { type: 'str', aliases: ['db'], description: 'Database to log in to.' },
  },
  constraints: { exclusive: [['value', 'reset']] },
  examples: [{ name: 'More memory', args: { name: 'work_mem', value: '32MB' } }],
  database: ({ login_db: database }) => database,
  inputs: ['name', 'value'],
  look: ({ name }, ask): Promise<SettingState> => lookAtSetting(name, ask),
  aim: (args, before) => {
    if (args.value === undefined && !args.reset) return before
    if (before.context === 'internal') throw new ModuleFailure(`${args.name} cannot be changed: it belongs to the server's build or cluster (internal)`)
    if (args.value?.toLowerCase() === 'default') return { ...before, ours: null, pretty: prettyValue(before, before.boot) }
    const value = args.value ?? before.boot
    // A value that waits for a restart is the wanted one already.
    const wanted = sameValue(before, before.ours ?? before.pretty, value)
    return wanted ? before : { ...before, ours: value, pretty: prettyValue(before, value) }
  },
  statements: ({ before, after }, { name }) => {
    if (before.ours === after.ours) return []
    const setting = name.split('.').map(quoteIdentifier).join('.')
    return [after.ours === null ? `ALTER SYSTEM RESET ${setting}` : `ALTER SYSTEM SET ${name} = ${valueText(before, after.ours)}`, 'SELECT pg_reload_conf()']
  },
  alone: true,
  result: ({ name }, state) => ({
    name, context: state.context, prev_val_pretty: state.pretty, value_pretty: coming(state), restart_required: coming(state) !== state.pretty, value: inBytes(state),
  }),
  fields: ({ before }) => ({ prev_val_pretty: before.pretty, restart_required: before.context === 'postmaster' }),
  undo: 'swap',
})

/** What holds after the next start of the server, where a value waits for it. */
function coming(state: SettingState): string {
  const waits = state.context === 'postmaster' && state.ours !== null && !sameValue(state, state.ours, state.pretty)
  return waits ? prettyValue(state, state.ours) : state.pretty
}

/** Settings that are lists take several values; a text in quotes would be one. */
function valueText({ isList }: SettingState, value: string): string {
  return isList && value.includes(',') ? value.split(',').map((item) => quoteLiteral(item.trim().replace(/^["']|["']$/g, ''))).join(', ') : quoteLiteral(value)
}
