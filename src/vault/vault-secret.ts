/** A password and the label (vault id) that people know it by. Printing one shows the label only. */
export class VaultSecret {
  readonly label: string
  readonly #password: Uint8Array

  constructor(label: string, password: Uint8Array | string) {
    this.label = label
    this.#password = typeof password === 'string' ? Buffer.from(password, 'utf8') : password
  }

  password(): Uint8Array {
    return this.#password
  }
}
