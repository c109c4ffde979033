import { readFileSync } from 'node:fs'
import { VaultString } from '../value/vault-string.ts'
import { isVaultText } from '../vault/envelope.ts'
import { VaultError } from '../vault/vault-error.ts'
import { noSecret } from '../vault/vault.ts'
import { TemplateError } from './template-error.ts'

/** Opens a vault value or file. */
export type Decrypt = (secret: VaultString | Buffer) => string

/** Reads what may be encrypted; that it cannot be opened is an error of the template that needs it. */
export class SecretReader {
  readonly #decrypt: Decrypt | undefined

  constructor(decrypt: Decrypt | undefined) {
    this.#decrypt = decrypt
  }

  value(secret: VaultString): string {
    return this.#opened(secret, 'Cannot decrypt a vault value')
  }

  /** A file of the control host, decrypted if it is encrypted. */
  file(path: string): string {
    const bytes = readFileSync(path)
    return isVaultText(bytes) ? this.#opened(bytes, `Cannot decrypt ${path}`) : bytes.toString('utf8')
  }

  #opened(secret: VaultString | Buffer, what: string): string {
    try {
      if (this.#decrypt === undefined) throw noSecret()
      return this.#decrypt(secret)
    } catch (error) {
      if (!(error instanceof VaultError)) throw error
      throw new TemplateError({ code: 'vault', summary: `${what}: ${error.message}`, hint: error.hint, range: secret instanceof VaultString ? secret.range : undefined })
    }
  }
}
