import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Diagnostic } from '../../src/diagnostics/types.ts'
import { CollectionPlugins } from '../../src/template/python/collection-plugins.ts'
import { PythonBridge } from '../../src/template/python/python-bridge.ts'
import { loadPython, pythonFiles } from '../../src/template/python/python-plugins.ts'
import { createRegistry } from '../../src/template/registry.ts'
import { createTemplar } from '../../src/template/templar.ts'
import { TemplateString } from '../../src/value/template-string.ts'
import { reprOf } from '../../src/value/text.ts'
import { scopeOf, variables } from './render.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const folder = temporaryFolder('python')

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), text)
}

write('filter_plugins/mine.py', `
from ansible.errors import AnsibleFilterError
from ansible.module_utils._text import to_text
from ansible.module_utils.six import string_types


def show(value, *args, **named):
    return '%r %r %r' % (value, args, named)


def refuse(value):
    raise AnsibleFilterError('not %s' % to_text(value))


class FilterModule(object):
    def filters(self):
        return {
            'show': show, 'refuse': refuse, 'echo': lambda value: value, 'evens': lambda value: (item for item in value if item % 2 == 0),
            'broken': lambda value: value['nothing'], 'talk': lambda value: print(value) or isinstance(value, string_types), 'keyed': lambda value: {1: value, 'a': (1, 2.0)},
        }
`)
write('core/ansible/module_utils/words.py', "WORD = 'from the installed one'\n")
write('core/ansible/utils/vars.py', "def load_extra_vars():\n    return 'extra'\n")
write('with_core/words.py', `
from ansible.errors import AnsibleFilterError, AnsibleOfTomorrow
from ansible.module_utils.words import WORD
from ansible.utils.vars import load_extra_vars, merge_hash


class FilterModule:
    def filters(self):
        return {'word': lambda value: [WORD, load_extra_vars(), merge_hash({'a': 1}, {'b': 2}), issubclass(AnsibleOfTomorrow, Exception)]}
`)
write('filter_plugins/bad.py', 'import nothing_of_that_name\n')
write('filter_plugins/__init__.py', 'raise Exception("never read")\n')
write('test_plugins/mine.py', 'class TestModule:\n    def tests(self):\n        return {"longer": lambda value, than: len(value) > than}\n')
write('lookup_plugins/seen.py', `
from ansible.plugins.lookup import LookupBase

DOCUMENTATION = """
options:
  count: { type: int, default: 2, vars: [ { name: seen_count } ] }
"""


class LookupModule(LookupBase):
    def run(self, terms, variables=None, **kwargs):
        self.set_options(var_options=variables, direct=kwargs)
        path = self.find_file_in_search_path(variables, 'files', 'note.txt')
        found = [variables.get(term, 'none') for term in self._flatten(terms)]
        return found + [self.get_option('count'), variables['hostvars']['web']['port'], 'absent' in variables, self._loader.get_text_file_contents(path)]
`)
write('lookup_plugins/whole.py', 'from ansible.plugins.lookup import LookupBase\nclass LookupModule(LookupBase):\n    def run(self, terms, variables, **kwargs):\n        return {"one": 1, "two": 2}\n')
write('files/note.txt', 'noted')
write('collections/ansible_collections/own/tools/plugins/filter/hello.py', `
from ansible_collections.own.tools.plugins.module_utils.words import HELLO


class FilterModule:
    def filters(self):
        return {'hello': lambda name: '%s, %s!' % (HELLO, name)}
`)
write('collections/ansible_collections/own/tools/plugins/module_utils/words.py', "HELLO = 'Hello'\n")

const bridge = new PythonBridge({ python: 'python3', collections: () => [join(folder, 'collections')], core: () => undefined })
const files = (['filters', 'tests', 'lookups'] as const).flatMap((kind) => pythonFiles({ kind, path: join(folder, `${kind.slice(0, -1)}_plugins`) }))
const { additions, diagnostics } = loadPython(files, bridge)
const warned: Diagnostic[] = []
const collections = new CollectionPlugins({ bridge, roots: () => [join(folder, 'collections')], warn: (diagnostic) => { warned.push(diagnostic) } })
const templar = createTemplar({ registry: createRegistry({ ...additions, find: (kind, name) => collections.find(kind, name) }), basePaths: () => [folder] })
const names = variables({ name: 'Ann', later: '{{ name }}!', hostvars: { web: { port: 80 } }, attack: '{{ 1 + 1 }}' })

