import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { contentProbe, statProbe, textProbe } from '../../src/remote/file-probes.ts'
import type { FileStat } from '../../src/remote/files.ts'
import type { ScriptProbe } from '../../src/remote/probe.ts'
import type { Remote } from '../../src/remote/remote.ts'
import type { HostSession } from '../../src/remote/session.ts'
import { localSession } from './remotes.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

let session: HostSession
let real: Remote
let predicted: Remote
let folder: string

const here = (...parts: readonly string[]): string => join(folder, ...parts)
const probe = (key: string, readsPaths: readonly string[] = []): ScriptProbe<string> => ({ kind: 'script', key, script: 'echo real', parse: ({ stdout }) => stdout.toString().trim(), readsPaths })

beforeEach(async () => {
  folder = temporaryFolder('remote')
  mkdirSync(here('folder/below'), { recursive: true })
  mkdirSync(here('empty'))
  writeFileSync(here('file'), 'old', { mode: 0o640 })
  writeFileSync(here('folder/inner'), 'inner')
  writeFileSync(here('folder/below/deep'), 'deep')
  symlinkSync('folder', here('link'))
  symlinkSync('file', here('file-link'))
  session = localSession()
  real = await session.remote()
  predicted = await session.predicted()
})
afterEach(async () => { await session.close() })

type Work = (remote: Remote) => Promise<unknown>

/** Everything that a remote tells of the folder, but for what only the file system decides. */
async function told(remote: Remote): Promise<unknown> {
  const entries = await remote.list(folder) ?? []
  return Promise.all(entries.map(async (entry) => {
    const [stat, lstat, text, sum] = await Promise.all([remote.stat(entry.path), remote.lstat(entry.path), said(remote.readText(entry.path)), said(remote.sha256(entry.path))])
    return [entry.path, comparable(entry), comparable(stat), comparable(lstat), text, sum]
  }))
}

function comparable(stat: FileStat | undefined): unknown {
  if (stat === undefined) return undefined
  const { type, mode, owner, group, uid, gid, target } = stat
  return { type, mode, owner, group, uid, gid, target, size: type === 'directory' ? undefined : stat.size }
}

async function said(work: Promise<unknown>): Promise<unknown> {
  try {
    return await work
  } catch (error) {
    return error instanceof Error ? error.message : error
  }
}

