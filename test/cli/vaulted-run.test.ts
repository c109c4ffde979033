import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { Vault } from '../../src/vault/vault.ts'
import { VaultSecret } from '../../src/vault/vault-secret.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const program = ['--import', import.meta.resolve('tsx'), join(import.meta.dirname, '../../src/cli/main.ts'), 'run']
let folder = ''

beforeAll(() => { folder = temporaryFolder('vaulted') })

function sealed(text: string, password = 'right'): string {
  return new Vault({ secrets: [] }).encrypt(Buffer.from(text), new VaultSecret('default', password), undefined)
}

function inline(text: string, indent: string, password = 'right'): string {
  return `!vault |\n${sealed(text, password).trimEnd().split('\n').map((line) => `${indent}${line}\n`).join('')}`
}

function write(files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
}

function run(...args: readonly string[]): { readonly status: number | null, readonly text: string } {
  const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('ANSIBLE_')))
  const { status, stdout, stderr } = spawnSync(process.execPath, [...program, ...args], { cwd: folder, encoding: 'utf8', env: { ...environment, ANSIBLE_GATHERING: 'explicit' } })
  return { status, text: stdout + stderr }
}

function journalText(path = join(folder, '.tsplay')): string {
  return readdirSync(path, { withFileTypes: true }).map((entry) => entry.isDirectory() ? journalText(join(path, entry.name)) : readFileSync(join(path, entry.name), 'utf8')).join('\n')
}

