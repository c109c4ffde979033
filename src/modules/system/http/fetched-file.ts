import { ModuleFailure } from '../../../module/module.ts'
import type { Remote } from '../../../remote/remote.ts'
import { HttpProblem } from './exchange.ts'
import { fetchOver } from './fetch-over.ts'

export interface FetchOptions {
  /** Whether the server's certificate must be trusted. */
  readonly checked?: boolean
  /** How failures begin: `Could not fetch the key`. */
  readonly failing?: string
}

/** What is at an address, as the host sees it; fetched once a run. Throws `ModuleFailure`. */
export function fetchedFile(address: string, remote: Remote, options: FetchOptions = {}): Promise<Buffer> {
  return remote.resource(`fetched:${address}`, async () => ({ value: await fetch(address, remote, options), dispose: () => Promise.resolve() }))
}

async function fetch(address: string, remote: Remote, { checked = true, failing = 'Cannot fetch' }: FetchOptions): Promise<Buffer> {
  try {
    const { answer } = await fetchOver({
      url: new URL(address), method: 'GET', headers: { 'user-agent': 'tsplay' }, body: undefined, timeout: 60, unixSocket: undefined,
      tls: { rejectUnauthorized: checked }, user: undefined, password: undefined, forceBasic: false, follow: 'all', useProxy: true,
    }, remote)
    if (answer.status === 200) return answer.body
    throw new ModuleFailure(`${failing} ${address}: HTTP Error ${answer.status}: ${answer.reason}`, { status_code: answer.status })
  } catch (error) {
    if (error instanceof HttpProblem) throw new ModuleFailure(`${failing} ${address}: ${error.message}`)
    throw error
  }
}
