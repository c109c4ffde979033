import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { positionAt } from '../../src/diagnostics/position.ts'
import type { Diagnostic } from '../../src/diagnostics/types.ts'
import { createLoader } from '../../src/playbook/create-loader.ts'
import { inFolder, readCases } from '../support/case-files.ts'
import { outline } from './outline.ts'

interface LoaderCase {
  readonly name: string
  readonly files: Readonly<Record<string, string>>
  readonly outline?: string
  /** `code path:line:column summary`, and a hint after ` // `. */
  readonly problems?: readonly string[]
  /** Values for names of imports. */
  readonly known?: Readonly<Record<string, string>>
  readonly rolesPath?: readonly string[]
}

const MODULES = new Set(['command', 'copy', 'debug', 'template', 'service', 'set_fact', 'ping', 'shell', 'include_tasks', 'include_role', 'import_tasks', 'import_role', 'meta', 'validate_argument_spec'])

describe('createLoader', () => {
  it.each(readCases<LoaderCase>(join(import.meta.dirname, 'cases')))('$name', async (testCase) => {
    await inFolder(testCase.files, async (folder) => {
      const loader = createLoader({
        isModule: (name) => MODULES.has(name),
        rolesPath: testCase.rolesPath?.map((path) => join(folder, path)) ?? [join(folder, 'none')],
        collectionsPath: [join(folder, 'none')],
        evaluate: ({ source }) => source.replace(/\{\{ (\w+) \}\}/g, (_, name: string) => known(testCase, name)),
      })
      const { value, diagnostics } = await loader.playbook(join(folder, 'site.yml'))
      expect(diagnostics.map((diagnostic) => problemLine(diagnostic, folder))).toEqual(testCase.problems ?? [])
      if (testCase.outline !== undefined) expect(outline(value.plays)).toBe(testCase.outline.trimEnd())
    })
  })

  it('tells errors of a file at every use, warnings once', async () => {
    await inFolder({ 'a.yml': '- debug:\n  whne: x\n  name: a\n  name: b\n', 'bad.yml': '- "x\n' }, async (folder) => {
      const loader = createLoader({ isModule: (name) => MODULES.has(name) })
      const from = { role: undefined, folder, playFolder: folder, isHandler: false, collections: [] }
      const codes = async (name: string): Promise<readonly string[]> => (await loader.tasks(name, from)).diagnostics.map(({ code }) => code)
      expect(await codes('a.yml')).toEqual(['duplicate-key', 'unknown-keyword'])
      expect(await codes('a.yml')).toEqual(['unknown-keyword'])
      expect(await codes('bad.yml')).toEqual(['yaml-syntax'])
      expect(await codes('bad.yml')).toEqual(['yaml-syntax'])
    })
  })

  it('finds groups of modules and roles in collections that Python has', async () => {
    await inFolder({ 'python/ansible_collections/acme/tools/meta/runtime.yml': 'action_groups:\n  all: [hammer]\n', 'python/ansible_collections/acme/tools/roles/web/tasks/main.yml': '- ping:\n' }, async (folder) => {
      const loader = createLoader({ collectionsPath: [join(folder, 'none')], pythonFolders: () => [join(folder, 'python')] })
      const from = { role: undefined, folder, playFolder: folder, isHandler: false, collections: [] }
      expect(loader.actionGroup('acme.tools.all', folder).actions).toEqual(['acme.tools.hammer'])
      expect((await loader.role({ name: 'acme.tools.web', parameters: new Map() }, from)).value.nodes).toHaveLength(1)
    })
  })

  it('gives an included role its handlers, dependencies and parameters', async () => {
    const files = {
      'roles/web/tasks/main.yml': '- ping:\n', 'roles/web/tasks/extra.yml': '- debug: msg=hi\n', 'roles/web/handlers/main.yml': '- name: go\n  ping:\n',
      'roles/web/meta/main.yml': 'dependencies: [base]\n', 'roles/base/tasks/main.yml': '- command: /bin/true\n',
    }
    await inFolder(files, async (folder) => {
      const from = { role: undefined, folder, playFolder: folder, isHandler: false, collections: [] }
      const { value, diagnostics } = await createLoader().role({ name: 'web', tasksFrom: 'extra', parameters: new Map([['port', 80]]) }, from)
      expect(diagnostics).toEqual([])
      expect(value.use.parameters.get('port')).toBe(80)
      expect(value.use.allowDuplicates).toBe(true)
      expect(value.use.dependencies.map(({ role }) => role.name)).toEqual(['base'])
      expect(value.handlers).toHaveLength(1)
      expect(value.nodes).toHaveLength(1)
    })
  })

  it('reads variables of a file and of a folder, later files over earlier ones', async () => {
    await inFolder({ 'vars/10.yml': 'a: 1\nb: 1\n', 'vars/deep/20.json': '{"b": 2}', 'vars/.hidden.yml': 'a: 9\n', 'one.yml': 'c: "{{ x }}"\n' }, async (folder) => {
      const loader = createLoader()
      expect([...(await loader.variables(join(folder, 'vars'))).value]).toEqual([['a', 1], ['b', 2]])
      expect([...(await loader.variables(join(folder, 'one.yml'))).value.keys()]).toEqual(['c'])
      expect((await loader.variables(join(folder, 'none.yml'))).diagnostics).toMatchObject([{ code: 'unreadable-file' }])
    })
  })

  it('reads lists of mappings where they may be', async () => {
    await inFolder({ 'list.yml': '- {a: 1, b: 1}\n- {b: 2}\n', 'wrong.yml': '- {a: 1}\n- text\n' }, async (folder) => {
      const loader = createLoader()
      expect([...(await loader.variables(join(folder, 'list.yml'), { allowList: true })).value]).toEqual([['a', 1], ['b', 2]])
      expect((await loader.variables(join(folder, 'list.yml'))).diagnostics).toMatchObject([{ code: 'bad-type' }])
      expect((await loader.variables(join(folder, 'wrong.yml'), { allowList: true })).diagnostics).toMatchObject([{ code: 'bad-type' }])
    })
  })

  it('decrypts vault files, and says when it cannot', async () => {
    await inFolder({ 'secret.yml': '$ANSIBLE_VAULT;1.1;AES256\n6162\n' }, async (folder) => {
      const path = join(folder, 'secret.yml')
      const { value } = await createLoader({ decrypt: () => 'key: hidden\n' }).variables(path)
      expect(value.get('key')).toBe('hidden')
      expect((await createLoader().variables(path)).diagnostics).toMatchObject([{ code: 'vault' }])
    })
  })
})

function known({ known: values = {} }: LoaderCase, name: string): string {
  const value = values[name]
  if (value === undefined) throw new Error(`${name} is undefined`)
  return value
}

function problemLine({ code, summary, hint, range }: Diagnostic, folder: string): string {
  const place = range === undefined ? '' : ` ${shortPath(range.file.path, folder)}:${Object.values(positionAt(range.file, range.start)).join(':')}`
  return `${code}${place} ${summary.replaceAll(/\S*tsplay-test-[^/]*\//g, '')}${hint === undefined ? '' : ` // ${hint}`}`
}

function shortPath(path: string, folder: string): string {
  return path.slice(path.indexOf(folder.slice(folder.lastIndexOf('/') + 1))).split('/').slice(1).join('/')
}
