import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { commands } from '../control/commands.ts'
import type { Lab } from '../control/lab.ts'
import { delay } from '../control/run.ts'
import { waitForServices } from '../control/readiness.ts'
import { firstNode } from '../site/load.ts'
import type { Site } from '../site/types.ts'
import { answers, on, ssh } from './hosts.ts'
import { test } from 'vitest'

/** What the lab can do to a host. */
export function checkFaults(lab: Lab, site: Site): void {
  const [zone] = site.zones
  const host = firstNode(zone, 'zoocassa').name
  test('a host whose link is cut is silent, and answers when it is healed', () => cut(lab, host))
  test('a killed host keeps its files and loses its memory', () => kill(lab, host))
  test('reboot inside a host boots it again', () => reboot(lab, host))
  test('halt stops a host in order, start boots it', () => halt(lab, firstNode(zone, 'pgmaster').name))
  test('a delay is seen each way, and goes away', () => slow(lab, host))
  test('a wrong host key is refused', () => wrongKey(lab, host))
}

const command = (lab: Lab, name: string, ...args: readonly string[]): Promise<number> | number => commands[name]?.(lab, { args }) ?? 1

async function cut(lab: Lab, host: string): Promise<void> {
  await command(lab, 'cut', host)
  assert.equal(await answers(lab, host), false)
  await command(lab, 'heal', host)
  assert.equal(await answers(lab, host), true)
}

async function kill(lab: Lab, host: string): Promise<void> {
  await on(lab, host, 'echo kept >/root/mark')
  await command(lab, 'kill', host)
  assert.equal(lab.hostsNamed([host]).map((each) => lab.pidOf(each))[0], undefined)
  assert.equal(await answers(lab, host), false)
  await command(lab, 'start', host)
  assert.equal(await on(lab, host, 'cat /root/mark'), 'kept')
  assert.match(await on(lab, host, "printf 'stats\\r\\nquit\\r\\n' | nc -N 127.0.0.1 11211"), /STAT curr_items 0\r/)
}

async function reboot(lab: Lab, host: string): Promise<void> {
  const bootId = 'cat /proc/sys/kernel/random/boot_id'
  const before = await on(lab, host, bootId)
  await on(lab, host, 'reboot')
  for (let turn = 0; turn < 100; turn++) {
    if ((await ssh(lab, ['-o', 'ConnectTimeout=1', host, bootId]).catch(() => before)) !== before) return waitForServices(lab, lab.hostsNamed([host]))
    await delay(100)
  }
  assert.fail('it did not boot again')
}

async function halt(lab: Lab, host: string): Promise<void> {
  await command(lab, 'halt', host)
  assert.equal(await answers(lab, host), false)
  await command(lab, 'start', host)
  assert.match(await on(lab, host, 'tail -20 /var/log/postgresql/postgresql-15-main.log'), /database system was shut down at/, 'it was not stopped in order')
}

async function slow(lab: Lab, host: string): Promise<void> {
  const roundTrip = async (): Promise<number> => Number(/= [\d.]+\/([\d.]+)\//.exec(await on(lab, host, `ping -c 5 -i 0.2 -q $(ip route | sed -n 's/default via \\([0-9.]*\\).*/\\1/p')`))?.[1])
  await command(lab, 'delay', host, '40')
  const delayed = await roundTrip()
  await command(lab, 'delay', host, '0')
  const normal = await roundTrip()
  assert.ok(delayed > 79 && delayed < 200, `${delayed} ms with a delay of 40 ms each way`)
  assert.ok(normal < 20, `${normal} ms without`)
}

async function wrongKey(lab: Lab, host: string): Promise<void> {
  const file = join(lab.paths.lab, 'known_hosts')
  const known = readFileSync(file, 'utf8')
  const keys = known.trim().split('\n').map((line) => line.split(' '))
  // everybody's key shifted by one host
  writeFileSync(file, `${keys.map(([names = ''], index) => [names, ...(keys[(index + 1) % keys.length] ?? []).slice(1)].join(' ')).join('\n')}\n`)
  const failure = await on(lab, host, 'true').then(() => '', (reason: unknown) => String(reason))
  writeFileSync(file, known)
  assert.match(failure, /Host key verification failed/)
}