const SCENARIOS: Readonly<Record<string, Work>> = {
  'nothing': () => Promise.resolve(),
  'a new file': (remote) => remote.writeFile(here('new'), 'content'),
  'a new file with attributes': (remote) => remote.writeFile(here('new'), Buffer.from([0, 255]), { mode: 0o4711, owner: 'daemon', group: '3' }),
  'new content, its attributes kept': async (remote) => { await real.lstat(here('file')); await remote.writeFile(here('file'), 'new content') },
  'a file over a link': (remote) => remote.writeFile(here('file-link'), 'new'),
  'a file over a link to a folder': (remote) => remote.writeFile(here('link'), 'new'),
  'a file through a linked folder': (remote) => remote.writeFile(here('link/new'), 'new'),
  'a file where a folder is': (remote) => remote.writeFile(here('folder'), 'new'),
  'a file in no folder': (remote) => remote.writeFile(here('none/new'), 'new'),
  'a file below a file': (remote) => remote.writeFile(here('file/new'), 'new'),
  'attributes': (remote) => remote.setAttributes(here('file'), { mode: 0o600, owner: 'bin' }),
  'attributes through a link': (remote) => remote.setAttributes(here('file-link'), { mode: 0o611, group: 'bin' }),
  'attributes of a link': (remote) => remote.setAttributes(here('file-link'), { owner: 'bin' }, { followLink: false }),
  'attributes of a whole tree': (remote) => remote.setAttributes(here('folder'), { owner: 'bin', mode: 0o700 }, { recursive: true }),
  'attributes of nothing': (remote) => remote.setAttributes(here('none'), { mode: 0o700 }),
  'setuid lost to a new owner': async (remote) => { await remote.setAttributes(here('file'), { mode: 0o4755 }); await remote.setAttributes(here('file'), { owner: 'bin' }) },
  'folders with those above': (remote) => remote.makeDirectory(here('a/b/c'), { mode: 0o2750, group: 'bin' }),
  'folders by the umask': (remote) => remote.makeDirectory(here('a/b')),
  'a folder that is there': (remote) => remote.makeDirectory(here('folder'), { mode: 0o711 }),
  'a folder through a link': (remote) => remote.makeDirectory(here('link/x/y')),
  'a folder below a file': (remote) => remote.makeDirectory(here('file/x')),
  'a link': (remote) => remote.makeSymbolicLink(here('l'), 'folder/inner'),
  'a link over a link to a folder': (remote) => remote.makeSymbolicLink(here('link'), 'empty'),
  'a link over a folder': (remote) => remote.makeSymbolicLink(here('folder'), 'file'),
  'links in a circle': async (remote) => { await remote.makeSymbolicLink(here('x'), 'y'); await remote.makeSymbolicLink(here('y'), 'x') },
  'a dangling link': (remote) => remote.makeSymbolicLink(here('l'), '/nothing/there'),
  'a hard link': (remote) => remote.makeHardLink(here('hard'), here('file')),
  'a removed file': (remote) => remote.remove(here('file')),
  'a removed tree': (remote) => remote.remove(here('folder')),
  'a removed link': (remote) => remote.remove(here('link')),
  'nothing to remove': (remote) => remote.remove(here('none/at/all')),
  'a removed file, written again': async (remote) => { await remote.remove(here('file')); await remote.writeFile(here('file'), 'again') },
  'a removed tree, made again': async (remote) => { await remote.remove(here('folder')); await remote.makeDirectory(here('folder')); await remote.writeFile(here('folder/only'), 'x') },
  'a moved file': (remote) => remote.move(here('file'), here('empty/moved')),
  'a moved file over another': (remote) => remote.move(here('file'), here('folder/inner')),
  'a moved tree': async (remote) => { await remote.writeFile(here('folder/new'), 'new'); await remote.remove(here('folder/inner')); await remote.move(here('folder'), here('moved')) },
  'a moved tree over an empty folder': (remote) => remote.move(here('folder'), here('empty')),
  'a moved tree over a full folder': (remote) => remote.move(here('empty'), here('folder')),
  'a moved tree, changed after': async (remote) => { await remote.move(here('folder'), here('moved')); await remote.writeFile(here('moved/below/deep'), 'changed') },
  'a moved nothing': (remote) => remote.move(here('none'), here('moved')),
  'a copied file': (remote) => remote.copy(here('file'), here('copy'), { mode: 0o600 }),
  'a copied file over another': (remote) => remote.copy(here('folder/inner'), here('file')),
  'a copied new file': async (remote) => { await remote.writeFile(here('new'), 'new'); await remote.copy(here('new'), here('copy')) },
  'a copied tree': (remote) => remote.copy(here('folder'), here('copy')),
  'a copied tree over another': (remote) => remote.copy(here('folder'), here('empty')),
  'a copied nothing': (remote) => remote.copy(here('none'), here('copy')),
}

describe('a prediction', () => {
  it.each(Object.entries(SCENARIOS))('of %s is what then happens', async (_name, work) => {
    const before = readdirSync(folder, { recursive: true }).sort()
    const error = await said(work(predicted))
    const prediction = await told(predicted)
    expect(readdirSync(folder, { recursive: true }).sort()).toEqual(before)
    expect(readFileSync(here('file'), 'utf8')).toBe('old')
    const happened = await said(work(real))
    real.forget()
    expect(prediction).toEqual(await told(real))
    // Both fail or neither does; the words of the host's tools differ.
    expect(typeof error).toBe(typeof happened)
  })

  it('of a single level of a folder is right too', async () => {
    await predicted.makeDirectory(here('folder/a/b'))
    await predicted.remove(here('folder/inner'))
    expect((await predicted.list(here('link'), { depth: 1 }))?.map(({ path }) => path)).toEqual([here('link/a'), here('link/below')])
  })
})

describe('what is not known', () => {
  it('is what a command that is not run declares', async () => {
    await expect(predicted.exec({ script: `rm -rf '${folder}'` }, { paths: [here('folder')], keys: ['service:*'] })).rejects.toMatchObject({ kind: 'unknown-value' })
    expect(readdirSync(folder)).toContain('file')
    const unknown = { name: 'UnknownValueError', message: 'Depends on a command that is not run in check mode' }
    await expect(predicted.stat(here('folder'))).rejects.toMatchObject(unknown)
    await expect(predicted.readText(here('folder/inner'))).rejects.toMatchObject(unknown)
    await expect(predicted.stat(here('link/inner'))).rejects.toMatchObject(unknown)
    await expect(predicted.list(folder)).rejects.toMatchObject(unknown)
    await expect(predicted.read(probe('service:cron'))).rejects.toMatchObject(unknown)
    await expect(predicted.writeFile(here('folder/new'), 'x')).rejects.toMatchObject(unknown)
    expect([await predicted.readText(here('file')), await predicted.read(probe('package:cron'))]).toEqual(['old', 'real'])
  })

  it('is known again once it is written or removed', async () => {
    await predicted.write({ summary: 'Break', command: { script: 'false' }, effects: { paths: [here('file'), here('folder')] } })
    await predicted.writeFile(here('empty/file'), 'x')
    await expect(predicted.readText(here('file'))).rejects.toMatchObject({ message: "Depends on 'Break', which is not done in check mode" })
    await predicted.write({ summary: 'Mend', command: { script: 'false' }, effects: { paths: [], predictions: [{ probe: textProbe(here('file')), answer: 'mended' }] } })
    expect((await predicted.read(contentProbe(here('file'))))?.toString()).toBe('mended')
  })

  it('is what a script reads of predicted files', async () => {
    expect(await predicted.read(probe('one', [here('folder')]))).toBe('real')
    await predicted.writeFile(here('folder/new'), 'x')
    await expect(predicted.read(probe('one', [here('folder')]))).rejects.toMatchObject({ message: `Depends on the predicted content of ${here('folder/new')}` })
    expect(await predicted.read(probe('two', [here('empty')]))).toBe('real')
  })
})

