import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { loadSecrets, type SecretRequest } from '../../src/vault/load-secrets.ts'
import { Vault } from '../../src/vault/vault.ts'
import { VaultSecret } from '../../src/vault/vault-secret.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

let folder = ''

beforeAll(() => {
  folder = temporaryFolder('secrets')
  mkdirSync(join(folder, 'folder'))
  put('plain', '  first\n\n')
  put('second', 'second')
  put('empty', '\n')
  put('program.sh', '#!/bin/sh\nprintf "from program\\n"\n', 0o755)
  put('broken.sh', '#!/bin/sh\nexit 3\n', 0o755)
  put('no-program', 'just text', 0o755)
  put('ring-client.sh', '#!/bin/sh\n[ "$2" = known ] || { echo "never heard of $2" >&2; exit 2; }\necho "$1 $2"\n', 0o755)
  put('encrypted', new Vault({ secrets: [] }).encrypt(Buffer.from('third\n'), new VaultSecret('a', 'second'), undefined))
})

function put(name: string, text: string, mode = 0o600): void {
  writeFileSync(join(folder, name), text)
  chmodSync(join(folder, name), mode)
}

interface Loaded {
  readonly secrets: readonly (readonly [string, string])[]
  readonly warnings: readonly string[]
  readonly questions: readonly string[]
}

async function load(given: Partial<SecretRequest>, answers: readonly string[] = []): Promise<Loaded> {
  const [warnings, questions]: [string[], string[]] = [[], []]
  const left = [...answers]
  const secrets = await loadSecrets({
    identities: [], passwordFiles: [], ask: false, askOtherwise: false, defaultLabel: 'default', isNew: false,
    prompt: (question) => { questions.push(question); return Promise.resolve(left.shift() ?? '') },
    warn: (message) => { warnings.push(message) },
    ...given,
  })
  return { secrets: secrets.map((secret) => [secret.label, Buffer.from(secret.password()).toString()]), warnings, questions }
}

const at = (name: string): string => join(folder, name)

describe('loadSecrets', () => {
  it('reads files and programs, those with labels first', async () => {
    const { secrets } = await load({ identities: [`prod@${at('second')}`, at('program.sh')], passwordFiles: [at('plain')] })
    expect(secrets).toEqual([['prod', 'second'], ['default', 'from program'], ['default', 'first']])
  })

  it('tells the label to programs that are named as clients', async () => {
    expect((await load({ identities: [`known@${at('ring-client.sh')}`] })).secrets).toEqual([['known', '--vault-id known']])
    await expect(load({ identities: [`other@${at('ring-client.sh')}`] })).rejects.toThrow('did not find a secret for vault-id=other: never heard of other')
  })

  it('opens a password file that is encrypted with an earlier password', async () => {
    expect((await load({ identities: [at('second'), `b@${at('encrypted')}`] })).secrets).toEqual([['default', 'second'], ['b', 'third']])
    await expect(load({ identities: [at('encrypted')] })).rejects.toThrow('Attempting to decrypt but no vault secrets found')
  })

  it('asks, in the words of ansible-vault', async () => {
    expect((await load({ ask: true }, ['typed'])).questions).toEqual(['Vault password: '])
    const { secrets, questions } = await load({ identities: ['prod@prompt'] }, [' typed '])
    expect([secrets, questions]).toEqual([[['prod', 'typed']], ['Vault password (prod): ']])
    expect((await load({ askOtherwise: true, isNew: true }, ['a', 'a'])).questions).toEqual(['New Vault password: ', 'Confirm New Vault password: '])
    await expect(load({ ask: true, isNew: true }, ['a', 'b'])).rejects.toThrow('Passwords do not match')
    await expect(load({ ask: true }, [''])).rejects.toThrow('Invalid vault password was provided')
  })

  it('asks only where nothing is given', async () => {
    expect((await load({ askOtherwise: true, passwordFiles: [at('plain')] })).questions).toEqual([])
    expect(await load({})).toEqual({ secrets: [], warnings: [], questions: [] })
  })

  it('warns of what does not work while something else does', async () => {
    const { secrets, warnings } = await load({ identities: [`id1@${at('nowhere')}`, `id2@${at('empty')}`, `id3@${at('plain')}`] })
    expect(secrets).toEqual([['id3', 'first']])
    expect(warnings).toEqual([
      `Error getting vault password file (id1): The vault password file ${at('nowhere')} was not found`,
      `Error in vault password file loading (id2): Invalid vault password was provided from file (${at('empty')})`,
    ])
  })

  it.each([
    ['folder', 'can not be a directory'],
    ['broken.sh', 'returned non-zero (3)'],
    ['no-program', 'returned non-zero (127)'],
    ['empty', 'Invalid vault password was provided from file'],
  ])('fails where nothing works: %s', async (name, message) => {
    await expect(load({ passwordFiles: [at(name)] })).rejects.toThrow(message)
  })

  it('refuses labels that would break the header', async () => {
    await expect(load({ identities: [`a;b@${at('plain')}`] })).rejects.toThrow("'a;b")
  })
})
