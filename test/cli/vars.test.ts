import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { temporaryFolder } from '../support/temporary-folder.ts'

const project = resolve(import.meta.dirname, '../..')
let folder: string

beforeAll(() => {
  folder = temporaryFolder('vars')
  write('inventory/hosts.ini', '[web]\nweb1 http_port=8080\n[web:vars]\ndict={"a": 1}\n')
  write('inventory/group_vars/all.yml', 'http_port: 80\nmotd: "{{ greeting }} from {{ inventory_hostname }}"\ndict: { b: 2 }\n')
  write('group_vars/web.yml', 'greeting: hello\n')
  write('vars.yml', 'from_file: 1\n')
  write('roles/nginx/defaults/main.yml', 'http_port: 8000\nworkers: 4\n')
  write('roles/nginx/tasks/main.yml', '- { name: Install, debug: { msg: x }, vars: { http_port: 9999 } }\n')
  write('site.yml', '- name: Web\n  hosts: web\n  vars: { http_port: 8443 }\n  vars_files: [vars.yml]\n  roles: [nginx]\n')
})

describe('tsplay vars', () => {
  it('shows each variable with where it is written and how many others it overrides', () => {
    const { status, out } = vars('web1')
    expect(status).toBe(0)
    expect(out.split('\n').slice(0, 1)).toEqual(['web1 · 4 variables, 2 of them set in several places'])
    expect(lines(out)).toEqual([
      'dict {"b":2} inventory/group_vars/all.yml:3 over 1',
      'greeting hello group_vars/web.yml:1',
      'http_port 8080 inventory/hosts.ini:2 over 1',
      'motd hello from web1 inventory/group_vars/all.yml:2',
    ])
  })

  it('shows one variable with everything that sets it, as a task sees it', () => {
    const { out } = vars('web1', 'http_port', '-p', 'site.yml', '--task', 'Install')
    expect(out.split('\n').map((line) => line.trim()).filter((line) => line !== '')).toEqual([
      'web1 · play Web · task Install · http_port',
      '9999',
      '● vars of the task or block  roles/nginx/tasks/main.yml:1  in force', '- { name: Install, debug: { msg: x }, vars: { http_port: 9999 } }',
      '○ vars of the play  site.yml:3  overridden', 'vars: { http_port: 8443 }',
      '○ host in the inventory  inventory/hosts.ini:2  overridden', 'web1 http_port=8080',
      '○ group_vars of all  inventory/group_vars/all.yml:1  overridden', 'http_port: 80',
      '○ defaults of role nginx  roles/nginx/defaults/main.yml:1  overridden', 'http_port: 8000',
    ])
  })

  it('sees what a play brings along: vars_files, roles, extra variables', () => {
    const { out } = vars('web1', '-p', 'site.yml', '-e', 'http_port=1')
    expect(lines(out)).toEqual([
      'dict {"b":2} inventory/group_vars/all.yml:3 over 1', 'from_file 1 vars.yml:1', 'greeting hello group_vars/web.yml:1',
      'http_port "1" --extra-vars over 4', 'motd hello from web1 inventory/group_vars/all.yml:2', 'workers 4 roles/nginx/defaults/main.yml:2',
    ])
  })

  it('prints JSON for programs', () => {
    const { out } = vars('web1', 'dict', '--json')
    expect(JSON.parse(out)).toEqual({ host: 'web1', variables: { dict: { value: { b: 2 }, origins: [
      { level: 'inventory-group_vars-all', value: { b: 2 }, file: 'inventory/group_vars/all.yml', line: 3, column: 1 },
      { level: 'inventory-group', of: 'web', value: { a: 1 }, file: 'inventory/hosts.ini', line: 4, column: 1 },
    ] } } })
  })

  it('says what dicts are merged from', () => {
    const { out } = vars('web1', 'dict', { ANSIBLE_HASH_BEHAVIOUR: 'merge' })
    expect(out).toContain('"a": 1')
    expect(out).toMatch(/● group_vars of all .* in force, merged with what follows/)
    expect(out).toMatch(/○ group web in the inventory .* merged in/)
  })

  it('names the nearest host and variable', () => {
    expect(vars('web').err).toContain("Did you mean 'web1'?")
    expect(vars('web1', 'greetin').err).toContain("Did you mean 'greeting'?")
  })
})

function vars(...words: readonly (string | Record<string, string>)[]): { readonly status: number | null, readonly out: string, readonly err: string } {
  const args = words.filter((word) => typeof word === 'string')
  const env = Object.assign({}, process.env, ...words.filter((word) => typeof word !== 'string')) as NodeJS.ProcessEnv
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', join(project, 'node_modules/tsx/dist/loader.mjs'), join(project, 'src/cli/main.ts'), 'vars', ...args, '-i', 'inventory'], { cwd: folder, encoding: 'utf8', env })
  return { status, out: stdout, err: stderr }
}

function lines(out: string): string[] {
  return out.split('\n').slice(2).map((line) => line.trim().replace(/\s+/g, ' ')).filter((line) => line !== '')
}

function write(name: string, text: string): void {
  mkdirSync(dirname(join(folder, name)), { recursive: true })
  writeFileSync(join(folder, name), text)
}
