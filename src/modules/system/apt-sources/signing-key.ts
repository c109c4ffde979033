import type { Remote } from '../../../remote/remote.ts'
import { fetchedFile } from '../http/fetched-file.ts'

/** Whether a key is to be fetched. */
export function isAddress(text: string): boolean {
  return /^https?:\/\//.test(text)
}

/** Name ending of a key's file, by what the key is like. */
export function keyExtension(key: Buffer): 'asc' | 'gpg' {
  return key.includes('-----BEGIN PGP PUBLIC KEY BLOCK-----') ? 'asc' : 'gpg'
}

/** A key from an address, as the host sees it; fetched once a run. */
export function fetchedKey(address: string, remote: Remote, options: { readonly checked?: boolean } = {}): Promise<Buffer> {
  return fetchedFile(address, remote, { ...options, failing: 'Could not fetch signed_by key:' })
}
