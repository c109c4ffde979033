import type { Client } from 'pg'
import { DiagnosticError } from '../../diagnostics/diagnostic-error.ts'
import { fromJson, toJson } from '../../value/json.ts'
import type { Dict, Json } from '../../value/value.ts'
import type { FactCache } from './fact-cache.ts'

export interface PostgresqlFactCacheOptions {
  /** `postgresql://USER:PASSWORD@HOST/DATABASE`; what is left out comes from PGHOST, PGPASSWORD and their like. */
  readonly address: string | undefined
  /** What names of hosts begin with in the table. */
  readonly prefix: string
  /** Seconds that facts are good for; 0 for ever. */
  readonly timeout: number
  /** Told when facts could not be saved. */
  readonly warn: (message: string) => void
}

const TABLE = 'CREATE TABLE IF NOT EXISTS tsplay_facts (host text PRIMARY KEY, facts json NOT NULL, gathered timestamptz NOT NULL DEFAULT now())'
const READ = 'SELECT substr(host, length($1::text) + 1) AS host, facts FROM tsplay_facts WHERE starts_with(host, $1) AND ($2::int = 0 OR gathered > now() - make_interval(secs => $2))'
const SAVE = 'INSERT INTO tsplay_facts (host, facts) SELECT * FROM unnest($1::text[], $2::json[]) ON CONFLICT (host) DO UPDATE SET facts = EXCLUDED.facts, gathered = now()'
const REMOVE = 'DELETE FROM tsplay_facts WHERE host = ANY ($1::text[])'

/** A table that many control hosts may share. It is read once, and written behind the run's back; what is in it is data, never templates. */
export async function openPostgresqlFactCache(options: PostgresqlFactCacheOptions): Promise<FactCache> {
  const known = await connected(options.address, (client) => readAll(client, options)).catch(refuse)
  const changes = new Changes(options)
  return {
    get: (host) => known.get(host),
    set: (host, facts) => {
      known.set(host, facts)
      changes.add(host, facts)
    },
    delete: (host) => {
      known.delete(host)
      changes.add(host, undefined)
    },
  }
}

function refuse(error: unknown): never {
  throw new DiagnosticError([{
    code: 'fact-cache', severity: 'error', summary: `Cannot keep facts in PostgreSQL: ${reasonOf(error)}`,
    hint: 'fact_caching_connection is the address of a database, such as postgresql://tsplay@db.example.com/ops',
  }])
}

/** Several addresses that all refuse are an error without words of its own. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join(', ')
  return error instanceof Error ? error.message : String(error)
}

async function readAll(client: Client, { prefix, timeout }: PostgresqlFactCacheOptions): Promise<Map<string, Dict>> {
  await client.query(TABLE)
  const { rows } = await client.query<{ host: string, facts: Json }>(READ, [prefix, timeout])
  return new Map(rows.flatMap(({ host, facts }) => {
    const value = fromJson(facts)
    return value instanceof Map ? [[host, value] as const] : []
  }))
}

async function connected<T>(address: string | undefined, work: (client: Client) => Promise<T>): Promise<T> {
  const { default: pg } = await import('pg')
  const client = new pg.Client({ connectionTimeoutMillis: 10_000, application_name: 'tsplay', ...address === undefined ? {} : { connectionString: address } })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** What is to be saved: all that comes together goes in one statement. A connection that is open keeps the program from ending before. */
class Changes {
  readonly #options: PostgresqlFactCacheOptions
  #waiting = new Map<string, Dict | undefined>()
  #isSaving = false

  constructor(options: PostgresqlFactCacheOptions) {
    this.#options = options
  }

  add(host: string, facts: Dict | undefined): void {
    this.#waiting.set(this.#options.prefix + host, facts)
    if (!this.#isSaving) void this.#save()
  }

  async #save(): Promise<void> {
    this.#isSaving = true
    try {
      await connected(this.#options.address, async (client) => {
        while (this.#waiting.size > 0) await this.#saveOnce(client)
      })
    } catch (error) {
      this.#waiting.clear()
      this.#options.warn(`Cannot keep facts in PostgreSQL: ${reasonOf(error)}`)
    } finally {
      this.#isSaving = false
      if (this.#waiting.size > 0) void this.#save()
    }
  }

  async #saveOnce(client: Client): Promise<void> {
    const changes = [...this.#waiting]
    this.#waiting = new Map()
    const saved = changes.flatMap(([host, facts]) => (facts === undefined ? [] : [[host, JSON.stringify(toJson(facts))] as const]))
    await client.query(SAVE, [saved.map(([host]) => host), saved.map(([, facts]) => facts)])
    await client.query(REMOVE, [changes.filter(([, facts]) => facts === undefined).map(([host]) => host)])
  }
}
