import { execFileSync } from 'node:child_process'
import { truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Module } from '../../src/module/module.ts'
import { lvg } from '../../src/modules/lvg.ts'
import { lvol } from '../../src/modules/lvol.ts'
import type { Json } from '../../src/value/value.ts'
import { liveHost, type LiveHost } from '../support/live-host.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

/** LVM itself on loop devices, told to leave the kernel's device mapper alone: volumes are there, but never active. */
const CONFIGURATION = 'global { activation = 0 }\ndevices { filter = [ "a|/dev/loop.*|", "r|.*|" ] use_devicesfile = 0 }\n'

describe.runIf(canUseLoops())('LVM on loop devices', () => {
  const folder = temporaryFolder('lvm')
  const group = `tsplay${process.pid}`
  const devices: string[] = []
  let host: LiveHost

  beforeAll(async () => {
    writeFileSync(join(folder, 'lvm.conf'), CONFIGURATION)
    vi.stubEnv('LVM_SYSTEM_DIR', folder)
    for (const name of ['one', 'two']) {
      const path = join(folder, name)
      writeFileSync(path, '')
      truncateSync(path, 100 << 20)
      devices.push(execFileSync('losetup', ['-f', '--show', path], { encoding: 'utf8' }).trim())
    }
    host = await liveHost()
  })
  afterAll(async () => {
    await host.close()
    execFileSync('sh', ['-c', `vgremove -f ${group} 2>/dev/null; losetup -d ${devices.join(' ')}`], { stdio: 'ignore' })
    vi.unstubAllEnvs()
  })

  it('groups are made, extended, and lose devices', async () => {
    await changes(lvg, { vg: group, pvs: [devices[0] ?? ''] })
    await changes(lvg, { vg: group, pvs: devices })
    await changes(lvg, { vg: group, pvs: [devices[1] ?? ''] })
    await expect(host.run(lvg, { vg: `${group}x`, pvs: devices })).rejects.toThrow(`Device ${devices[1] ?? ''} is already in ${group} volume group.`)
    await changes(lvg, { vg: group, pvs: devices })
  })

  it('volumes are made, taken back, extended, reduced and removed', async () => {
    const made = await host.run(lvol, { vg: group, lv: 'a', size: '12m' })
    expect(made).toMatchObject({ changed: true, predicted: true })
    expect(await made.undo()).toBe(true)
    expect(sizes()).toBe('')
    for (const [size, now] of [['12m', '12.00m'], ['20m', '20.00m'], ['50%VG', '96.00m'], ['31m', '32.00m'], ['+8M', '40.00m'], ['+100%FREE', '192.00m']]) {
      await host.run(lvol, { vg: group, lv: 'a', size: size ?? '', force: true })
      expect(sizes(), size).toBe(now)
    }
    await expect(host.run(lvg, { vg: group, state: 'absent' })).rejects.toThrow(`Refuse to remove non-empty volume group ${group} without force=true`)
    await changes(lvol, { vg: group, lv: 'a', state: 'absent', force: true })
    expect(sizes()).toBe('')
    await changes(lvg, { vg: group, state: 'absent' })
  })

  async function changes(module: Module, args: Readonly<Record<string, Json>>): Promise<void> {
    expect(await host.run(module, args)).toMatchObject({ changed: true, predicted: true, changedAgain: false })
  }

  function sizes(): string {
    return execFileSync('lvs', ['--noheadings', '-o', 'size', group], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
  }
})

function canUseLoops(): boolean {
  try {
    execFileSync('sh', ['-c', 'command -v pvcreate && [ "$(id -u)" = 0 ] && losetup -f'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
