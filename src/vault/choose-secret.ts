import { VaultError } from './vault-error.ts'
import type { VaultSecret } from './vault-secret.ts'

/** The secret to encrypt with: that of a label, or the only one there is. */
export function chooseSecret(secrets: readonly VaultSecret[], label: string | undefined): VaultSecret {
  const [first] = label === undefined ? secrets : secrets.filter((secret) => secret.label === label)
  if (first !== undefined) return first
  const known = secrets.map((secret) => `'${secret.label}'`).join(', ')
  throw new VaultError('unknown-label', `Did not find a match for --encrypt-vault-id=${label ?? ''} in the known vault-ids [${known}]`)
}
