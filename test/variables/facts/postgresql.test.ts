import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { openPostgresqlFactCache, type PostgresqlFactCacheOptions } from '../../../src/variables/facts/postgresql-fact-cache.ts'
import type { Dict, Value } from '../../../src/value/value.ts'
import { startPostgresql, SUPERUSER, type PostgresqlServer } from '../../support/postgresql-server.ts'

describe('fact cache in PostgreSQL', () => {
  let server: PostgresqlServer
  const warn = vi.fn()
  const open = (options: Partial<PostgresqlFactCacheOptions> = {}) => openPostgresqlFactCache({
    address: `postgresql://${SUPERUSER.login_user}:${SUPERUSER.login_password}@127.0.0.1:${server.port}/postgres`, prefix: '', timeout: 60, warn, ...options,
  })
  const hosts = (): string => server.psql('postgres', 'SELECT string_agg(host, \',\' ORDER BY host) FROM tsplay_facts')

  beforeAll(async () => { server = await startPostgresql() })
  afterAll(() => { server.stop() })

  it('keeps facts for the next run, in the order they had', async () => {
    const facts: Dict = new Map<Value, Value>([['z', 1], ['a', new Map([['b', ['{{ data }}', null]]])]])
    const first = await open()
    expect(first.get('web1')).toBeUndefined()
    first.set('web1', facts)
    first.set('web2', new Map([['z', 2]]))
    expect(first.get('web2')).toEqual(new Map([['z', 2]]))
    await expect.poll(hosts).toBe('web1,web2')
    expect((await open()).get('web1')).toEqual(facts)
  })

  it('forgets what is cleared, and what is too old', async () => {
    const cache = await open()
    cache.delete('web1')
    cache.set('web2', new Map([['z', 3]]))
    await expect.poll(hosts).toBe('web2')
    await expect.poll(() => server.psql('postgres', 'SELECT facts FROM tsplay_facts')).toBe('{"z":3}')
    server.psql('postgres', "UPDATE tsplay_facts SET gathered = now() - interval '2 minutes'")
    expect((await open()).get('web2')).toBeUndefined()
    expect((await open({ timeout: 0 })).get('web2')).toEqual(new Map([['z', 3]]))
  })

  it('tells those of one prefix from others', async () => {
    const cache = await open({ prefix: 'east:' })
    expect(cache.get('web2')).toBeUndefined()
    cache.set('web2', new Map([['z', 4]]))
    await expect.poll(hosts).toBe('east:web2,web2')
    expect((await open({ prefix: 'east:' })).get('web2')).toEqual(new Map([['z', 4]]))
  })

  it('says before the run that there is no such database, without the password', async () => {
    const address = `postgresql://${SUPERUSER.login_user}:${SUPERUSER.login_password}@127.0.0.1:${server.port}/nosuch`
    await expect(open({ address })).rejects.toThrow(/Cannot keep facts in PostgreSQL: database "nosuch" does not exist/)
    await expect(open({ address })).rejects.not.toThrow(SUPERUSER.login_password)
  })

  it('warns when the server goes away in the midst of a run', async () => {
    const cache = await open()
    server.psql('postgres', 'DROP TABLE tsplay_facts')
    cache.set('web3', new Map([['z', 5]]))
    await expect.poll(() => warn.mock.calls.flat()).toEqual([expect.stringContaining('"tsplay_facts" does not exist')])
  })
})
