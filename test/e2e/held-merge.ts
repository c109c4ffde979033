import type { Lab } from './lab.ts'

/** The last of the large tables that a dump names; rows of others were inserted before its turn. */
const LATE_TABLE = 'vxnet'
const ATTEMPTS = 100

/** Lets readers of a table by and makes its inserts wait, for five minutes; returns once the lock is held. */
export function holdInserts(lab: Lab, host: string): void {
  const hold = `BEGIN; LOCK TABLE ${LATE_TABLE} IN SHARE ROW EXCLUSIVE MODE; SELECT pg_sleep(300)`
  lab.ssh(host, `setsid ${psql(hold)} >/dev/null 2>&1 </dev/null &`)
  until(() => ask(lab, host, `SELECT count(*) FROM pg_locks WHERE granted AND mode = 'ShareRowExclusiveLock' AND relation = '${LATE_TABLE}'::regclass`) === '1')
}

/** Waits for a transaction that has written and is held up by the lock, and says how many there are. */
export function openTransactions(lab: Lab, host: string): number {
  const query = "SELECT count(*) FROM pg_stat_activity WHERE datname = 'zone' AND backend_xid IS NOT NULL AND wait_event_type = 'Lock'"
  until(() => ask(lab, host, query) !== '0')
  return Number(ask(lab, host, query))
}

function ask(lab: Lab, host: string, query: string): string {
  return lab.ssh(host, psql(query)).trim()
}

function psql(sql: string): string {
  return `runuser -u postgres -- psql -XAtq -p 5433 -c "${sql}" zone`
}

function until(holds: () => boolean): void {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) if (holds()) return
  throw new Error('The merge cannot be held up')
}
