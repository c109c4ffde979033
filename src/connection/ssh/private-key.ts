import type { ParsedKey } from 'ssh2'

export type ParseKey = (data: Buffer | string, passphrase?: string) => ParsedKey | ParsedKey[] | Error

/** The private key that a variable holds; a text says why it cannot be used. */
export function privateKeyOf(text: string, passphrase: string | undefined, parseKey: ParseKey): ParsedKey | string {
  // What comes from a variable has often lost its last newline.
  const parsed = parseKey(`${text.trim()}\n`, passphrase)
  const key = Array.isArray(parsed) ? parsed[0] : parsed
  if (key === undefined || key instanceof Error) return `cannot use the private key that is given: ${key?.message ?? 'it is empty'}`
  return key.isPrivateKey() ? key : 'cannot use the private key that is given: it is a public one'
}
