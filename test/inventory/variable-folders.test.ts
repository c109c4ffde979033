import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { foldersOfSources, readVariableFolder } from '../../src/inventory/variable-folders.ts'
import { inFolder } from '../support/case-files.ts'

describe('readVariableFolder', () => {
  it('reads files and folders of group_vars and host_vars', async () => {
    const files = {
      'group_vars/all/a.yml': 'a: 1\n', 'group_vars/all/b/c.yaml': 'a: 2\n', 'group_vars/all/plain': 'c: 3\n', 'group_vars/all/x.txt': 'no: 1\n', 'group_vars/all/.h.yml': 'no: 1\n',
      'group_vars/web': 'x: bare\n', 'group_vars/web.yml': 'x: yml\n', 'group_vars/db.json': '{"y": 1}', 'group_vars/old.yml~': 'no: 1\n', 'host_vars/h.example.com.yml': 'z: 1\n',
    }
    await inFolder(files, (folder) => {
      const { value: { groups, hosts }, diagnostics } = readVariableFolder(folder)
      expect([...groups].map(([name, dict]) => [name, Object.fromEntries(dict as Map<string, unknown>)])).toEqual([['all', { a: 2, c: 3 }], ['db', { y: 1 }], ['web', { x: 'bare' }]])
      expect([...hosts.keys()]).toEqual(['h.example.com'])
      expect(diagnostics.map(({ code }) => code)).toEqual(['shadowed-variables'])
      return Promise.resolve()
    })
  })

  it('misses the password of a file only when its variables are asked for', async () => {
    await inFolder({ 'group_vars/prod.yml': '$ANSIBLE_VAULT;1.1;AES256\n6162\n', 'group_vars/all.yml': 'a: 1\n' }, (folder) => {
      const { value: { groups }, diagnostics } = readVariableFolder(folder)
      expect(diagnostics).toEqual([])
      expect([...groups.get('all') ?? []]).toEqual([['a', 1]])
      expect(() => groups.get('prod')).toThrow(/^Cannot decrypt .*prod\.yml: Attempting to decrypt but no vault secrets found$/)
      return Promise.resolve()
    })
  })

  it('reports what is no mapping', async () => {
    await inFolder({ 'group_vars/all.yml': '[1]\n' }, (folder) => {
      expect(readVariableFolder(folder).diagnostics).toMatchObject([{ code: 'bad-type' }])
      return Promise.resolve()
    })
  })

  it('looks beside each source, the last one first', async () => {
    await inFolder({ 'one/hosts': '', 'two/hosts': '' }, (folder) => {
      expect(foldersOfSources([join(folder, 'one'), 'a,b', join(folder, 'two/hosts')])).toEqual([join(folder, 'two'), join(folder, 'one')])
      return Promise.resolve()
    })
  })
})
