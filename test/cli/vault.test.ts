import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { VaultAction } from '../../src/cli/vault/actions.ts'
import { vaultCommand } from '../../src/cli/vault/vault-command.ts'
import type { VaultActionFlags } from '../../src/cli/vault/vault-job.ts'
import { Vault } from '../../src/vault/vault.ts'
import { VaultSecret } from '../../src/vault/vault-secret.ts'
import type { Value } from '../../src/value/value.ts'
import { VaultString } from '../../src/value/vault-string.ts'
import { parseYaml } from '../../src/yaml/parse-yaml.ts'
import { valueOf } from '../../src/yaml/value-of.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const PLAIN = 'password: hunter2\n'
const before = { ...process.env }
let folder = ''

beforeAll(() => {
  folder = temporaryFolder('vault-cli')
  for (const name of Object.keys(process.env)) if (name.startsWith('ANSIBLE_')) Reflect.deleteProperty(process.env, name)
  process.env['ANSIBLE_CONFIG'] = put('ansible.cfg', '[defaults]\n')
  process.env['TMPDIR'] = folder
  put('old', 'old password\n')
  put('new', 'new password\n')
  put('editor.sh', '#!/bin/sh\necho "editor: yes" >> "$1"\ncp "$1" "$1~"\nls -l "$1" > "$(dirname "$0")/seen"\n', 0o755)
  put('no-editor.sh', '#!/bin/sh\n[ "$1" ] && exit 3\n', 0o755)
})
beforeEach(() => { process.env['EDITOR'] = at('editor.sh') })
afterAll(() => { process.env = before })

const at = (name: string): string => join(folder, name)
const OLD: VaultActionFlags = { get vaultPasswordFile() { return [at('old')] } }

function put(name: string, text: string, mode = 0o640): string {
  writeFileSync(at(name), text)
  chmodSync(at(name), mode)
  return at(name)
}

function run(action: VaultAction, files: readonly string[], flags: VaultActionFlags = OLD): Promise<number> {
  return vaultCommand(action, files, flags)
}

function plainOf(path: string, password: string): string {
  return new Vault({ secrets: [new VaultSecret('default', password)] }).decrypt(readFileSync(path)).toString()
}

function headerOf(path: string): string {
  return readFileSync(path, 'utf8').split('\n')[0] ?? ''
}

async function encrypted(name: string, flags: VaultActionFlags = OLD): Promise<string> {
  const path = put(name, PLAIN)
  await run('encrypt', [path], flags)
  return path
}

