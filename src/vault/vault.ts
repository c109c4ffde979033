import { decryptAes256, encryptAes256, parseSealed, type Sealed } from './aes256.ts'
import { isVaultText, openEnvelope, sealEnvelope } from './envelope.ts'
import { VaultError } from './vault-error.ts'
import type { VaultSecret } from './vault-secret.ts'

export interface VaultOptions {
  /** Tried in this order, those with the label of the text first. */
  readonly secrets: readonly VaultSecret[]
  /** Whether a text is tried with secrets of its own label only (`vault_id_match`). */
  readonly matchLabel?: boolean
  /** Used for every encryption instead of a random one (`vault_encrypt_salt`). */
  readonly salt?: string
  /** The label of texts that have none (`vault_identity`). */
  readonly defaultLabel?: string
}

/** Decrypted content, with what it takes to encrypt it again in the same way. */
export interface Opened {
  readonly plain: Buffer
  readonly label: string | undefined
  readonly secret: VaultSecret
}

/** Encrypts and decrypts with the secrets of one run. Each text is decrypted once. */
export class Vault {
  readonly #options: VaultOptions
  readonly #opened = new Map<string, Opened>()

  constructor(options: VaultOptions) {
    this.#options = options
  }

  decrypt(text: string | Uint8Array): Buffer {
    return this.open(text).plain
  }

  open(text: string | Uint8Array): Opened {
    const envelope = typeof text === 'string' ? text : Buffer.from(text).toString('utf8')
    const opened = this.#opened.get(envelope) ?? this.#open(envelope)
    this.#opened.set(envelope, opened)
    return opened
  }

  encrypt(plain: Uint8Array, secret: VaultSecret, label: string | undefined): string {
    if (isVaultText(plain)) throw new VaultError('encrypted-already', 'input is already encrypted', 'To change the password, use rekey')
    const { salt } = this.#options
    return sealEnvelope(encryptAes256(plain, secret.password(), salt === undefined || salt === '' ? undefined : Buffer.from(salt, 'utf8')), label)
  }

  #open(text: string): Opened {
    const { label, body } = openEnvelope(text)
    if (this.#options.secrets.length === 0) throw noSecret()
    const sealed = parseSealed(body)
    return this.#try(sealed, label) ?? this.#refuse(label)
  }

  #try(sealed: Sealed, label: string | undefined): Opened | undefined {
    for (const secret of this.#candidates(label)) {
      const plain = decryptAes256(sealed, secret.password())
      if (plain !== undefined) return { plain, label, secret }
    }
    return undefined
  }

  #candidates(label: string | undefined): readonly VaultSecret[] {
    const { secrets, matchLabel, defaultLabel = 'default' } = this.#options
    const own = secrets.filter((secret) => secret.label === (label ?? defaultLabel))
    return matchLabel === true ? own : [...own, ...secrets.filter((secret) => !own.includes(secret))]
  }

  #refuse(label: string | undefined): never {
    const labels = [...new Set(this.#options.secrets.map((secret) => `'${secret.label}'`))].join(', ')
    const wanted = label === undefined ? '' : `It was encrypted for the vault id '${label}'. `
    const isLimited = this.#options.matchLabel === true && this.#candidates(label).length === 0
    throw new VaultError(
      'wrong-secret',
      'Decryption failed (no vault secrets were found that could decrypt)',
      isLimited ? `${wanted}No secret of that id is given, and vault_id_match allows no other` : `${wanted}Tried the secrets of ${labels}: the password is another one, or the text was changed`,
    )
  }
}

/** Something is encrypted and no password was given at all. */
export function noSecret(): VaultError {
  return new VaultError('no-secret', 'Attempting to decrypt but no vault secrets found', 'Give the password by --vault-password-file FILE, --vault-id LABEL@FILE or --ask-vault-pass')
}
