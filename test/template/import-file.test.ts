import { afterEach, expect, it } from 'vitest'
import { importFile } from '../../src/template/plugins/import-file.ts'

const KEY = Symbol.for('tsplay.import')

afterEach(() => { Reflect.deleteProperty(globalThis, KEY) })

it('files are imported by the import() that whoever started the program lends, or by its own', async () => {
  expect(await importFile('data:text/javascript,export const own = 1')).toMatchObject({ own: 1 })
  Object.assign(globalThis, { [KEY]: (url: string) => Promise.resolve({ lent: url }) })
  expect(await importFile('file:///a.mjs')).toEqual({ lent: 'file:///a.mjs' })
})
