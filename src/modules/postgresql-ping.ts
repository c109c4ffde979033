import { defineAction } from '../module/define-module.ts'
import { NoServerError } from './postgresql/connect.ts'
import { SESSION_ARGUMENTS } from './postgresql/connection-arguments.ts'
import { resolveLogin } from './postgresql/resolve-login.ts'
import { versionOf } from './postgresql/server-version.ts'
import { openSession } from './postgresql/session.ts'
import { namesOf } from './postgresql/sql-module.ts'
import { refuseSuspicious } from './sql/refuse-suspicious.ts'

/** `community.postgresql.postgresql_ping`: a server that does not answer is no failure. */
export const postgresqlPing = defineAction({
  name: 'postgresql_ping',
  aliases: namesOf('postgresql_ping'),
  summary: 'Tell whether a PostgreSQL server lets us in, and its version.',
  where: 'host', check: 'run', asksInEnvironment: true,
  args: { ...SESSION_ARGUMENTS, login_db: { type: 'str', aliases: ['db'], description: 'Database to log in to.' } },
  examples: [{ name: 'Is it there?', args: { login_host: '127.0.0.1', login_user: 'monitor', login_password: '{{ monitor_password }}' } }],
  run: async (args, { remote }) => {
    refuseSuspicious(args, ['session_role'])
    try {
      const session = await openSession(remote, await resolveLogin(remote, args, args.login_db))
      const [answer] = await session.execute('SELECT version() AS version')
      return { changed: false, fields: { is_available: true, server_version: versionOf(answer?.rows[0]?.version ?? ''), conn_err_msg: '' } }
    } catch (error) {
      if (!(error instanceof NoServerError)) throw error
      return { changed: false, fields: { is_available: false, server_version: {}, conn_err_msg: error.message } }
    }
  },
})