describe('a folder that is only to have other attributes', () => {
  it('leaves certain what scripts read in it, but not what they read of it', async () => {
    await predicted.write({ summary: 'Set', command: { script: ':' }, effects: { predictions: [{ probe: probe('set', [here('folder/inner')]), answer: 'predicted' }] } })
    await predicted.setAttributes(here('folder'), { mode: 0o700 })
    expect([await predicted.read(probe('in it', [here('folder/inner')])), await predicted.read(probe('set', [here('folder/inner')]))]).toEqual(['real', 'predicted'])
    await expect(predicted.read(probe('of it', [here('folder')]))).rejects.toMatchObject({ kind: 'unknown-value' })
    await predicted.remove(here('folder'))
    await expect(predicted.read(probe('in it', [here('folder/inner')]))).rejects.toMatchObject({ kind: 'unknown-value' })
  })
})

describe('a declared write', () => {
  it('is not run, and what it predicts is the answer', async () => {
    const summary = 'Start cron'
    await predicted.write({ summary, command: { script: `rm '${here('file')}'` }, effects: { keys: ['service:*'], predictions: [{ probe: probe('service:cron'), answer: 'predicted' }] } })
    expect([await predicted.read(probe('service:cron')), readdirSync(folder).includes('file')]).toEqual(['predicted', true])
    await expect(predicted.read(probe('service:ssh'))).rejects.toMatchObject({ kind: 'unknown-value' })
    await predicted.write({ summary, command: { script: ':' }, effects: { keys: ['service:cron'] } })
    await expect(predicted.read(probe('service:cron'))).rejects.toMatchObject({ kind: 'unknown-value' })
  })

  it('may predict what is at a path', async () => {
    const stat = await real.stat(here('file'))
    if (stat === undefined) throw new Error('the file is there')
    await predicted.write({ summary: 'Make', command: { script: ':' }, effects: { paths: [here('made')], predictions: [{ probe: statProbe(here('made'), true), answer: { ...stat, size: 99 } }] } })
    expect((await predicted.stat(here('made')))?.size).toBe(99)
    await expect(predicted.readText(here('made'))).rejects.toMatchObject({ kind: 'unknown-value' })
    await predicted.remove(here('made'))
    expect(await predicted.stat(here('made'))).toBeUndefined()
  })
})

describe('the predicted conversation', () => {
  it('is one for all users, and the same object for the same user', async () => {
    await predicted.writeFile(here('new'), 'x')
    const other = await session.predicted({ method: 'su', user: 'nobody', flags: '-s /bin/sh' })
    expect([await other.readText(here('new')), await session.predicted() === predicted, other.user]).toEqual(['x', true, 'nobody'])
  })

  it('takes a path that is none from the root for one where the shell is', async () => {
    const relativePath = relative(process.cwd(), here('copied'))
    await predicted.copy(relative(process.cwd(), here('file')), relativePath)
    expect(await predicted.readText(relativePath)).toBe('old')
    expect(await predicted.readText(here('copied'))).toBe('old')
  })

  it('no longer predicts a path that is really written', async () => {
    await predicted.writeFile(here('new'), 'predicted')
    await predicted.writeFile(here('other'), 'predicted')
    await real.writeFile(here('new'), 'real')
    expect([await predicted.readText(here('new')), await predicted.readText(here('other'))]).toEqual(['real', 'predicted'])
  })

  it('costs no more round trips than the real one while nothing is predicted', async () => {
    const before = session.traffic.roundTrips
    await Promise.all([predicted.stat(here('file')), predicted.readText(here('file')), predicted.list(folder)])
    expect(session.traffic.roundTrips - before).toBe(1)
  })
})