describe('a run with a vault', { timeout: 60_000 }, () => {
  beforeAll(() => {
    write({
      'password': 'right\n', 'other': 'wrong\n',
      'inventory/hosts': sealed('h1 ansible_connection=local\n\n[prod]\nfar ansible_host=192.0.2.1\n'),
      'inventory/group_vars/all.yml': sealed('from_group: group value\n'),
      'inventory/host_vars/h1.yml': `from_host: ${inline('host value', '  ')}`,
      'inventory/group_vars/prod.yml': sealed('from_prod: x\n', 'nobody knows'),
      'files.yml': sealed('- from_vars_file: file value\n'),
      'extra.yml': sealed('from_extra: extra value\n'),
      'included.yml': sealed('from_included: included value\n'),
      'roles/r/tasks/main.yml': sealed('- name: role task\n  debug:\n    msg: "{{ from_role }}, {{ from_defaults }}"\n'),
      'roles/r/vars/main.yml': sealed('from_role: role value\n'),
      'roles/r/defaults/main.yml': sealed('from_defaults: default value\n'),
      'files/secret.txt': sealed('content of the file\n'), 'files/part.sh': sealed('#!/bin/sh\necho from a script: $1\n'),
      'templates/secret.j2': sealed('{{ from_group }} in a template\n'),
      'fragments/a': sealed('first fragment\n'), 'fragments/b': 'second fragment\n',
      'site.yml': `- hosts: h1
  vars:
    inline: ${inline('inline value', '      ')}
  vars_files: [files.yml]
  roles: [r]
  tasks:
    - include_vars: included.yml
    - debug: {msg: "{{ from_group }}, {{ from_host }}, {{ from_vars_file }}, {{ from_included }}, {{ from_extra }}, {{ inline }}"}
    - debug: {msg: "{{ inline is vault_encrypted }} {{ from_group is vault_encrypted }} {{ 'files/secret.txt' is vaulted_file }} {{ 'site.yml' is vaulted_file }}"}
    - debug: {msg: "{{ lookup('file', 'secret.txt') }}, {{ lookup('unvault', 'secret.txt') | trim }}, {{ lookup('template', 'secret.j2') | trim }}"}
    - copy: {src: secret.txt, dest: ${folder}/out/copied, mode: '0600'}
    - copy: {src: secret.txt, dest: ${folder}/out/sealed, mode: '0600', decrypt: no}
    - template: {src: secret.j2, dest: ${folder}/out/rendered, mode: '0600'}
    - assemble: {src: fragments, dest: ${folder}/out/assembled, remote_src: no, mode: '0600'}
    - {script: part.sh argument, register: script, changed_when: false}
    - debug: {var: script.stdout_lines}
    - command: echo {{ inline }}
      changed_when: false
    - set_fact: {kept: "{{ inline }}"}
    - copy: {content: replaced, dest: ${folder}/out/copied, mode: '0600'}
`,
    })
    mkdirSync(join(folder, 'out'))
  })

  it('decrypts whatever may be encrypted', () => {
    const { status, text } = run('site.yml', '-i', 'inventory', '-l', 'h1', '--vault-password-file', 'other', '--vault-id', 'x@password', '-e', '@extra.yml', '-vv', '--diff')
    expect(status, text).toBe(0)
    for (const shown of [
      'role value, default value', 'group value, host value, file value, included value, extra value, inline value', 'True False True False',
      'content of the file, content of the file, group value in a template', 'from a script: argument',
    ]) expect(text).toContain(shown)
    const out = (name: string) => readFileSync(join(folder, 'out', name), 'utf8')
    expect(['copied', 'rendered', 'assembled'].map(out)).toEqual(['replaced', 'group value in a template\n', 'first fragment\nsecond fragment\n'])
    expect(out('sealed')).toMatch(/^\$ANSIBLE_VAULT;1\.1;AES256\n/)
    // Only debug shows inline values; whole files that are decrypted show in no diff.
    expect(text.match(/inline value/g)).toHaveLength(1)
    expect(text).not.toMatch(/^[-+]content of the file/m)
  })

  it('keeps nothing of it in the journal', () => {
    const journal = journalText()
    for (const hidden of ['inline value', 'content of the file', 'host value']) expect(journal).not.toContain(hidden)
    expect(journal).toContain('TSPLAY-SEALED\n$ANSIBLE_VAULT;1.2;AES256;x\n')
  })

  it.each([
    [['--vault-password-file', 'other'], 'Cannot decrypt inventory/hosts: Decryption failed (no vault secrets were found that could decrypt)'],
    [[], 'Cannot decrypt inventory/hosts: Attempting to decrypt but no vault secrets found'],
    [['--vault-password-file', 'nowhere'], 'The vault password file'],
  ])('says what is missing, with the exit code of Ansible: %j', (args, message) => {
    const { status, text } = run('site.yml', '-i', 'inventory', ...args)
    expect([status, text]).toEqual([1, expect.stringContaining(message)])
  })

  it('wants the password of a group only for hosts of it', () => {
    write({ 'prod.yml': '- hosts: prod\n  connection: local\n  tasks: [{debug: {msg: "{{ from_prod }}"}}]\n' })
    const { status, text } = run('prod.yml', '-i', 'inventory', '--vault-password-file', 'password')
    expect([status, text]).toEqual([1, expect.stringContaining('Cannot decrypt inventory/group_vars/prod.yml')])
  })

  it('finds files without their password before anything is done', () => {
    write({ 'files/locked.txt': sealed('x', 'nobody knows'), 'locked.yml': '- hosts: h1\n  tasks:\n    - debug: {msg: was here}\n    - copy: {src: locked.txt, dest: /nowhere/x}\n' })
    const { status, text } = run('locked.yml', '-i', 'inventory', '--vault-password-file', 'password')
    expect([status, text]).toEqual([1, expect.stringMatching(/Cannot decrypt \S*files\/locked\.txt: Decryption failed[\s\S]*locked\.yml:4:/)])
    expect(text).not.toContain('PLAY [')
  })

  it('shows no decrypted text where it is wrong', () => {
    write({ 'broken.yml': sealed('secret: [unclosed\nother: value\n'), 'broken-site.yml': '- hosts: h1\n  vars_files: [broken.yml]\n  tasks: [{debug: {msg: here}}]\n' })
    const { status, text } = run('broken-site.yml', '-i', 'inventory', '--vault-password-file', 'password')
    expect(status).toBe(4)
    expect(text).toMatch(/broken\.yml:\d+:\d+ \(encrypted, not shown\)/)
    expect(text).not.toContain('unclosed')
  })
})
