import { execFileSync, spawnSync } from 'node:child_process'
import { arch, cpus, hostname, totalmem } from 'node:os'
import { describe, expect, it } from 'vitest'
import { COLLECTORS } from '../../../src/modules/setup/collectors.ts'
import { parseRawFacts } from '../../../src/modules/setup/raw-facts.ts'
import { factsScript } from '../../../src/modules/setup/script.ts'
import type { JsonObject } from '../../../src/value/value.ts'

const SCRIPT = factsScript({ hardware: true, network: true, virtual: true, local: true, systemd: true, factPath: '/nonexistent' })

describe('facts of this machine', () => {
  it('are what the machine says of itself', () => {
    const facts = gather()
    expect(facts).toMatchObject({
      ansible_hostname: hostname().split('.')[0],
      ansible_kernel: execFileSync('uname', ['-r'], { encoding: 'utf8' }).trim(),
      ansible_processor_nproc: cpus().length,
      ansible_user_uid: process.getuid?.(),
      ansible_local: {},
    })
    expect(Math.abs(Number(facts['ansible_memtotal_mb']) - totalmem() / 1024 / 1024)).toBeLessThan(2)
    if (arch() === 'x64') expect(facts['ansible_architecture']).toBe('x86_64')
  })

  it('come without a word on stderr', () => {
    expect(spawnSync('sh', { input: SCRIPT, encoding: 'utf8' }).stderr).toBe('')
  })
})

function gather(): JsonObject {
  const raw = parseRawFacts(spawnSync('sh', { input: SCRIPT, encoding: 'utf8' }).stdout)
  const facts = Object.assign({}, ...COLLECTORS.map((collector) => collector.gather(raw))) as JsonObject
  return Object.fromEntries(Object.entries(facts).map(([name, value]) => [`ansible_${name}`, value]))
}
