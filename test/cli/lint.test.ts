import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { temporaryFolder } from '../support/temporary-folder.ts'

const project = resolve(import.meta.dirname, '../..')
let folder: string
beforeEach(() => { folder = temporaryFolder('lint') })

describe('tsplay lint', () => {
  it('has nothing against our own playbooks and roles', () => {
    const { status, stdout } = lint([], project)
    expect(stdout).toContain('Nothing to complain about')
    expect(status).toBe(0)
  }, 60_000)

  it('tells what a run would refuse, in playbooks, roles and files of tasks, and risky habits', () => {
    write('site.yml', '- name: A\n  hosts: web\n  roles: [app, gone]\n  tasks:\n    - name: Say it\n      debug: { mesg: x }\n    - name: Say more\n      debug: { msg: "{{ x | nosuch }}" }\n')
    write('roles/app/tasks/main.yml', '- name: List\n  command: ls\n')
    write('roles/app/tasks/extra.yml', '- name: Copy\n  copyy: { src: x }\n')
    write('roles/app/templates/a.j2', '')
    const { status, stdout } = lint(['--format', 'json'])
    const found = (JSON.parse(stdout) as { code: string, path: string, line: number }[]).map(({ code, path, line }) => `${path}:${line} ${code}`)
    expect(found).toEqual([
      'roles/app/tasks/extra.yml:2 unknown-module',
      'roles/app/tasks/main.yml:2 no-changed-when',
      'site.yml:3 missing-role',
      'site.yml:6 unknown-argument',
      'site.yml:8 unknown-filter',
    ])
    expect(status).toBe(2)
  }, 60_000)

  it('takes its settings from a file and from options', () => {
    write('site.yml', '- name: a\n  hosts: web\n  tasks:\n    - name: Say it\n      command: ls\n')
    write('.tsplay-lint.yml', 'warn_list: [no-changed-when]\n')
    expect(lint(['-x', 'name']).status).toBe(0)
    expect(lint(['--profile', 'safety', '-x', 'name']).stdout).toContain('Nothing to complain about')
    expect(lint(['--profile', 'safe']).stderr).toContain("Did you mean 'safety'?")
    expect(lint(['--list-rules']).stdout).toMatch(/^no-changed-when +shared +/m)
  }, 60_000)
})

function write(name: string, text: string): void {
  mkdirSync(dirname(join(folder, name)), { recursive: true })
  writeFileSync(join(folder, name), text)
}

function lint(args: readonly string[], cwd = folder): { readonly status: number | null, readonly stdout: string, readonly stderr: string } {
  const loader = join(project, 'node_modules/tsx/dist/loader.mjs')
  return spawnSync(process.execPath, ['--import', loader, join(project, 'src/cli/main.ts'), 'lint', ...args], { cwd, encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' } })
}
