import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { Vault } from '../../src/vault/vault.ts'
import { VaultSecret } from '../../src/vault/vault-secret.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const PLAIN = 'user: café\npassword: "{{ not_a_template }}"\n'
const secret = new VaultSecret('prod', 'pass wörd')
let folder = ''

beforeAll(() => {
  folder = temporaryFolder('vault')
  writeFileSync(join(folder, 'ansible.cfg'), '[defaults]\n')
  writeFileSync(join(folder, 'password'), 'pass wörd\n')
})

function ansibleVault(...args: readonly string[]): string {
  return execFileSync('ansible-vault', args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ANSIBLE_CONFIG: 'ansible.cfg' } })
}

describe("Debian's ansible-vault", { timeout: 60_000 }, () => {
  it.each([['1.1', 'default@password'], ['1.2', 'prod@password']])('writes format %s, which is read', (format, identity) => {
    writeFileSync(join(folder, 'theirs'), PLAIN)
    ansibleVault('encrypt', '--vault-id', identity, 'theirs')
    const text = readFileSync(join(folder, 'theirs'), 'utf8')
    expect(text).toMatch(new RegExp(`^\\$ANSIBLE_VAULT;${format};AES256`))
    expect(new Vault({ secrets: [secret] }).decrypt(text).toString('utf8')).toBe(PLAIN)
  })

  it.each([['1.1', undefined], ['1.2', 'prod']])('reads format %s, as it is written here', (_format, label) => {
    writeFileSync(join(folder, 'ours'), new Vault({ secrets: [] }).encrypt(Buffer.from(PLAIN), secret, label))
    expect(ansibleVault('view', '--vault-id', 'prod@password', 'ours')).toContain(PLAIN.trimEnd())
  })

})
