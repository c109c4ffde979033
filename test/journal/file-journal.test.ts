import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { createBlobStore } from '../../src/journal/blob-store.ts'
import { openFileJournal } from '../../src/journal/file-journal.ts'
import { listRuns, readRun, summarise } from '../../src/journal/run-store.ts'
import type { ChangeBegun, RunEvent, TaskAddress } from '../../src/run/run-event.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const file = { path: 'site.yml', text: '- hosts: all\n' }
const play = { index: 0, name: 'all', range: { file, start: 2, end: 7 } }
const task: TaskAddress = { id: 1, play, name: 'Copy', role: undefined, module: 'copy', isHandler: false, range: undefined }
const begun: ChangeBegun = {
  kind: 'change-begun', change: 'c1', task, host: 'a', module: 'copy', args: {}, before: {}, after: {}, destroyed: [], undo: 'swap',
}
const started: RunEvent = {
  kind: 'run-started', id: 'r1', time: '2026-01-01T00:00:00Z', playbooks: ['site.yml'],
  options: { check: false, diff: false, forks: 5, verbosity: 0, tags: [], skipTags: [], limit: undefined },
}

let folder: string
beforeEach(() => { folder = temporaryFolder('journal') })

describe('openFileJournal', () => {
  it('has the begin of a change on disk before the change may be made', async () => {
    const journal = await openFileJournal(folder, 'r1')
    await journal.record(started)
    await journal.record(begun)
    const lines = (await readFile(join(folder, 'runs/r1/events.jsonl'), 'utf8')).trim().split('\n')
    expect(lines.map((line) => (JSON.parse(line) as RunEvent).kind)).toEqual(['run-started', 'change-begun'])
    expect(lines[1]).toContain('"range":"site.yml:1:3"')
    await journal.close()
  })

  it('keeps events in order when many are recorded at once', async () => {
    const journal = await openFileJournal(folder, 'r1')
    await Promise.all(Array.from({ length: 200 }, (_, index) => journal.record({ ...begun, change: `c${index}` })))
    await journal.close()
    const events = await readRun(folder, 'r1') ?? []
    expect(events.map((event) => event['change'])).toEqual(Array.from({ length: 200 }, (_, index) => `c${index}`))
  })

  it('tells an interrupted run with its open changes from an ended one', async () => {
    const journal = await openFileJournal(folder, 'r1')
    for (const event of [started, begun, { ...begun, change: 'c2' }]) await journal.record(event)
    await journal.record({ kind: 'change-ended', change: 'c1', host: 'a', result: 'made' })
    await journal.close()
    expect(await listRuns(folder)).toEqual(['r1'])
    expect(summarise('r1', await readRun(folder, 'r1') ?? [])).toMatchObject({ state: 'interrupted', changes: 2, openChanges: 1, playbooks: ['site.yml'] })
  })

  it('stores destroyed content under its hash, once', async () => {
    const journal = await openFileJournal(folder, 'r1')
    const name = await journal.storeBlob(Buffer.from('old'))
    expect(await journal.storeBlob(Buffer.from('old'))).toBe(name)
    expect((await createBlobStore(join(folder, 'blobs')).read(name)).toString()).toBe('old')
    await journal.close()
  })
})
