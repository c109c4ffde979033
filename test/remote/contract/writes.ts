import { execFileSync } from 'node:child_process'
import { existsSync, linkSync, lstatSync, mkdirSync, readdirSync, readFileSync, readlinkSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { EVERY_BYTE, ODD_NAMES, type TestedHost } from './tested-host.ts'

/** How changes must be made. */
export function writeContract(host: TestedHost): void {
  describe('writes', () => {
    it('of files put any content in place, small and large', async () => {
      const large = Buffer.concat(Array.from({ length: 500 }, () => EVERY_BYTE))
      for (const [index, content] of [EVERY_BYTE, large, Buffer.alloc(0), Buffer.from("it's 100%\\n ünï\n\n")].entries()) {
        await host.remote.writeFile(host.here(`file${index}`), content)
        expect(readFileSync(host.here(`file${index}`)).equals(content)).toBe(true)
      }
      expect(readdirSync(host.folder).sort()).toEqual(['file0', 'file1', 'file2', 'file3'])
    })

    it('give the attributes asked for, and keep the others', async () => {
      await host.remote.writeFile(host.here('new'), 'x')
      await host.remote.writeFile(host.here('plain'), 'x', { mode: 0o644 })
      await host.remote.writeFile(host.here('secret'), 'x', { mode: 0o600 })
      await host.remote.writeFile(host.here('program'), 'x', { mode: 0o4755, owner: 'daemon', group: 'bin' })
      await host.remote.writeFile(host.here('program'), 'longer')
      await host.remote.lstat(host.here('program'))
      await host.remote.writeFile(host.here('program'), 'known', { group: 'sys' })
      await host.remote.writeFile(host.here('dated'), 'x', { modified: 1_500_000_000 })
      const shown = (file: string): unknown => { const { mode, uid, gid } = statSync(host.here(file)); return [(mode & 0o7777).toString(8), uid, gid] }
      expect(['new', 'plain', 'secret', 'program'].map(shown)).toEqual([['644', 0, 0], ['644', 0, 0], ['600', 0, 0], ['4755', 1, 3]])
      expect(statSync(host.here('dated')).mtimeMs).toBe(1_500_000_000_000)
    })

    it('keep access lists and extended attributes where the tools of the host can', async () => {
      for (const file of ['known', 'unknown', 'asked', 'large']) {
        writeFileSync(host.here(file), 'old')
        execFileSync('setfacl', ['-m', 'user:daemon:rw', host.here(file)])
        execFileSync('setfattr', ['-n', 'user.note', '-v', 'kept', host.here(file)])
      }
      await Promise.all(['known', 'asked'].map((file) => host.remote.lstat(host.here(file))))
      await host.remote.writeFile(host.here('known'), 'new')
      await host.remote.writeFile(host.here('unknown'), 'new')
      await host.remote.writeFile(host.here('asked'), 'new', { mode: 0o444, owner: 'daemon', modified: 1_500_000_000 })
      await host.remote.writeFile(host.here('large'), EVERY_BYTE, { mode: 0o666 })
      expect(readFileSync(host.here('asked'), 'utf8')).toBe('new')
      expect([statSync(host.here('asked')).mtimeMs, statSync(host.here('asked')).uid, Date.now() - statSync(host.here('known')).mtimeMs < 60_000]).toEqual([1_500_000_000_000, 1, true])
      const lists = ['known', 'unknown', 'asked', 'large'].map((file) => execFileSync('getfacl', ['-cpE', host.here(file)], { encoding: 'utf8' }).trim().replaceAll('\n', ','))
      const notes = ['known', 'unknown', 'asked', 'large'].map((file) => execFileSync('getfattr', ['--absolute-names', '-d', host.here(file)], { encoding: 'utf8' }).includes('user.note="kept"'))
      const list = (owner: string, others: string): string => `user::${owner},user:daemon:rw-,group::r--,mask::${owner},other::${others}`
      if (host.coarseTimes) expect([lists.some((entries) => entries.includes('daemon')), notes]).toEqual([false, [false, false, false, false]])
      else expect([lists, notes]).toEqual([[list('rw-', 'r--'), list('rw-', 'r--'), list('r--', 'r--'), list('rw-', 'rw-')], [true, true, true, true]])
    })

    it('know odd names', async () => {
      await Promise.all(ODD_NAMES.map((odd) => host.remote.writeFile(host.here(odd), odd)))
      expect(readdirSync(host.folder).sort()).toEqual([...ODD_NAMES].sort())
      await Promise.all(ODD_NAMES.map((odd) => host.remote.remove(host.here(odd))))
      expect(readdirSync(host.folder)).toEqual([])
    })

    it('replace a link itself, and refuse a folder', async () => {
      writeFileSync(host.here('target'), 'kept')
      mkdirSync(host.here('folder'))
      symlinkSync('target', host.here('link'))
      symlinkSync('folder', host.here('folder link'))
      await host.remote.writeFile(host.here('link'), 'new')
      await host.remote.writeFile(host.here('folder link'), 'new')
      expect([readFileSync(host.here('target'), 'utf8'), readFileSync(host.here('link'), 'utf8'), lstatSync(host.here('folder link')).isFile(), readdirSync(host.here('folder'))]).toEqual(['kept', 'new', true, []])
      await expect(host.remote.writeFile(host.here('folder'), 'x')).rejects.toMatchObject({ kind: 'command', message: `Cannot write ${host.here('folder')}: ${host.here('folder')} is a folder` })
    })

    it('say why they fail and leave nothing behind', async () => {
      await expect(host.remote.writeFile(host.here('none/file'), 'x')).rejects.toMatchObject({ message: `Cannot write ${host.here('none/file')}: there is no folder ${host.here('none')}` })
      await expect(host.remote.writeFile(host.here('file'), 'x', { owner: 'nobody-of-that-name' })).rejects.toMatchObject({ message: expect.stringMatching(/^Cannot write .*nobody-of-that-name/s) as unknown })
      expect(readdirSync(host.folder)).toEqual([])
    })

    it('of attributes set owner, mode and times, of all below too', async () => {
      mkdirSync(host.here('a'))
      writeFileSync(host.here('a/file'), 'x')
      symlinkSync('file', host.here('a/link'))
      await host.remote.setAttributes(host.here('a'), { mode: 0o750, group: 'bin' }, { recursive: true })
      await host.remote.setAttributes(host.here('a/file'), { modified: 1_400_000_000, accessed: 1_300_000_000 })
      await host.remote.setAttributes(host.here('a/link'), { owner: 'daemon' }, { followLink: false })
      const [folderStat, file, link] = [statSync(host.here('a')), statSync(host.here('a/file')), lstatSync(host.here('a/link'))]
      expect([folderStat.mode & 0o7777, folderStat.gid, file.mode & 0o7777, file.uid, file.mtimeMs, file.atimeMs, link.uid]).toEqual([0o750, 2, 0o750, 0, 1_400_000_000_000, 1_300_000_000_000, 1])
    })

    it('of folders make those above with the same attributes, and keep what is there', async () => {
      await host.remote.makeDirectory(host.here('a'))
      await host.remote.makeDirectory(host.here('a/b/c'), { mode: 0o2770, owner: 'daemon', group: 'bin' })
      await host.remote.makeDirectory(host.here('a/b/c'), { mode: 0o700 })
      const shown = (path: string): unknown => { const { mode, uid } = statSync(host.here(path)); return [(mode & 0o7777).toString(8), uid] }
      expect(['a', 'a/b', 'a/b/c'].map(shown)).toEqual([['755', 0], ['2770', 1], ['700', 1]])
      writeFileSync(host.here('file'), 'x')
      await expect(host.remote.makeDirectory(host.here('file/below'))).rejects.toMatchObject({ kind: 'command' })
    })

    it('of links replace what is there but folders', async () => {
      writeFileSync(host.here('file'), 'x')
      mkdirSync(host.here('folder'))
      await host.remote.makeSymbolicLink(host.here('link'), 'folder')
      await host.remote.makeSymbolicLink(host.here('link'), 'file')
      await host.remote.makeHardLink(host.here('hard'), host.here('file'))
      await host.remote.makeHardLink(host.here('hard'), host.here('file'))
      expect([readlinkSync(host.here('link')), statSync(host.here('hard')).ino === statSync(host.here('file')).ino, readdirSync(host.folder).sort()]).toEqual(['file', true, ['file', 'folder', 'hard', 'link']])
      await expect(host.remote.makeSymbolicLink(host.here('folder'), 'file')).rejects.toMatchObject({ kind: 'command' })
    })

    it('that remove take folders and links, and nothing twice', async () => {
      mkdirSync(host.here('a/b'), { recursive: true })
      writeFileSync(host.here('kept'), 'x')
      symlinkSync('kept', host.here('a/link'))
      await host.remote.remove(host.here('a'))
      await host.remote.remove(host.here('a'))
      expect(readdirSync(host.folder)).toEqual(['kept'])
    })

    it('that move replace files and never go into folders', async () => {
      writeFileSync(host.here('one'), '1')
      writeFileSync(host.here('two'), '2')
      mkdirSync(host.here('folder'))
      linkSync(host.here('one'), host.here('same'))
      await host.remote.move(host.here('one'), host.here('two'))
      expect([existsSync(host.here('one')), readFileSync(host.here('two'), 'utf8')]).toEqual([false, '1'])
      await host.remote.move(host.here('folder'), host.here('renamed'))
      expect(statSync(host.here('renamed')).isDirectory()).toBe(true)
      await expect(host.remote.move(host.here('none'), host.here('x'))).rejects.toMatchObject({ kind: 'command' })
    })

    it('that copy take a file, or a folder to a new place', async () => {
      mkdirSync(host.here('a/b'), { recursive: true })
      writeFileSync(host.here('a/b/file'), EVERY_BYTE)
      await host.remote.copy(host.here('a/b/file'), host.here('copy'), { mode: 0o640 })
      await host.remote.copy(host.here('a'), host.here('tree'))
      expect([readFileSync(host.here('copy')).equals(EVERY_BYTE), statSync(host.here('copy')).mode & 0o777, readFileSync(host.here('tree/b/file')).equals(EVERY_BYTE)]).toEqual([true, 0o640, true])
      await expect(host.remote.copy(host.here('none'), host.here('x'))).rejects.toMatchObject({ kind: 'command' })
      expect(readdirSync(host.folder).sort()).toEqual(['a', 'copy', 'tree'])
    })

    it('issued together travel together', async () => {
      const before = host.session.traffic.roundTrips
      await Promise.all(Array.from({ length: 20 }, (_, index) => host.remote.writeFile(host.here(`file${index}`), String(index))))
      expect(host.session.traffic.roundTrips - before).toBe(1)
      expect(readFileSync(host.here('file19'), 'utf8')).toBe('19')
    })

    it('with a command fail with what it said', async () => {
      await expect(host.remote.write({ summary: 'break it', command: { script: 'echo why >&2; exit 1' }, effects: {} })).rejects.toMatchObject({ message: 'Cannot break it: why', result: { status: 1 } })
    })
  })
}
