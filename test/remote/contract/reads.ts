import { createHash } from 'node:crypto'
import { chmodSync, chownSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { contentProbe } from '../../../src/remote/file-probes.ts'
import type { ScriptProbe } from '../../../src/remote/probe.ts'
import { EVERY_BYTE, ODD_NAMES, type TestedHost } from './tested-host.ts'

/** How questions must be answered. */
export function readContract(host: TestedHost): void {
  describe('reads', () => {
    it('tell what is at a path', async () => {
      writeFileSync(host.here('file'), 'twelve bytes')
      chownSync(host.here('file'), 1, 2)
      chmodSync(host.here('file'), 0o4750)
      const real = statSync(host.here('file'))
      expect(await host.remote.stat(host.here('file'))).toEqual({
        type: 'file', mode: 0o4750, owner: 'daemon', group: 'bin', uid: 1, gid: 2, size: 12, inode: real.ino, device: real.dev, links: 1,
        modified: expect.closeTo(real.mtimeMs / 1000, host.coarseTimes ? -1 : 2) as unknown,
        accessed: expect.closeTo(real.atimeMs / 1000, host.coarseTimes ? -1 : 2) as unknown,
        changed: expect.closeTo(real.ctimeMs / 1000, host.coarseTimes ? -1 : 2) as unknown,
      })
      chownSync(host.here('file'), 54321, 54322)
      host.remote.forget()
      expect(await host.remote.stat(host.here('file'))).toMatchObject({ owner: '54321', group: '54322' })
    })

    it('tell types, links and what they point to', async () => {
      mkdirSync(host.here('folder'))
      symlinkSync('folder', host.here('link'))
      symlinkSync('nothing', host.here('dangling'))
      const [link, through, dangling, lost, device, none] = await Promise.all([
        host.remote.lstat(host.here('link')), host.remote.stat(host.here('link')), host.remote.lstat(host.here('dangling')), host.remote.stat(host.here('dangling')), host.remote.stat('/dev/null'), host.remote.lstat(host.here('none')),
      ])
      expect([link?.type, link?.target, through?.type, dangling?.target, lost, device?.type, none]).toEqual(['link', 'folder', 'directory', 'nothing', undefined, 'character', undefined])
    })

    it('know odd names', async () => {
      for (const odd of ODD_NAMES) writeFileSync(host.here(odd), odd)
      const answers = await Promise.all(ODD_NAMES.map(async (odd) => {
        const path = host.here(odd)
        const [stat, lstat, text, sum] = await Promise.all([host.remote.stat(path), host.remote.lstat(path), host.remote.readText(path), host.remote.sha256(path)])
        return [stat?.size, lstat?.type, text, sum]
      }))
      expect(answers).toEqual(ODD_NAMES.map((odd) => [Buffer.byteLength(odd), 'file', odd, createHash('sha256').update(odd).digest('hex')]))
      expect((await host.remote.list(host.folder))?.map(({ path }) => path).sort()).toEqual(ODD_NAMES.map((odd) => host.here(odd)).sort())
    })

    it('tell a missing file from an empty one, and refuse a folder', async () => {
      writeFileSync(host.here('empty'), '')
      expect(await Promise.all([host.remote.readFile(host.here('empty')), host.remote.readFile(host.here('none')), host.remote.sha256(host.here('none')), host.remote.list(host.here('none'))])).toEqual([Buffer.alloc(0), undefined, undefined, undefined])
      await expect(host.remote.readFile(host.folder)).rejects.toMatchObject({ kind: 'command', message: `Cannot read ${host.folder}: not a regular file` })
      await expect(host.remote.sha256(host.folder)).rejects.toMatchObject({ kind: 'command' })
    })

    it('of many files in one round trip give each its bytes', async () => {
      const files = Array.from({ length: 230 }, (_, index) => host.here(`file ${index}`))
      for (const [index, file] of files.entries()) writeFileSync(file, EVERY_BYTE.subarray(index * 7, index * 40))
      const before = host.session.traffic.roundTrips
      const answers = await Promise.all(files.map(async (file) => Promise.all([host.remote.readFile(file), host.remote.sha256(file), host.remote.stat(file)])))
      expect(host.session.traffic.roundTrips - before).toBe(1)
      for (const [index, [content, sum, stat]] of answers.entries()) {
        const bytes = EVERY_BYTE.subarray(index * 7, index * 40)
        expect([content?.equals(bytes), sum, stat?.size]).toEqual([true, createHash('sha256').update(bytes).digest('hex'), bytes.length])
      }
    })

    it('are right for files whose size is not told', async () => {
      writeFileSync(host.here('one'), 'one')
      const files = ['/proc/version', host.here('one'), '/proc/self/status', '/proc/cpuinfo', host.here('none'), '/proc/meminfo']
      const answers = await Promise.all(files.map((file) => host.remote.readText(file)))
      expect(answers[0]).toBe(readFileSync('/proc/version', 'utf8'))
      expect([answers[1], answers[4], (answers[3]?.length ?? 0) > 100]).toEqual(['one', undefined, true])
    })

    it('give no more than the limit', async () => {
      writeFileSync(host.here('file'), '12345')
      expect((await host.remote.read(contentProbe(host.here('file'), 5)))?.toString()).toBe('12345')
      await expect(host.remote.read(contentProbe(host.here('file'), 4))).rejects.toMatchObject({ kind: 'command' })
    })

    it('list whole trees and single levels', async () => {
      mkdirSync(host.here('a/b'), { recursive: true })
      writeFileSync(host.here('a/b/file'), 'x')
      symlinkSync('b', host.here('a/link'))
      const names = (entries: readonly { readonly path: string, readonly type: string, readonly target?: string }[] | undefined): unknown => entries?.map(({ path, type, target }) => [path.slice(host.folder.length + 1), type, target])
      expect(names(await host.remote.list(host.folder))).toEqual([['a', 'directory', undefined], ['a/b', 'directory', undefined], ['a/b/file', 'file', undefined], ['a/link', 'link', 'b']])
      expect(names(await host.remote.list(host.here('a'), { depth: 1 }))).toEqual([['a/b', 'directory', undefined], ['a/link', 'link', 'b']])
      expect(await host.remote.list(host.here('a/b/file'))).toBeUndefined()
    })

    it('ask scripts, each by itself', async () => {
      const probe = (script: string): ScriptProbe<string> => ({ kind: 'script', key: script, script, parse: ({ status, stdout, stderr }) => `${status} ${stdout.toString()} ${stderr.toString()}` })
      const answers = await Promise.all(['echo a; exit 4', 'x=1; cd /; echo b >&2', 'echo ${x-unset}; cat', 'if'].map((script) => host.remote.read(probe(script))))
      expect(answers.slice(0, 3)).toEqual(['4 a\n ', '0  b\n', '0 unset\n '])
      expect(answers[3]).toMatch(/^2 /)
    })
  })

  describe('the cache', () => {
    const count = async (work: () => Promise<unknown>): Promise<number> => {
      const before = host.session.traffic.roundTrips
      await work()
      return host.session.traffic.roundTrips - before
    }

    it('answers again without asking, until the path is written', async () => {
      writeFileSync(host.here('file'), 'one')
      await host.remote.readText(host.here('file'))
      expect(await count(() => host.remote.readText(host.here('file')))).toBe(0)
      await host.remote.writeFile(host.here('file'), 'two')
      expect(await host.remote.readText(host.here('file'))).toBe('two')
      await host.remote.writeFile(host.here('other'), 'three')
      expect(await count(() => host.remote.readText(host.here('file')))).toBe(0)
    })

    it('forgets listings above and all below a path that is written', async () => {
      await host.remote.makeDirectory(host.here('a/b'))
      await host.remote.writeFile(host.here('a/b/file'), 'x')
      expect([(await host.remote.list(host.folder))?.length, (await host.remote.stat(host.here('a/b/file')))?.size]).toEqual([3, 1])
      await host.remote.remove(host.here('a'))
      expect([(await host.remote.list(host.folder))?.length, await host.remote.stat(host.here('a/b/file'))]).toEqual([0, undefined])
    })

    it('forgets what a write declares, and everything after a command', async () => {
      const probe = (key: string): ScriptProbe<string> => ({ kind: 'script', key, script: `cat '${host.here('file')}'`, parse: ({ stdout }) => stdout.toString() })
      const ask = (): Promise<readonly string[]> => Promise.all(['one:x', 'one:y', 'two'].map((key) => host.remote.read(probe(key))))
      writeFileSync(host.here('file'), '1')
      expect(await ask()).toEqual(['1', '1', '1'])
      await host.remote.write({ summary: 'Change', command: { script: `printf 2 > '${host.here('file')}'` }, effects: { keys: ['one:*'] } })
      expect(await ask()).toEqual(['2', '2', '1'])
      await host.remote.exec({ script: ':' })
      expect(await ask()).toEqual(['2', '2', '2'])
    })

    it('brings what was known of a path and its folder up to date with a change', async () => {
      await host.remote.makeDirectory(host.here('a'))
      await Promise.all([host.remote.stat(host.here('a')), host.remote.lstat(host.here('a/file')), host.remote.stat(host.here('a/file'))])
      await host.remote.writeFile(host.here('a/file'), 'one', { mode: 0o600 })
      const trips = await count(async () => {
        expect([(await host.remote.stat(host.here('a/file')))?.mode, (await host.remote.lstat(host.here('a/file')))?.size]).toEqual([0o600, 3])
        expect((await host.remote.stat(host.here('a')))?.modified).toBeCloseTo(statSync(host.here('a')).mtimeMs / 1000, host.coarseTimes ? -1 : 3)
      })
      // They may still be on their way, which is no round trip of its own.
      expect(trips).toBeLessThanOrEqual(1)
      await host.remote.remove(host.here('a/file'))
      expect(await host.remote.stat(host.here('a/file'))).toBeUndefined()
      await Promise.all([host.remote.writeFile(host.here('a/file'), 'two'), host.remote.setAttributes(host.here('a'), { mode: 0o700 })])
      expect([(await host.remote.stat(host.here('a/file')))?.size, (await host.remote.stat(host.here('a')))?.mode]).toEqual([3, 0o700])
    })

    it('knows that a path may have several names', async () => {
      mkdirSync(host.here('real'))
      symlinkSync('real', host.here('alias'))
      writeFileSync(host.here('real/file'), '1')
      symlinkSync('real/file', host.here('link'))
      const names = ['real/file', 'alias/file', 'link'].map((name) => host.here(name))
      const ask = (): Promise<readonly (string | undefined)[]> => Promise.all(names.map((path) => host.remote.readText(path)))
      expect(await ask()).toEqual(['1', '1', '1'])
      await host.remote.writeFile(host.here('real/file'), '2')
      expect(await ask()).toEqual(['2', '2', '2'])
      await host.remote.writeFile(host.here('alias/file'), '3')
      expect(await ask()).toEqual(['3', '3', '3'])
      await host.remote.write({ summary: 'Append', command: { script: `printf 4 >> '${host.here('link')}'` }, effects: { paths: [host.here('link')] } })
      expect(await ask()).toEqual(['34', '34', '34'])
      expect(await host.remote.stat(host.here('alias/later/file'))).toBeUndefined()
      await host.remote.makeDirectory(host.here('real/later'))
      await host.remote.writeFile(host.here('real/later/file'), 'x')
      expect((await host.remote.stat(host.here('alias/later/file')))?.size).toBe(1)
    })

    it('forgets scripts that read a written path', async () => {
      const probe: ScriptProbe<string> = { kind: 'script', key: 'reader', script: `cat '${host.here('file')}'`, parse: ({ stdout }) => stdout.toString(), readsPaths: [host.folder] }
      await host.remote.writeFile(host.here('file'), '1')
      expect(await host.remote.read(probe)).toBe('1')
      await host.remote.writeFile(host.here('file'), '2')
      expect(await host.remote.read(probe)).toBe('2')
    })
  })
}
