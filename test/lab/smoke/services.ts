import assert from 'node:assert/strict'
import type { Lab } from '../control/lab.ts'
import { memcachedKeys } from '../generate/memcached.ts'
import { listenersOf } from '../generate/haproxy.ts'
import { firstNode, nodesWith, postgresqlNodes } from '../site/load.ts'
import type { Site, Zone } from '../site/types.ts'
import { on, ssh, throughPgpool } from './hosts.ts'
import { test } from 'vitest'

/** Every service does its work before the merge. */
export function checkServices(lab: Lab, site: Site): void {
  for (const zone of site.zones) {
    test(`${zone.id}: pgpool answers queries through both servers`, () => pgpool(lab, zone))
    test(`${zone.id}: the standby streams and has the rows`, () => replication(lab, zone))
    test(`${zone.id}: haproxy passes connections to its webservices`, () => haproxy(lab, zone))
    test(`${zone.id}: memcached holds the keys`, () => memcached(lab, zone))
  }
  test('names resolve as far as the ACLs let them', () => names(lab, site))
  test('supervisor runs every program everywhere', () => supervisor(lab))
  test('no host may ever set the clock', () => capabilities(lab))
  test('people may become root by sudo and su', () => become(lab, site))
}

async function pgpool(lab: Lab, zone: Zone): Promise<void> {
  const { user, password } = zone.postgresql
  const query = { host: firstNode(zone, 'webservice').name, pgpool: zone.vips.pgpool ?? '', user, password }
  assert.equal(await throughPgpool(lab, { ...query, sql: 'SELECT count(*) FROM instance' }), String(zone.rows.instance))
  const nodes = (await throughPgpool(lab, { ...query, sql: 'SHOW pool_nodes' })).split('\n').map((line) => line.split('|'))
  assert.deepEqual(nodes.map((fields) => [fields[1], fields[3], fields[6]]), postgresqlNodes(zone).map(({ name }, index) => [name, 'up', index === 0 ? 'primary' : 'standby']))
  await assert.rejects(throughPgpool(lab, { ...query, password: 'wrong', sql: 'SELECT 1' }), /authentication/)
}

async function replication(lab: Lab, zone: Zone): Promise<void> {
  const [primary, standby] = postgresqlNodes(zone)
  const sql = (host: string, query: string): Promise<string> => on(lab, host, `su - postgres -c "psql -XAt zone -c \\"${query}\\""`)
  assert.equal(await sql(primary?.name ?? '', 'SELECT client_addr, state FROM pg_stat_replication'), `${standby?.address ?? ''}|streaming`)
  assert.equal(await sql(standby?.name ?? '', 'SELECT pg_is_in_recovery(), count(*) FROM instance'), `t|${zone.rows.instance ?? 0}`)
}

async function haproxy(lab: Lab, zone: Zone): Promise<void> {
  const servers = nodesWith(zone, 'webservice').map(({ name }) => name)
  for (const { port } of listenersOf(zone)) {
    const [, server = ''] = (await on(lab, firstNode(zone, 'pgpool').name, `nc -w 3 ${zone.vips.proxy ?? ''} ${port} </dev/null`)).split(' ')
    assert.ok(servers.includes(server), `port ${port} reached ${server || 'nothing'}`)
  }
}

async function memcached(lab: Lab, zone: Zone): Promise<void> {
  for (const [index, { name }] of nodesWith(zone, 'zoocassa').entries()) {
    const found = await on(lab, name, "printf 'lru_crawler metadump all\\r\\nquit\\r\\n' | nc -N 127.0.0.1 11211 | sed -n 's/^key=\\([^ ]*\\).*/\\1/p' | sort")
    assert.deepEqual(found.split('\n'), [...memcachedKeys(zone, index)].sort())
  }
}

async function names(lab: Lab, site: Site): Promise<void> {
  const [old, fresh] = site.zones
  const dig = (zone: Zone, server: Zone): Promise<string> =>
    on(lab, firstNode(server, 'webservice').name, `dig +time=2 +tries=1 @${server.vips.dnsmaster ?? ''} api.${zone.id}.${site.domain} | sed -n 's/.*status: \\([A-Z]*\\).*/\\1/p; s/^api.*A[[:space:]]*//p' | paste -sd' '`)
  assert.equal(await dig(old, old), `NOERROR ${old.vips.proxy ?? ''}`)
  assert.equal(await dig(fresh, fresh), `NOERROR ${fresh.vips.proxy ?? ''}`)
  assert.equal(await dig(fresh, old), `NOERROR ${fresh.vips.proxy ?? ''}`)
  assert.equal(await dig(old, fresh), 'SERVFAIL', 'the old servers must not trust the new zone before the merge')
}

async function supervisor(lab: Lab): Promise<void> {
  const states = await Promise.all(lab.hosts.map(async ({ name }) => ({ name, states: (await on(lab, name, 'supervisorctl status')).split('\n') })))
  for (const { name, states: lines } of states) for (const line of lines) assert.match(line, /^\w+ +RUNNING/, `${name}: ${line}`)
}

/** By the capability sets alone: setting the time is not tried. */
async function capabilities(lab: Lab): Promise<void> {
  const sysTime = 1n << 25n
  for (const { name } of lab.hosts) {
    const sets = await on(lab, name, "sed -n 's/^Cap\\(Bnd\\|Prm\\|Eff\\|Amb\\):\\t//p' /proc/1/status /proc/self/status")
    for (const set of sets.split('\n')) assert.equal(BigInt(`0x${set}`) & sysTime, 0n, `${name} has ${set}`)
  }
}

async function become(lab: Lab, { accounts, zones: [zone] }: Site): Promise<void> {
  const host = firstNode(zone, 'webservice').name
  const { sudo_with_password: person, sudo_without_password: robot } = accounts
  const as = (user: string, command: string): Promise<string> => ssh(lab, ['-l', user, host, command])
  assert.equal(await as(robot.user, 'sudo -n id -un'), 'root')
  await assert.rejects(as(person.user, 'sudo -n id -un'), /password is required/)
  assert.equal(await as(person.user, `echo ${person.password} | sudo -S -p '' id -un`), 'root')
  assert.equal(await as(person.user, `echo ${accounts.root_password} | su -c 'id -un' 2>/dev/null`), 'root')
}
