import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { type PluginFolder, loadPlugins } from '../../src/template/plugins/load-plugins.ts'
import { createTemplar } from '../../src/template/templar.ts'
import { fromJson } from '../../src/value/json.ts'
import { TemplateString } from '../../src/value/template-string.ts'
import { scopeOf } from './render.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const base = join(import.meta.dirname, 'plugins')
const folders: readonly PluginFolder[] = [
  { kind: 'filters', path: join(base, 'filter_plugins') }, { kind: 'tests', path: join(base, 'test_plugins') },
  { kind: 'lookups', path: join(base, 'lookup_plugins') }, { kind: 'lookups', path: join(base, 'nowhere') },
]

describe('plugins of people\'s own', () => {
  const templar = createTemplar()
  const scope = scopeOf({ hosts: fromJson(['a', 'b']), colours: fromJson({ red: 'rot' }) })
  const evaluate = (source: string) => templar.evaluate(new TemplateString(source), scope)

  beforeAll(async () => {
    // Compiled before the plugin is there, as names of imports may be.
    expect(() => evaluate("{{ 'x' | shout }}")).toThrow("filter named 'shout'")
    const { additions, diagnostics } = await loadPlugins(folders)
    expect(diagnostics).toEqual([])
    templar.add(additions)
  })

  it.each([
    ["{{ 'x' | shout }}", 'X!'],
    ['{{ hosts | backends(80) }}', ['server a a:80 weight 1', 'server b b:80 weight 1']],
    ["{{ hosts | backends(80, weight=3) | first }}", 'server a a:80 weight 3'],
    ['{{ hosts | map("shout") | list }}', ['A!', 'B!']],
    ['{{ colours | swapped }}', { rot: 'red' }],
    ["{{ 'abba' is palindrome }}", true],
    ["{{ ['abba', 'abc'] | select('palindrome') | list }}", ['abba']],
    ["{{ query('letters', 'ab', 'c') }}", ['a', 'b', 'c']],
    ["{{ lookup('letters', 'ab', upper=true) }}", 'A,B'],
    ["{{ lookup('constant') }}", 42],
  ])('%s', (source, expected) => {
    expect(evaluate(source)).toEqual(fromJson(expected))
  })

  it('say what went wrong in them', () => {
    expect(() => evaluate('{{ 1 | refuses }}')).toThrow("cannot use 'refuses': not today")
    expect(() => evaluate('{{ 1 | slow }}')).toThrow('returns a promise')
  })

  it('that cannot be loaded are told of', async () => {
    const folder = temporaryFolder('plugins')
    writeFileSync(join(folder, 'broken.mjs'), 'throw new Error("no such thing")')
    const { diagnostics } = await loadPlugins([{ kind: 'filters', path: folder }])
    expect(diagnostics).toMatchObject([{ code: 'plugin-failed', severity: 'error', summary: `Cannot load ${join(folder, 'broken.mjs')}: no such thing` }])
  })
})
