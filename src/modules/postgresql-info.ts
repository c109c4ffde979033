import { defineAction } from '../module/define-module.ts'
import { ModuleFailure } from '../module/module.ts'
import type { JsonObject } from '../value/value.ts'
import { SESSION_ARGUMENTS } from './postgresql/connection-arguments.ts'
import { resolveLogin } from './postgresql/resolve-login.ts'
import { asFailure } from './postgresql/server-problem.ts'
import { databasesOf, SUBSETS, type Subset } from './postgresql/server-info.ts'
import { openSession } from './postgresql/session.ts'
import { namesOf } from './postgresql/sql-module.ts'
import { refuseSuspicious } from './sql/refuse-suspicious.ts'

/** `community.postgresql.postgresql_info`. */
export const postgresqlInfo = defineAction({
  name: 'postgresql_info',
  aliases: namesOf('postgresql_info'),
  summary: 'Tell of a PostgreSQL server: version, databases, roles, settings, tablespaces and replication.',
  where: 'host', check: 'run', asksInEnvironment: true,
  args: {
    ...SESSION_ARGUMENTS,
    filter: { type: 'list', elements: 'str', description: 'What to tell: version, databases, in_recovery, settings, tablespaces, roles, replications, repl_slots; with wildcards, or with ! before what is left out. Default: all.' },
    login_db: { type: 'str', aliases: ['db'], description: 'Database to log in to.' },
  },
  examples: [{ name: 'Versions and roles', args: { filter: ['ver*', 'roles'] } }],
  run: async (args, { remote }) => {
    refuseSuspicious(args, ['session_role'])
    const wanted = subsetsOf(args.filter ?? [])
    const login = await resolveLogin(remote, args, args.login_db)
    const session = await openSession(remote, login)
    try {
      const fields: Record<string, JsonObject[string]> = { ...NOTHING }
      for (const subset of wanted) Object.assign(fields, subset === 'databases' ? { databases: await databasesOf(remote, login) } : await SUBSETS[subset](session))
      return { changed: false, fields }
    } catch (error) {
      throw asFailure('look at the server', error)
    }
  },
})

/** What is not asked for is empty. */
const NOTHING: JsonObject = {
  version: {}, in_recovery: null, databases: {}, replications: {}, repl_slots: {}, tablespaces: {}, roles: {}, pending_restart_settings: [], settings: {},
}

const NAMES: readonly Subset[] = ['version', 'databases', 'in_recovery', 'settings', 'tablespaces', 'roles', 'replications', 'repl_slots']

/** Where something is asked for, what is left out does not matter. */
function subsetsOf(filter: readonly string[]): readonly Subset[] {
  const words = filter.map((word) => word.trim()).filter((word) => word !== '')
  const matching = (pattern: string): readonly Subset[] => {
    const expression = new RegExp(`^${pattern.replace(/[.+^${}()|\\]/g, '\\$&').replaceAll('*', '.*').replaceAll('?', '.')}$`)
    const found = NAMES.filter((name) => expression.test(name))
    if (found.length === 0) throw new ModuleFailure(`filter: there is nothing named ${pattern} (known: ${NAMES.join(', ')})`)
    return found
  }
  const included = words.filter((word) => !word.startsWith('!'))
  if (included.length > 0) return [...new Set(included.flatMap(matching))]
  const excluded = words.flatMap((word) => matching(word.slice(1)))
  return NAMES.filter((name) => !excluded.includes(name))
}
