import { describe, expect, it } from 'vitest'
import { sealedJournal } from '../../src/cli/compose/sealed-journal.ts'
import { Secrets } from '../../src/engine/secrets.ts'
import type { Journal } from '../../src/run/journal.ts'

describe('sealedJournal', () => {
  it('encrypts what holds a decrypted value, where there is a password for it', async () => {
    const stored: string[] = []
    const journal: Journal = { record: () => Promise.resolve(), close: () => Promise.resolve(), storeBlob: (content) => { stored.push(Buffer.from(content).toString()); return Promise.resolve('') } }
    const secrets = new Secrets(['a password'])
    secrets.addValue('decrypted')
    const vault = { source: () => '', value: () => '', content: (bytes: Buffer) => bytes, seal: (): Buffer | undefined => Buffer.from('sealed') }
    for (const text of ['holds decrypted text', 'holds a password', 'holds nothing']) await sealedJournal(journal, { secrets, vault }).storeBlob(Buffer.from(text))
    await sealedJournal(journal, { secrets, vault: { ...vault, seal: () => undefined } }).storeBlob(Buffer.from('decrypted'))
    expect(stored).toEqual(['TSPLAY-SEALED\nsealed', 'holds a password', 'holds nothing', 'decrypted'])
  })
})