describe('tsplay vault', () => {
  it('encrypts and decrypts files in place, and keeps their mode', async () => {
    const path = await encrypted('file.yml')
    expect([headerOf(path), plainOf(path, 'old password'), statSync(path).mode & 0o777]).toEqual(['$ANSIBLE_VAULT;1.1;AES256', PLAIN, 0o640])
    expect(await run('decrypt', [path])).toBe(0)
    expect([readFileSync(path, 'utf8'), statSync(path).mode & 0o777]).toEqual([PLAIN, 0o640])
    expect(readdirSync(folder).filter((name) => name.startsWith('.'))).toEqual([])
  })

  it('leaves a link as it is, and encrypts what it points to', async () => {
    put('target.yml', PLAIN)
    symlinkSync(at('target.yml'), at('link.yml'))
    await run('encrypt', [at('link.yml')])
    expect(plainOf(at('target.yml'), 'old password')).toBe(PLAIN)
    expect(readdirSync(folder, { withFileTypes: true }).find(({ name }) => name === 'link.yml')?.isSymbolicLink()).toBe(true)
  })

  it('writes elsewhere when told to, for its owner only', async () => {
    const path = put('kept.yml', PLAIN)
    await run('encrypt', [path], { ...OLD, output: at('output.yml') })
    expect([readFileSync(path, 'utf8'), plainOf(at('output.yml'), 'old password'), statSync(at('output.yml')).mode & 0o777]).toEqual([PLAIN, PLAIN, 0o600])
  })

  it('writes the label, and wants to know it where there are several', async () => {
    const both = { vaultId: [`a@${at('old')}`, `b@${at('new')}`] }
    expect(headerOf(await encrypted('labelled.yml', { ...both, encryptVaultId: 'b' }))).toBe('$ANSIBLE_VAULT;1.2;AES256;b')
    await expect(run('encrypt', [put('which.yml', PLAIN)], both)).rejects.toMatchObject({ diagnostics: [{ code: 'bad-options' }], message: expect.stringContaining('a,b are available to encrypt') as string })
    await expect(run('encrypt', [put('which.yml', PLAIN)], { ...both, encryptVaultId: 'c' })).rejects.toThrow("Did not find a match for --encrypt-vault-id=c in the known vault-ids ['a', 'b']")
    expect(readFileSync(at('which.yml'), 'utf8')).toBe(PLAIN)
  })

  it('gives files another password', async () => {
    const path = await encrypted('rekeyed.yml')
    await run('rekey', [path], { ...OLD, newVaultPasswordFile: at('new') })
    expect(plainOf(path, 'new password')).toBe(PLAIN)
    await run('rekey', [path], { vaultPasswordFile: [at('new')], newVaultId: `prod@${at('old')}` })
    expect([headerOf(path), plainOf(path, 'old password')]).toEqual(['$ANSIBLE_VAULT;1.2;AES256;prod', PLAIN])
  })

  it('changes no file when one of them cannot be opened', async () => {
    const [good, bad] = [await encrypted('good.yml'), put('bad.yml', PLAIN)]
    await expect(run('rekey', [good, bad], { ...OLD, newVaultPasswordFile: at('new') })).rejects.toThrow(`input is not vault encrypted data for ${bad}`)
    expect(plainOf(good, 'old password')).toBe(PLAIN)
  })

  it('lets files be edited in private, with their label kept and nothing left behind', async () => {
    const path = await encrypted('edited.yml', { vaultId: [`prod@${at('old')}`] })
    await run('edit', [path])
    expect([headerOf(path), plainOf(path, 'old password')]).toEqual(['$ANSIBLE_VAULT;1.2;AES256;prod', `${PLAIN}editor: yes\n`])
    expect(readFileSync(at('seen'), 'utf8')).toMatch(/^-rw------- .*\.yml$/m)
    expect(readdirSync(folder).filter((name) => name.startsWith('tsplay-vault-'))).toEqual([])
  })

  it('leaves the file alone when nothing was changed, or the editor fails', async () => {
    const path = await encrypted('untouched.yml')
    const text = readFileSync(path, 'utf8')
    process.env['EDITOR'] = 'true'
    await run('edit', [path])
    process.env['EDITOR'] = at('no-editor.sh')
    await expect(run('edit', [path])).rejects.toThrow('ended with 3')
    expect(readFileSync(path, 'utf8')).toBe(text)
    expect(readdirSync(folder).filter((name) => name.startsWith('tsplay-vault-'))).toEqual([])
  })

  it('creates files, but none that are there', async () => {
    await run('create', [at('deep/er/created.yml')], { ...OLD, skipTtyCheck: true })
    expect(plainOf(at('deep/er/created.yml'), 'old password')).toBe('editor: yes\n')
    await expect(run('create', [at('deep/er/created.yml')], { ...OLD, skipTtyCheck: true })).rejects.toThrow("exists, please use 'edit' instead")
  })

  it('encrypts texts as YAML values', async () => {
    await run('encrypt_string', ['first', 'second\n', 'third'], { ...OLD, name: ['a', 'b'], output: at('strings') })
    const text = readFileSync(at('strings'), 'utf8')
    expect(text).toMatch(/^a: !vault \|\n {10}\$ANSIBLE_VAULT;1\.1;AES256\n {10}[0-9a-f]{80}\n/)
    const { value } = parseYaml({ path: 'strings', text: text.slice(0, text.lastIndexOf('!vault')) })
    const values = value === undefined ? new Map<Value, Value>() : valueOf(value)
    const vault = new Vault({ secrets: [new VaultSecret('default', 'old password')] })
    const plain = values instanceof Map ? [...values].map(([name, item]) => [name, item instanceof VaultString && vault.decrypt(item.ciphertext).toString()]) : []
    expect(plain).toEqual([['a', 'first'], ['b', 'second\n']])
  })

  it.each<readonly [string, VaultAction, readonly string[], string]>([
    ['one file at most with an output', 'encrypt', ['a', 'b'], 'At most one input file'],
    ['a file name for create', 'create', [], 'can take only one filename'],
    ['a text that is not empty', 'encrypt_string', [''], 'was empty, not encrypting'],
  ])('wants %s', async (...[, action, files, message]) => {
    await expect(run(action, files, { ...OLD, output: at('none') })).rejects.toMatchObject({ diagnostics: [{ code: 'bad-options' }], message: expect.stringContaining(message) as string })
  })

  it('says what is wrong, without the password', async () => {
    const path = await encrypted('secret.yml')
    await expect(run('decrypt', [path], { vaultPasswordFile: [at('new')] })).rejects.toMatchObject({
      diagnostics: [{ code: 'vault', summary: `Decryption failed (no vault secrets were found that could decrypt) for ${path}`, hint: expect.not.stringContaining('new password') as string }],
    })
    await expect(run('encrypt', [path])).rejects.toThrow('input is already encrypted')
    await expect(run('view', [at('nowhere')])).rejects.toThrow('Unable to read source file')
  })
})

describe('tsplay vault as a program', { timeout: 60_000 }, () => {
  const program = ['--import', import.meta.resolve('tsx'), join(import.meta.dirname, '../../src/cli/main.ts'), 'vault']

  it('works in pipes, and with ansible-vault at the other end', () => {
    const text = execFileSync(process.execPath, [...program, 'encrypt', '--vault-id', `prod@${at('old')}`], { input: PLAIN })
    expect(execFileSync('ansible-vault', ['decrypt', '--vault-id', at('old'), '--output', '-'], { input: text, cwd: folder, stdio: ['pipe', 'pipe', 'ignore'] }).toString()).toBe(PLAIN)
    expect(execFileSync(process.execPath, [...program, 'view', '-', '--vault-password-file', at('old')], { input: text }).toString()).toBe(PLAIN)
  })

  it('takes the password from standard input where there is no terminal, and ends as ansible-vault does', () => {
    const path = put('asked.yml', new Vault({ secrets: [] }).encrypt(Buffer.from(PLAIN), new VaultSecret('default', 'old password'), undefined))
    const asked = (input: string) => spawnSync('setsid', ['-w', process.execPath, ...program, 'view', '--ask-vault-pass', path], { input, encoding: 'utf8' })
    expect(asked('old password\n')).toMatchObject({ status: 0, stdout: PLAIN })
    expect(asked('wrong\n')).toMatchObject({ status: 1, stdout: '' })
    expect(asked('')).toMatchObject({ status: 1, stdout: '' })
    const both = ['rekey', '--vault-password-file', at('old'), '--new-vault-id', 'x', '--new-vault-password-file', at('new'), path]
    expect(spawnSync(process.execPath, [...program, ...both]).status).toBe(2)
  })
})
