import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readLocalSource } from '../../../src/modules/files/copy/local-source.ts'
import { fakeController } from '../../support/fake-controller.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

describe('a source folder with links', () => {
  const folder = temporaryFolder('links')
  const controller = fakeController()
  mkdirSync(join(folder, 'sub'))
  writeFileSync(join(folder, 'sub/file'), 'x')
  symlinkSync('sub', join(folder, 'to-folder'))
  symlinkSync('sub/file', join(folder, 'to-file'))
  symlinkSync('nowhere', join(folder, 'broken'))
  symlinkSync('..', join(folder, 'sub/circle'))

  it('is copied with what they lead to, save where that is nothing or has no end', async () => {
    const { items } = await readLocalSource(`${folder}/`, controller, { followLinks: true, decrypt: true })
    expect(items.map(({ kind, relative }) => `${kind} ${relative}`)).toEqual([
      'link broken', 'directory sub', 'link sub/circle', 'file sub/file', 'file to-file', 'directory to-folder', 'link to-folder/circle', 'file to-folder/file',
    ])
  })

  it('is copied with the links themselves when told so', async () => {
    const { items } = await readLocalSource(`${folder}/`, controller, { followLinks: false, decrypt: true })
    expect(items.map(({ kind, relative }) => `${kind} ${relative}`)).toEqual(['link broken', 'directory sub', 'link sub/circle', 'file sub/file', 'link to-file', 'link to-folder'])
  })
})
