import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { Journal } from '../../src/run/journal.ts'
import type { RunEvent } from '../../src/run/run-event.ts'
import { runEngine } from '../support/engine-run.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

/** Notes what was on disk at the moment a change was announced. */
function notingJournal(path: () => string): { readonly journal: Journal, readonly events: RunEvent[], readonly seen: string[], readonly blobs: Map<string, string> } {
  const [events, seen, blobs]: [RunEvent[], string[], Map<string, string>] = [[], [], new Map()]
  const journal: Journal = {
    async record(event) {
      events.push(event)
      if (event.kind === 'change-begun' || event.kind === 'change-ended') {
        await new Promise((resolve) => setTimeout(resolve, 20))
        seen.push(`${event.kind} ${readFileSync(path(), 'utf8')}`)
      }
    },
    async storeBlob(content) {
      const name = createHash('sha256').update(content).digest('hex')
      blobs.set(name, Buffer.from(content).toString('utf8'))
      return Promise.resolve(name)
    },
    close: () => Promise.resolve(),
  }
  return { journal, events, seen, blobs }
}

describe('the journal', () => {
  it('has a change, and what it destroys, before the change is made, and its end after', async () => {
    const folder = temporaryFolder('engine')
    const { journal, events, seen, blobs } = notingJournal(() => join(folder, 'f'))
    await runEngine({ folder, journal, files: { f: 'old', 'site.yml': '- hosts: all\n  tasks:\n    - { name: w, copy: { content: new, dest: "{{dir}}/f" } }\n' } })
    expect(seen).toEqual(['change-begun old', 'change-ended new'])
    const begun = events.find((event) => event.kind === 'change-begun')
    expect(begun).toMatchObject({ host: 'localhost', module: 'copy', undo: 'swap', task: { name: 'w' }, destroyed: [{ path: join(folder, 'f'), form: 'file' }] })
    expect([...blobs.values()]).toEqual(['old'])
    expect(events.find((event) => event.kind === 'change-ended')).toMatchObject({ result: 'made', change: begun?.change })
  })

  it('keeps nothing of a no_log task, and hides secret texts', async () => {
    const folder = temporaryFolder('engine')
    const { journal, events, blobs } = notingJournal(() => join(folder, 'f'))
    await runEngine({ folder, journal, files: { f: 'old-secret', 'site.yml': '- hosts: all\n  tasks:\n    - { name: w, copy: { content: new-secret, dest: "{{dir}}/f" }, no_log: true }\n' } })
    const begun = events.find((event) => event.kind === 'change-begun')
    expect(begun).toMatchObject({ args: {}, before: {}, after: {}, destroyed: [], undo: { impossible: expect.stringContaining('no_log') as string } })
    expect(blobs.size).toBe(0)
    expect(JSON.stringify(events.filter(({ kind }) => kind.startsWith('change-')).map((event) => ({ ...event, task: undefined })))).not.toContain('secret')
  })
})
