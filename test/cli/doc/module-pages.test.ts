import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { describe, expect, it } from 'vitest'
import { CONTROLS } from '../../../src/cli/doc/controls.ts'
import { modulePages } from '../../../src/cli/doc/module-pages.ts'
import { MODULES } from '../../../src/modules/index.ts'

const FOLDER = join(import.meta.dirname, '../../../docs/modules')

describe('the reference of modules', () => {
  const pages = modulePages([...MODULES, ...CONTROLS].sort((a, b) => a.name < b.name ? -1 : 1))

  it('is up to date (npm run docs)', () => {
    expect(readdirSync(FOLDER).sort()).toEqual([...pages.keys()].sort())
    for (const [name, text] of pages) expect({ name, text: readFileSync(join(FOLDER, name), 'utf8') }).toEqual({ name, text })
  })

  it('has examples that are tasks', () => {
    for (const module of MODULES) {
      const yaml = /```yaml\n(.*?)\n```/s.exec(pages.get(`${module.name}.md`) ?? '')?.[1] ?? ''
      expect(parse(yaml), module.name).toEqual(module.examples.map(({ name, args }) => ({ name, [module.name]: args })))
    }
  })
})
