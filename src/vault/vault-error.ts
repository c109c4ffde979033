export type VaultErrorKind = 'no-secret' | 'wrong-secret' | 'damaged' | 'not-encrypted' | 'encrypted-already' | 'bad-source' | 'bad-label' | 'unknown-label'

/** Why something cannot be encrypted or decrypted. Never holds a password or a decrypted text. */
export class VaultError extends Error {
  readonly kind: VaultErrorKind
  readonly hint: string | undefined

  constructor(kind: VaultErrorKind, message: string, hint?: string) {
    super(message)
    this.name = 'VaultError'
    this.kind = kind
    this.hint = hint
  }
}
