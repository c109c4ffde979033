import type { SourceRange } from '../diagnostics/types.ts'

/** An encrypted value: decrypted only when it is used, and masked wherever it is shown. */
export class VaultString {
  readonly ciphertext: string
  readonly range: SourceRange | undefined

  constructor(ciphertext: string, range?: SourceRange) {
    this.ciphertext = ciphertext
    this.range = range
  }
}
