import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadInventory } from '../../src/inventory/load-inventory.ts'
import { inFolder } from '../support/case-files.ts'

const REFUSED: readonly (readonly [name: string, output: string, why: string])[] = [
  ['text', 'hello', 'its output is not JSON'],
  ['a list', '["a"]', 'it must be a JSON object of groups'],
  ['hosts that are no list', '{"g": {"hosts": "a"}}', "the hosts of group 'g' must be a list of names"],
  ['a group that is a text', '{"g": "a"}', "the hosts of group 'g' must be a list of names"],
  ['children that are no list', '{"g": {"children": {"c": 1}}}', "the children of group 'g' must be a list of names"],
  ['variables that are a list', '{"g": {"vars": [1]}}', "the variables of group 'g' must be an object"],
  ['a number for a host', '{"g": ["a", 5]}', '5 is no name of a host'],
  ['a host with a newline', '{"g": ["a\\nb"]}', '"a\\nb" is no name of a host'],
  ['an empty name', '{"": ["a"]}', '"" is no name of a group'],
  ['hostvars that are a list', '{"_meta": {"hostvars": [1]}}', '_meta.hostvars must be an object of hosts'],
  ['variables of a host that are a text', '{"g": ["a"], "_meta": {"hostvars": {"a": "x"}}}', "the variables of host 'a' must be an object"],
  ['groups that contain each other', '{"a": {"children": ["b"]}, "b": {"children": ["a"]}, "_meta": {"hostvars": {}}}', "'a' cannot be a child of 'b', which it contains"],
  ['bytes that are no text', '\\377', 'its output is not UTF-8'],
]

describe('inventory scripts', () => {
  it.each(REFUSED)('are refused when they print %s', async (_name, output, why) => {
    await inFolder({ 'out.sh': program(output) }, async (folder) => {
      const { diagnostics } = await loadInventory([join(folder, 'out.sh')])
      expect(diagnostics.map(({ code, severity, summary }) => [code, severity, summary.slice(-why.length)])).toContainEqual([why.includes('cannot be a child') ? 'group-loop' : 'inventory-script', 'error', why])
    })
  })

  it('may name what is in the nature of JavaScript', async () => {
    const output = '{"__proto__": ["constructor", "toString"], "_meta": {"hostvars": {"__proto__": {"x": 1}}}}'
    await inFolder({ 'out.sh': program(output) }, async (folder) => {
      const { value, diagnostics } = await loadInventory([join(folder, 'out.sh')])
      expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
      expect(value.hostsOf('__proto__')).toEqual(['constructor', 'toString'])
      expect(value.hosts.get('constructor')?.variables.size).toBe(0)
      expect(({} as { x?: number }).x).toBeUndefined()
    })
  })

  it('are asked for each host unless they tell all at once', async () => {
    const script = '#!/bin/sh\nif [ "$1" = --list ]; then echo \'{"g": {"hosts": ["a", "b"]}, "lone": {"x": 1}}\'; else echo "{\\"name\\": \\"$2\\"}"; fi\n'
    await inFolder({ 'out.sh': script }, async (folder) => {
      const { value } = await loadInventory([join(folder, 'out.sh')])
      expect(['a', 'b', 'lone'].map((host) => value.hosts.get(host)?.variables.get('name'))).toEqual(['a', 'b', 'lone'])
      expect(value.groups.get('lone')?.variables.get('x')).toBe(1)
    })
  })
})

function program(output: string): string {
  return `#!/bin/sh\nprintf '${output.replaceAll('\\n', '\\\\n')}'\n`
}
