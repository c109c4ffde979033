import { execFileSync } from 'node:child_process'
import { readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { filesystem } from '../../src/modules/filesystem.ts'
import { parted } from '../../src/modules/parted.ts'
import { liveHost, type LiveHost } from '../support/live-host.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

/** Real programs on image files. */
describe('file systems of image files', () => {
  const folder = temporaryFolder('storage')
  let host: LiveHost
  beforeAll(async () => { host = await liveHost() })
  afterAll(async () => { await host.close() })

  it('are made, and are there the next time', async () => {
    const dev = image(folder, 'made', 16)
    const outcome = await host.run(filesystem, { dev, fstype: 'ext4', uuid: '01234567-89ab-cdef-0123-456789abcdef' })
    expect(outcome).toMatchObject({ changed: true, predicted: true, changedAgain: false })
    expect(blkid(dev)).toMatch(/UUID="01234567-89ab-cdef-0123-456789abcdef".* TYPE="ext4"/)
    expect(await outcome.undo(), 'what was there is gone').toBe(false)
  })

  it('are not overwritten unless that is forced', async () => {
    const dev = image(folder, 'used', 16)
    await host.run(filesystem, { dev, fstype: 'ext4' })
    await expect(host.run(filesystem, { dev, fstype: 'swap' })).rejects.toThrow('is already used as ext4, use force=true to overwrite')
    expect(await host.run(filesystem, { dev, fstype: 'swap', force: true })).toMatchObject({ changed: true, predicted: true })
    expect(blkid(dev)).toContain('TYPE="swap"')
  })

  it('grow with their file', async () => {
    const dev = image(folder, 'grown', 16)
    await host.run(filesystem, { dev, fstype: 'ext4', opts: '-b 1024' })
    await host.remote.exec({ script: `truncate -s 32M ${dev}` })
    const outcome = await host.run(filesystem, { dev, fstype: 'ext4', resizefs: true })
    expect(outcome).toMatchObject({ changed: true, predicted: true, changedAgain: false })
    expect(outcome.result.msg).toContain('is now 32768 (1k) blocks long')
    execFileSync('e2fsck', ['-fn', dev], { stdio: 'ignore' })
  })

  it('get another UUID, and their own back', async () => {
    const dev = image(folder, 'named', 16)
    await host.run(filesystem, { dev, fstype: 'ext4', uuid: '11111111-1111-1111-1111-111111111111' })
    const outcome = await host.run(filesystem, { dev, fstype: 'ext4', uuid: '22222222-2222-2222-2222-222222222222' })
    expect(outcome).toMatchObject({ changed: true, predicted: true, changedAgain: false })
    expect(await outcome.undo()).toBe(true)
    expect(blkid(dev)).toContain('UUID="11111111-1111-1111-1111-111111111111"')
  })

  it.each([['ext4', []], ['swap', []], ['vfat', ['-i', 'abcd0123']]])('of kind %s are wiped off, and put back byte for byte', async (fstype, options) => {
    const dev = image(folder, `wiped-${fstype}`, 16)
    await host.run(filesystem, { dev, fstype, opts: options.join(' ') })
    const before = readFileSync(dev)
    const outcome = await host.run(filesystem, { dev, state: 'absent' })
    expect(outcome).toMatchObject({ changed: true, predicted: true, changedAgain: false })
    expect(blkid(dev)).toBe('')
    expect(await outcome.undo()).toBe(true)
    expect(readFileSync(dev).equals(before)).toBe(true)
  })

  it('need their file', async () => {
    const dev = join(folder, 'nothing')
    await expect(host.run(filesystem, { dev, fstype: 'ext4' })).rejects.toThrow(`Device ${dev} not found.`)
    expect(await host.run(filesystem, { dev, state: 'absent' })).toMatchObject({ changed: false, result: { msg: `Device ${dev} not found.` } })
  })
})

describe('partitions of image files', () => {
  const folder = temporaryFolder('storage')
  let host: LiveHost
  beforeAll(async () => { host = await liveHost() })
  afterAll(async () => { await host.close() })

  it.each(['gpt', 'msdos'])('are made with a %s, named, resized and removed, and each step is taken back byte for byte', async (label) => {
    const device = image(folder, label, 64)
    // What stands on the device before is no reason to lose it.
    await host.run(filesystem, { dev: device, fstype: 'ext4', opts: '-b 4096' })
    const flags = [label === 'gpt' ? 'hidden' : 'boot']
    const steps = [
      { number: 1, state: 'present', part_start: '1MiB', part_end: '20MiB' },
      { number: 2, state: 'present', part_start: '20MiB', part_end: '40MiB', flags: ['lvm'], ...label === 'gpt' && { name: 'my data' } },
      { number: 2, state: 'present', part_end: '50MiB', resize: true },
      { number: 1, state: 'absent' },
      { number: 2, state: 'present', flags },
    ]
    for (const step of steps) {
      const before = readFileSync(device)
      const taken = await host.run(parted, { device, label, ...step })
      expect(taken, JSON.stringify(step)).toMatchObject({ changed: true, predicted: true, changedAgain: false })
      expect(await taken.undo()).toBe(true)
      expect(readFileSync(device).equals(before), `undone: ${JSON.stringify(step)}`).toBe(true)
      expect(await host.run(parted, { device, label, ...step })).toMatchObject({ changed: true, result: taken.result })
    }
    const { result } = await host.run(parted, { device, unit: 'MiB' })
    expect(result).toMatchObject({ disk: { table: label, size: 64 }, partitions: [{ num: 2, begin: 20, end: 50, flags }] })
  })

  it('that are logical are not taken back', async () => {
    const device = image(folder, 'logical', 64)
    await host.run(parted, { device, number: 1, state: 'present', part_type: 'extended', part_start: '1MiB' })
    const outcome = await host.run(parted, { device, number: 5, state: 'present', part_type: 'logical', part_start: '2MiB' })
    expect(outcome).toMatchObject({ changed: true, changedAgain: false })
    expect(await outcome.undo()).toBe(false)
  })
})

function image(folder: string, name: string, megabytes: number): string {
  const path = join(folder, `${name}.img`)
  rmSync(path, { force: true })
  writeFileSync(path, '')
  truncateSync(path, megabytes << 20)
  return path
}

/** Empty where it knows nothing. */
function blkid(path: string): string {
  try {
    return execFileSync('blkid', ['-c', '/dev/null', path], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  } catch {
    return ''
  }
}
