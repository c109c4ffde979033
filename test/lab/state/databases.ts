import { enterHost } from '../control/commands.ts'
import type { Lab } from '../control/lab.ts'
import { insideOuter } from '../control/namespace.ts'
import { run } from '../control/run.ts'

type Databases = Record<string, Record<string, string[]>>

/** Rows of every table of every cluster that runs on a host. */
export async function rowsOn(lab: Lab, name: string): Promise<Databases> {
  const output = await run('nsenter', insideOuter(lab.outer, enterHost(lab, name, ['su', 'postgres', '-s', '/bin/sh', '-c', script])))
  const found: Databases = {}
  for (const line of output.split('\n').filter(Boolean)) {
    const [database = '', table = '', row = ''] = line.split('\t')
    ;((found[database] ??= {})[table] ??= []).push(row)
  }
  for (const tables of Object.values(found)) for (const rows of Object.values(tables)) rows.sort()
  return found
}

/** Per table one query made by another; passwords of roles only as hashes; sequences only where they may be advanced. */
const query = String.raw`
SELECT format('SELECT %L, %L, row_to_json(t)::text FROM %I.%I t', :'at', schemaname || '.' || tablename, schemaname, tablename)
  FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema') \gexec
SELECT :'at', 'sequences', json_build_array(sequencename, last_value)::text FROM pg_sequences WHERE NOT pg_is_in_recovery();
SELECT :'at', 'roles', json_build_array(rolname, rolsuper, rolreplication, md5(coalesce(rolpassword, '')))::text FROM pg_authid WHERE rolname !~ '^pg_';
`

const script = `cd /tmp
for socket in /run/postgresql/.s.PGSQL.543?; do
  [ -S "$socket" ] || continue
  port=\${socket##*.}
  for database in $(psql -XAtq -p "$port" -c "SELECT datname FROM pg_database WHERE datallowconn AND datname !~ '^template'" postgres); do
    psql -XAtq -F '	' -p "$port" -v "at=$port/$database" "$database" <<'SQL'
${query}
SQL
  done
done`
