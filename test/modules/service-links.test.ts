import { execFileSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { serviceProbe, type ServiceQuestion } from '../../src/modules/system/service/probe.ts'

/** What the probe tells in a root of its own, where a service `x` starts at boot in runlevels 2 and 3. */
function isEnabled(question: Partial<ServiceQuestion>): boolean {
  const probe = serviceProbe({ name: 'x', ...question })
  const root = 'mount -t tmpfs none /run && mount -t tmpfs none /etc && mkdir -p /etc/init.d /etc/rc2.d /etc/rc3.d /etc/rc5.d && ln -s /bin/true /etc/init.d/x && ln -s /bin/true /etc/rc2.d/S01x && ln -s /bin/true /etc/rc3.d/S02x && ln -s /bin/true /etc/rc5.d/K01x'
  const stdout = execFileSync('unshare', ['--mount', 'sh', '-c', `${root}\n${probe.script}`])
  return probe.parse({ status: 0, stdout, stderr: Buffer.from('') }).enabled
}

it.each<[Partial<ServiceQuestion>, boolean]>([
  [{}, true],
  [{ name: 'y' }, false],
  [{ runlevels: ['2', '3'], enabled: true }, true],
  [{ runlevels: ['3', '5'], enabled: true }, false],
  [{ runlevels: ['3', '5'], enabled: false }, true],
  [{ runlevels: ['4', '5'], enabled: false }, false],
])('%o: a service of links counts as enabled: %s', (question, expected) => {
  expect(isEnabled(question)).toBe(expected)
})
