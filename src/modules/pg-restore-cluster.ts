import { defineModule } from '../module/define-module.ts'
import { ModuleFailure, type Change } from '../module/module.ts'
import type { Remote } from '../remote/remote.ts'
import { quote } from '../text/shell-quote.ts'
import { loginOf, LOGIN_ARGUMENTS, type Login } from './postgresql/login.ts'
import { readRows } from './postgresql/read-rows.ts'
import { asServerUser, PROGRAM_ARGUMENTS } from './postgresql/server-host.ts'
import { serverProblem } from './postgresql/server-problem.ts'
import { NoServerError } from './postgresql/connect.ts'
import { openSession } from './postgresql/session.ts'
import { quoteLiteral } from './postgresql/sql-text.ts'

interface Wanted {
  readonly login: Login
  readonly port: number
  readonly dump: string
  readonly name: string
  readonly os_user: string
  readonly bin_dir: string | undefined
}

interface State {
  readonly restored: boolean
}

/** `pg_restore_cluster`: a cluster has what a dump of `pg_dumpall --clean` holds; done once, never over data that was merged since. tsplay's own. */
export const pgRestoreCluster = defineModule({
  name: 'pg_restore_cluster',
  summary: 'Restore a dump of a whole PostgreSQL cluster into a fresh one, once.',
  args: {
    ...LOGIN_ARGUMENTS,
    ...PROGRAM_ARGUMENTS,
    dump: { type: 'path', required: true, aliases: ['src', 'path'], description: 'File on the host, made by `pg_dumpall --clean --if-exists`.' },
    name: { type: 'str', description: 'What the restore is remembered by in the cluster (database postgres, schema tsplay_merge); default: the path of the dump.' },
  },
  examples: [{ name: 'Restore the old zone', args: { dump: '/backup/devops1a.sql', login_port: 5433, login_user: 'yunify' } }],
  prepare: async (args): Promise<Wanted> => ({
    login: loginOf(args, 'postgres'), port: args.login_port, dump: args.dump, name: args.name ?? args.dump, os_user: args.os_user, bin_dir: args.bin_dir,
  }),
  observe: async (wanted, remote): Promise<State> => ({ restored: await isRestored(wanted, remote) }),
  diff: ({ dump }, before): Change<State> | undefined => (before.restored ? undefined : { before, after: { restored: true }, diff: [{ before: '', after: `restored from ${dump}\n` }] }),
  apply: async (wanted, _, remote) => {
    // A database cannot be dropped while somebody, we for one, is in it.
    await (await openSession(remote, wanted.login)).pause()
    const { status, stderr } = await remote.exec({ script: restoreScript(wanted) })
    if (status !== 0) throw new ModuleFailure(`Cannot restore ${wanted.dump}: ${lastLines(stderr.toString('utf8'))}`)
    if (!await isRestored(wanted, remote)) throw new ModuleFailure(`Cannot restore ${wanted.dump}: the cluster does not remember it`)
    return undefined
  },
  effects: () => ({}),
  undo: { impossible: 'The cluster was made for this data' },
})

async function isRestored({ login, name }: Wanted, remote: Remote): Promise<boolean> {
  try {
    return (await readRows(remote, login, `SELECT name FROM tsplay_merge.restored WHERE name = ${quoteLiteral(name)}`)).length > 0
  } catch (error) {
    if (error instanceof NoServerError || ['42P01', '3F000'].includes(serverProblem(error)?.code ?? '')) return false
    throw error
  }
}

/**
 * The dump drops and makes every role and database, so that a restore which was interrupted starts again. The role that runs it can neither be dropped nor made;
 * such statements stand before the first `\connect` only, where no row can look like one.
 */
function restoreScript(wanted: Wanted): string {
  const { dump, name, os_user: user, port } = wanted
  const ownRole = `1,/^\\\\connect /{/^(DROP ROLE IF EXISTS|CREATE ROLE) "?${user}"?;$/d}`
  const marker = [
    '\\connect postgres',
    'CREATE SCHEMA tsplay_merge;',
    'CREATE TABLE tsplay_merge.restored (name text PRIMARY KEY);',
    `INSERT INTO tsplay_merge.restored (name) VALUES (${quoteLiteral(name)});`,
  ].join('\n')
  const psql = asServerUser(wanted, `exec psql -X -q -o /dev/null -v ON_ERROR_STOP=1 -p ${port} -d postgres`)
  return `{ printf '%s\\n' ${quote(ALONE)} && sed -E ${quote(ownRole)} ${quote(dump)} && printf '%s\\n' ${quote(marker)}; } | ${psql}`
}

/** A restore that was interrupted may not know yet that nobody waits for it. */
const ALONE = "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid();"

const lastLines = (text: string): string => text.trim().split('\n').slice(-5).join('; ')
