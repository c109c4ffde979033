import { setTimeout as sleep } from 'node:timers/promises'
import type { Remote } from '../../../remote/remote.ts'
import type { Login } from '../login.ts'
import { openSession, type Session } from '../session.ts'

export interface RoleRequest {
  readonly login: Login
  readonly primary: boolean
  readonly standbys: number
  readonly patience: number
}

/** What is wrong with a server as a primary with standbys. */
export async function roleProblems({ login, primary, standbys, patience }: RoleRequest, remote: Remote): Promise<readonly string[]> {
  if (!primary && standbys === 0) return []
  const session = await openSession(remote, login)
  for (let tries = patience * 2; ; tries--) {
    const problems = await lookOnce(session, { primary, standbys })
    if (problems.length === 0 || tries <= 0) return problems
    await sleep(500)
  }
}

const QUESTION = `SELECT pg_is_in_recovery()::text AS standby,
  (SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming') AS streaming,
  (SELECT count(*) FROM pg_stat_replication WHERE NOT pg_is_in_recovery() AND state = 'streaming' AND replay_lsn < pg_current_wal_lsn()) AS behind`

async function lookOnce(session: Session, wanted: Pick<RoleRequest, 'primary' | 'standbys'>): Promise<readonly string[]> {
  const [row] = await session.rows(QUESTION)
  const [streaming, behind] = [Number(row?.streaming), Number(row?.behind)]
  const primary = wanted.primary && row?.standby !== 'false' ? ['the server is a standby'] : []
  return wanted.standbys === 0 ? primary : [...primary, ...standbyProblems(wanted.standbys, { streaming, behind })]
}

function standbyProblems(wanted: number, { streaming, behind }: { readonly streaming: number, readonly behind: number }): readonly string[] {
  return [
    ...(streaming === wanted ? [] : [`${streaming} standbys stream from the server, not ${wanted}`]),
    ...(behind > 0 ? [`${behind} standbys lag behind`] : []),
  ]
}
