import { describe, expect, it } from 'vitest'
import type { ActionModule } from '../../../src/module/module.ts'
import { includeVars } from '../../../src/modules/include-vars.ts'
import { fakeController } from '../../support/fake-controller.ts'
import { FakeRemote } from '../../support/fake-remote.ts'

const DEFAULTS = { depth: 0, ignore_files: [], extensions: ['yaml', 'yml', 'json'], ignore_unknown_extensions: false }
const FILES = { 'zones/b.yml': '', 'zones/a.json': '', 'zones/deep/c.yaml': '', 'zones/note.txt': '' }

describe('include_vars of a folder', () => {
  it.each([
    { name: 'takes all levels by name, files before folders', args: { ignore_unknown_extensions: true }, files: ['a.json', 'b.yml', 'deep/c.yaml'] },
    { name: 'keeps to a depth', args: { ignore_unknown_extensions: true, depth: 1 }, files: ['a.json', 'b.yml'] },
    { name: 'takes what matches', args: { files_matching: '^[bc]' }, files: ['b.yml', 'deep/c.yaml'] },
    { name: 'leaves out what is ignored', args: { ignore_files: ['\\.txt$', '^a.*'] }, files: ['b.yml', 'deep/c.yaml'] },
  ])('$name', async ({ args, files }) => {
    const controller = fakeController({ files: FILES })
    const module = includeVars as ActionModule<never>
    const result = await module.run({ ...DEFAULTS, ...args, dir: 'zones' } as never, { remote: new FakeRemote(), controller })
    const { folder } = controller
    expect(result.effects).toEqual([{ kind: 'include-vars', files: files.map((file) => `${folder}/zones/${file}`) }])
  })
})
