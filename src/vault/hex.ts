import { VaultError } from './vault-error.ts'

/** Bytes of hexadecimal text. What is wrong with it is said in the words that scripts around ansible-vault look for. */
export function fromHex(text: string): Buffer {
  if (text.length % 2 === 1) throw damaged('Odd-length string')
  if (/[^0-9A-Fa-f]/.test(text)) throw damaged('Non-hexadecimal digit found')
  return Buffer.from(text, 'hex')
}

export function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}

function damaged(reason: string): VaultError {
  return new VaultError('damaged', `Vault format unhexlify error: ${reason}`, 'The encrypted text was cut or changed: take it anew from where it was encrypted')
}
