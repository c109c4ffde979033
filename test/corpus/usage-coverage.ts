import { readFileSync } from 'node:fs'
import { DICT_METHODS } from '../../src/template/methods/dict-methods.ts'
import { LIST_METHODS } from '../../src/template/methods/list-methods.ts'
import { TEXT_METHODS } from '../../src/template/methods/text-methods.ts'
import { createRegistry } from '../../src/template/registry.ts'

/** `npm run usage-coverage -- USAGE.md`: lists what of a table of real use (`## Filters`, then `name count, ...`) is not there; names of private collections are left out. */
const [path] = process.argv.slice(2)
if (path === undefined) throw new Error('Usage: npm run usage-coverage -- USAGE.md')

const { filters, tests, lookups } = createRegistry()
const known: Readonly<Record<string, ReadonlySet<string>>> = {
  Filters: new Set(filters.keys()),
  Tests: new Set([...tests.keys(), 'a_module']),
  Methods: new Set([...TEXT_METHODS.keys(), ...LIST_METHODS.keys(), ...DICT_METHODS.keys()]),
  Lookups: new Set(lookups.keys()),
}
const PUBLIC = new Set(['', 'ansible.builtin', 'ansible.legacy', 'ansible.utils', 'ansible.netcommon', 'community.general', 'community.crypto'])

for (const section of readFileSync(path, 'utf8').split(/^## /m).slice(1)) {
  const [title = '', ...lines] = section.split('\n')
  const missing = lines.join(' ').split(',').map((entry) => entry.trim()).filter((entry) => {
    const [name = ''] = entry.split(' ')
    const dot = name.lastIndexOf('.')
    return PUBLIC.has(name.slice(0, Math.max(dot, 0))) && known[title]?.has(name.slice(dot + 1)) === false
  })
  console.log(`${title}: ${missing.join(', ')}`)
}
