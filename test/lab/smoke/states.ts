import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFileSync, readdirSync, rmSync } from 'node:fs'
import { commands } from '../control/commands.ts'
import { Lab } from '../control/lab.ts'
import { waitForServices } from '../control/readiness.ts'
import { startTimeOf } from '../control/start-time.ts'
import { diffStates, takeSnapshot, type LabState } from '../snapshot.ts'
import { firstNode } from '../site/load.ts'
import type { Site } from '../site/types.ts'
import { on } from './hosts.ts'
import { test } from 'vitest'

/** Snapshots, saves, reset, two labs at once, and the end of a lab. */
export function checkStates(lab: Lab, site: Site): void {
  const before: { state?: LabState } = {}
  const host = firstNode(site.zones[0], 'pgmaster').name
  test('a snapshot of an idle lab does not change', async () => {
    await lab.reset(lab.hosts)
    await waitForServices(lab, lab.hosts)
    before.state = await takeSnapshot(lab)
    assert.deepEqual(diffStates(before.state, await takeSnapshot(lab)), [])
  })
  test('a snapshot sees files, rows, services, cache keys and hostnames', () => seesChanges(lab, site, before.state))
  test('a save brings back what was there, rows included', () => saved(lab, host))
  test('reset brings back the first state', async () => {
    await lab.reset(lab.hosts)
    await waitForServices(lab, lab.hosts)
    assert.deepEqual(diffStates(before.state ?? { hosts: {} }, await takeSnapshot(lab), ['hostname', 'files', 'databases', 'cacheKeys']), [])
  })
  test('two labs with the same addresses do not see one another', () => twoLabs(lab, host))
  test('down leaves no process, no mount, no network', () => endsCleanly(lab))
}

async function seesChanges(lab: Lab, { zones: [zone] }: Site, before: LabState | undefined): Promise<void> {
  const [database, cache] = [firstNode(zone, 'pgmaster').name, firstNode(zone, 'zoocassa').name]
  await on(lab, database, `su - postgres -c "psql -Xq zone -c \\"UPDATE hyper SET status = 'seen'\\""; supervisorctl restart pg_agent; touch /etc/pgpool2/pgpool.conf`)
  await on(lab, cache, "hostname other; rm /etc/motd; chmod 600 /etc/passwd; printf 'delete Pitrix.Account.User.admin\\r\\nquit\\r\\n' | nc -N 127.0.0.1 11211")
  const lines = diffStates(before ?? { hosts: {} }, await takeSnapshot(lab))
  const expected = [
    new RegExp(`^${database}: \\S+/zone public.hyper \\+ .*"status":"seen"`),
    new RegExp(`^${database}: service .*pg_agent: restarted`),
    new RegExp(`^${cache}: hostname ${cache} -> other`),
    new RegExp(`^${cache}: /etc/motd: as in the seed -> removed`),
    new RegExp(`^${cache}: /etc/passwd: as in the seed -> file 600`),
    new RegExp(`^${cache}: cache key - Pitrix.Account.User.admin`),
  ]
  for (const pattern of expected) assert.ok(lines.some((line) => pattern.test(line)), `no line like ${String(pattern)} in\n${lines.join('\n')}`)
  assert.ok(!lines.some((line) => line.includes('pgpool.conf')), 'a file that was only touched is no change')
}

async function saved(lab: Lab, host: string): Promise<void> {
  const sql = (query: string): Promise<string> => on(lab, host, `su - postgres -c "psql -XAtq zone -c \\"${query}\\""`)
  await on(lab, host, 'echo saved >/root/mark')
  await sql("INSERT INTO hyper VALUES ('saved', 'z', '10.0.0.1', 'x', 1, 1)")
  await commands.save?.(lab, { args: ['smoke'] })
  await on(lab, host, 'echo later >/root/mark')
  await sql("DELETE FROM hyper WHERE hyper_id = 'saved'")
  await commands.kill?.(lab, { args: [host] })
  await lab.reset(lab.hosts, 'smoke')
  await waitForServices(lab, lab.hosts)
  assert.equal(await on(lab, host, 'cat /root/mark'), 'saved')
  assert.equal(await sql("SELECT count(*) FROM hyper WHERE hyper_id = 'saved'"), '1')
}

async function twoLabs(lab: Lab, host: string): Promise<void> {
  const second = new Lab({ ...lab.paths, lab: `${lab.paths.lab}-second` })
  await second.up()
  try {
    await waitForServices(second, second.hosts)
    await on(second, host, 'echo second >/root/mark')
    assert.equal(await on(lab, host, 'cat /root/mark 2>/dev/null || echo none'), 'none')
    assert.equal(await on(second, host, 'cat /root/mark'), 'second')
  } finally {
    await second.down()
    rmSync(second.paths.lab, { recursive: true })
  }
}

async function endsCleanly(lab: Lab): Promise<void> {
  const { pid } = lab.outer
  const inside = processesIn(pid)
  assert.ok(inside.length > lab.hosts.length, 'the lab has processes')
  await lab.down()
  assert.deepEqual(inside.filter((process) => process.alive()).map((process) => process.id), [])
  assert.doesNotMatch(readFileSync('/proc/self/mountinfo', 'utf8'), new RegExp(lab.paths.lab))
  assert.doesNotMatch(execFileSync('ip', ['-br', 'link']).toString(), /^(?:br|v)\d/m)
}

/** Every process with the outer pid namespace's mounts, by its start time, so that a reused id is not taken for it. */
function processesIn(outer: number): readonly { readonly id: string; readonly alive: () => boolean }[] {
  const parentOf = (id: string): string => {
    try {
      return /^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${id}/status`, 'utf8'))?.[1] ?? ''
    } catch {
      return ''
    }
  }
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  const parents = new Map(all.map((id) => [id, parentOf(id)]))
  const isInside = (id: string): boolean => id === String(outer) || (parents.has(id) && isInside(parents.get(id) ?? ''))
  return all.filter(isInside).map((id) => {
    const started = startTimeOf(Number(id))
    return { id, alive: () => started !== undefined && startTimeOf(Number(id)) === started }
  })
}