const value = (source: string): string => reprOf(templar.evaluate(new TemplateString(source), scopeOf(names)))

describe('plugins in Python', () => {
  it.each([
    ["{{ [1, 2.0, (3, none), {4: true}] | show('x', a=1) }}", `"[1, 2.0, (3, None), {4: True}] ('x',) {'a': 1}"`],
    ['{{ [1, 2, 3, 4] | evens }}', '[2, 4]'],
    ["{{ 'a' | keyed }}", "{1: 'a', 'a': [1, 2.0]}"],
    ["{{ 12345678901234567890123 | echo }} {{ 8.0 | echo }} {{ 'ä\\u2028' | echo }}", "'12345678901234567890123 8.0 ä\\\\u2028'"],
    ["{{ {'__proto__': {'polluted': 1}, '~': 1} | echo }}", "{'__proto__': {'polluted': 1}, '~': 1}"],
    ["{{ 'to standard output' | talk }}", 'True'],
    ["{{ 'abc' is longer(2) }} {{ 'abc' is longer(3) }}", "'True False'"],
    ["{{ ['a', 'abc'] | select('longer', 1) }}", "['abc']"],
    ["{{ query('seen', 'name', 'later', 'nope') }}", "['Ann', 'Ann!', 'none', 2, 80, False, 'noted']"],
    ["{{ query('seen', count='5') }}", "[5, 80, False, 'noted']"],
    ["{{ query('whole') }} {{ lookup('whole') }}", `"{'one': 1, 'two': 2} one,two"`],
    ["{{ 'Ann' | own.tools.hello }}", "'Hello, Ann!'"],
    ['{{ attack | echo }}', '2'],
    ["{{ '{' ~ '{ 1 + 1 }}' | echo }}", "'{{ 1 + 1 }}'"],
  ])('%s', (source, expected) => {
    expect(value(source)).toBe(expected)
  })

  it('fail in their own words', () => {
    expect(() => value("{{ 'so' | refuse }}")).toThrow(/^not so$/)
    expect(() => value('{{ {} | broken }}')).toThrow("KeyError: 'nothing'")
    expect(() => value("{{ 'x' | own.tools.missing }}")).toThrow("cannot find a filter named 'own.tools.missing'")
  })

  it('that cannot be loaded are left out with a warning', () => {
    expect(diagnostics.map(({ summary }) => summary)).toEqual([expect.stringMatching(/Skipping filter plugins in .*bad\.py as it seems to be invalid: ModuleNotFoundError: No module named 'nothing_of_that_name'/)])
    expect(warned).toEqual([])
  })

  it('take from an installed ansible-core what is not here', () => {
    const own = new PythonBridge({ python: 'python3', collections: () => [], core: () => join(folder, 'core/ansible') })
    const loaded = loadPython(pythonFiles({ kind: 'filters', path: join(folder, 'with_core') }), own)
    expect(loaded.diagnostics).toEqual([])
    const result = createTemplar({ registry: createRegistry(loaded.additions) }).evaluate(new TemplateString('{{ 1 | word }}'), scopeOf({}))
    expect(reprOf(result)).toBe("['from the installed one', 'extra', {'a': 1, 'b': 2}, True]")
  })

  it.each(['own.tools./../../../../../../evil', 'own.tools../evil', '../evil', 'own.tools.hello\0', 'own..hello', 'own.tools.', 'own.tools.__proto__.constructor', 'ansible.builtin.evil', '/evil'])('are not found by the name %j', (name) => {
    write('evil.py', 'raise SystemExit("read")')
    expect(() => templar.evaluate(new TemplateString('{{ [1] | map(name) | list }}'), scopeOf({ name }))).toThrow('annot find a filter named')
  })

  it('say so when there is no Python', () => {
    const none = loadPython(files.slice(0, 1), new PythonBridge({ python: '/nowhere/python3', collections: () => [], core: () => undefined }))
    expect(none.diagnostics[0]?.summary).toContain('Cannot start /nowhere/python3')
  })
})
