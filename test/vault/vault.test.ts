import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { chooseSecret } from '../../src/vault/choose-secret.ts'
import { isVaultText } from '../../src/vault/envelope.ts'
import { Vault } from '../../src/vault/vault.ts'
import { VaultError } from '../../src/vault/vault-error.ts'
import { VaultSecret } from '../../src/vault/vault-secret.ts'

const right = new VaultSecret('default', 'correct horse')
const wrong = new VaultSecret('other', 'battery staple')
const text = encrypted('the launch code\n')

interface Attempt {
  readonly given: string
  readonly secrets: readonly VaultSecret[]
}

function encrypted(plain: string, label?: string, secret = right): string {
  return new Vault({ secrets: [] }).encrypt(Buffer.from(plain), secret, label)
}

function failure(run: () => unknown): VaultError {
  try {
    run()
  } catch (error) {
    if (error instanceof VaultError) return error
  }
  throw new Error('it did not fail as it should')
}

describe('Vault', () => {
  it.each(['', 'x', 'exactly sixteen!', 'größer 🔐\n'.repeat(300)])('gives back what it encrypted: %j', (plain) => {
    expect(new Vault({ secrets: [right] }).decrypt(encrypted(plain)).toString()).toBe(plain)
  })

  it('gives back bytes that are no text', () => {
    const bytes = Buffer.from([0, 255, 10, 13, 128])
    expect(new Vault({ secrets: [right] }).decrypt(new Vault({ secrets: [] }).encrypt(bytes, right, undefined))).toEqual(bytes)
  })

  it('writes format 1.1 without a label or with the default one, 1.2 with another, in lines of 80', () => {
    expect(text.split('\n')[0]).toBe('$ANSIBLE_VAULT;1.1;AES256')
    expect(encrypted('x', 'default').split('\n')[0]).toBe('$ANSIBLE_VAULT;1.1;AES256')
    expect(encrypted('x', 'prod').split('\n')[0]).toBe('$ANSIBLE_VAULT;1.2;AES256;prod')
    expect(text.split('\n').slice(1, -2).every((line) => line.length === 80)).toBe(true)
    expect(text.endsWith('\n')).toBe(true)
  })

  it('encrypts differently each time, and always the same with a salt', () => {
    expect(encrypted('x')).not.toBe(encrypted('x'))
    const salted = new Vault({ secrets: [], salt: 'salty' })
    expect(salted.encrypt(Buffer.from('x'), right, undefined)).toBe(salted.encrypt(Buffer.from('x'), right, undefined))
  })

  it('reads indented text, and text with other line ends', () => {
    const vault = new Vault({ secrets: [right] })
    expect(vault.decrypt(text.replaceAll('\n', '\n    ')).toString()).toBe('the launch code\n')
    expect(vault.decrypt(text.replaceAll('\n', '\r\n')).toString()).toBe('the launch code\n')
  })

  it('tries every secret, whatever its label', () => {
    expect(new Vault({ secrets: [wrong, right] }).decrypt(encrypted('x', 'prod')).toString()).toBe('x')
  })

  it('tries only those of the label where that is asked for', () => {
    const labelled = encrypted('x', 'prod')
    expect(failure(() => new Vault({ secrets: [right], matchLabel: true }).decrypt(labelled))).toMatchObject({ kind: 'wrong-secret', hint: expect.stringContaining("'prod'") as string })
    expect(new Vault({ secrets: [new VaultSecret('prod', 'correct horse')], matchLabel: true }).decrypt(labelled).toString()).toBe('x')
  })

  it('tells which secret and label something was opened with', () => {
    expect(new Vault({ secrets: [wrong, right] }).open(encrypted('x', 'prod'))).toMatchObject({ label: 'prod', secret: right })
  })

  it.each<readonly [string, Attempt, string]>([
    ['no secret', { given: text, secrets: [] }, 'Attempting to decrypt but no vault secrets found'],
    ['another password', { given: text, secrets: [wrong] }, 'Decryption failed (no vault secrets were found that could decrypt)'],
    ['text that was cut', { given: text.slice(0, -2), secrets: [right] }, 'Vault format unhexlify error: Odd-length string'],
    ['text that is no hexadecimal', { given: text.replace(/\n./, '\nx'), secrets: [right] }, 'Vault format unhexlify error: Non-hexadecimal digit found'],
    ['text without its end', { given: `${text.split('\n').slice(0, 2).join('\n')}\n`, secrets: [right] }, 'Vault vaulttext format error: salt, HMAC and ciphertext are not all there'],
    ['another cipher', { given: text.replace('AES256', 'AES'), secrets: [right] }, 'Vault envelope format error: AES cipher could not be found'],
    ['a header without a cipher', { given: '$ANSIBLE_VAULT;1.1\n00', secrets: [right] }, "Vault envelope format error: '$ANSIBLE_VAULT;1.1' is not of the form $ANSIBLE_VAULT;1.1;AES256"],
    ['plain text', { given: 'hello', secrets: [right] }, 'input is not vault encrypted data'],
  ])('says why it cannot decrypt: %s', (_name, { given, secrets }, message) => {
    expect(failure(() => new Vault({ secrets }).decrypt(given)).message).toBe(message)
  })

  it('refuses text that was changed', () => {
    const lines = text.split('\n')
    const last = lines.at(-2) ?? ''
    lines[lines.length - 2] = last.slice(0, -1) + (last.endsWith('3') ? '4' : '3')
    expect(failure(() => new Vault({ secrets: [right] }).decrypt(lines.join('\n'))).kind).toBe('wrong-secret')
  })

  it('does not encrypt twice', () => {
    expect(failure(() => encrypted(text)).message).toBe('input is already encrypted')
  })

  it('shows no password', () => {
    const refused = failure(() => new Vault({ secrets: [right] }).decrypt(encrypted('x', 'prod', wrong)))
    for (const shown of [inspect(right, { depth: 9 }), JSON.stringify(right), inspect(refused, { depth: 9 })]) expect(shown).not.toContain('horse')
  })
})

describe('isVaultText', () => {
  it.each([[text, true], [Buffer.from(text), true], ['', false], [Buffer.from('$ANSIBLE'), false], [' $ANSIBLE_VAULT;', false]])('%#', (given, expected) => {
    expect(isVaultText(given)).toBe(expected)
  })
})

describe('chooseSecret', () => {
  it('takes that of a label, else the first, and names the labels it knows', () => {
    expect(chooseSecret([wrong, right], 'default')).toBe(right)
    expect(chooseSecret([wrong, right], undefined)).toBe(wrong)
    expect(failure(() => chooseSecret([wrong, right], 'prod')).message).toBe("Did not find a match for --encrypt-vault-id=prod in the known vault-ids ['other', 'default']")
  })
})
