import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { coerceArguments } from '../../../src/module/arguments.ts'
import type { StateModule } from '../../../src/module/module.ts'
import { unarchive } from '../../../src/modules/unarchive.ts'
import { fromJson } from '../../../src/value/json.ts'
import type { JsonObject } from '../../../src/value/value.ts'
import { localSession } from '../../remote/remotes.ts'
import { fakeController } from '../../support/fake-controller.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const module = unarchive as unknown as StateModule<never, unknown, unknown>

describe('unarchive on a real shell', () => {
  const folder = temporaryFolder('unarchive')
  const session = localSession()

  beforeAll(() => {
    mkdirSync(join(folder, 'site/sub'), { recursive: true })
    writeFileSync(join(folder, 'site/x'), 'X\n', { mode: 0o640 })
    writeFileSync(join(folder, 'site/sub/ÿ y'), 'Y\n')
    utimesSync(join(folder, 'site/x'), 1_500_000_000, 1_500_000_000)
    execFileSync('tar', ['-C', folder, '-czf', join(folder, 'site.tar.gz'), 'site'])
    execFileSync('zip', ['-qr', 'site.zip', 'site'], { cwd: folder })
  })
  afterAll(async () => { await session.close() })

  it.each(['site.tar.gz', 'site.zip'])('unpacks %s once, as predicted, and mends what differs', async (archive) => {
    const dest = join(folder, `to-${archive}`)
    mkdirSync(dest)
    const args = { src: join(folder, archive), dest, remote_src: true }
    expect(await changes(args, 'predicted')).toBe(true)
    expect(await changes(args, 'real')).toBe(true)
    expect(readFileSync(join(dest, 'site/sub/ÿ y'), 'utf8')).toBe('Y\n')
    expect(await changes(args, 'real')).toBe(false)
    writeFileSync(join(dest, 'site/x'), 'Z\n')
    utimesSync(join(dest, 'site/x'), 1_500_000_000, 1_500_000_000)
    expect(await changes(args, 'real')).toBe(true)
    expect(readFileSync(join(dest, 'site/x'), 'utf8')).toBe('X\n')
  })

  it('brings an archive, and sets permissions', async () => {
    const dest = join(folder, 'brought')
    mkdirSync(dest)
    const args = { src: 'site.tar.gz', dest, mode: 'u=rwX,go=' }
    expect(await changes(args, 'predicted')).toBe(true)
    expect(await changes(args, 'real')).toBe(true)
    expect(statSync(join(dest, 'site/x')).mode & 0o777).toBe(0o600)
    expect(statSync(join(dest, 'site/sub')).mode & 0o777).toBe(0o700)
    expect(await changes(args, 'real')).toBe(false)
  })

  async function changes(given: JsonObject, kind: 'real' | 'predicted'): Promise<boolean> {
    const controller = { ...fakeController(), findFile: (name: string) => join(folder, name), readFile: (path: string) => Promise.resolve(readFileSync(path)) }
    const remote = await (kind === 'real' ? session.remote() : session.predicted())
    remote.forget()
    const coerced = coerceArguments(unarchive, new Map(Object.entries(given).map(([name, value]) => [name, fromJson(value)])))
    if (coerced.kind === 'invalid') throw new Error(JSON.stringify(coerced.problems))
    const wanted = await module.prepare?.(coerced.args as never, controller)
    const change = module.diff(wanted, await module.observe(wanted, remote))
    if (change !== undefined && kind === 'real') await module.apply(wanted, change, remote)
    return change !== undefined
  }
})
