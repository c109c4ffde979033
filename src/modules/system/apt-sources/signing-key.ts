import { ModuleFailure } from '../../../module/module.ts'
import type { Remote } from '../../../remote/remote.ts'
import { HttpProblem } from '../http/exchange.ts'
import { fetchOver } from '../http/fetch-over.ts'

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
  return remote.resource(`signing-key:${address}`, async () => ({ value: await fetchKey(address, remote, options), dispose: () => Promise.resolve() }))
}

async function fetchKey(address: string, remote: Remote, { checked = true }: { readonly checked?: boolean }): Promise<Buffer> {
  try {
    const { answer } = await fetchOver({
      url: new URL(address), method: 'GET', headers: { 'user-agent': 'tsplay' }, body: undefined, timeout: 30, unixSocket: undefined,
      tls: { rejectUnauthorized: checked }, user: undefined, password: undefined, forceBasic: false, follow: 'all',
    }, remote)
    if (answer.status === 200) return answer.body
    throw new ModuleFailure(`Could not fetch signed_by key: ${address}: HTTP Error ${answer.status}: ${answer.reason}`)
  } catch (error) {
    if (error instanceof HttpProblem) throw new ModuleFailure(`Could not fetch signed_by key: ${address}: ${error.message}`)
    throw error
  }
}
