import { basename } from 'node:path/posix'
import type { HttpAnswer } from './exchange.ts'

/** The name for what was fetched: the server's, else what the address ends with. */
export function fileName(headers: HttpAnswer['headers'], url: URL): string {
  const given = /filename="?([^";]+)/.exec(String(headers['content-disposition'] ?? ''))?.[1]
  return basename(given ?? decodeURIComponent(url.pathname)) || 'index.html'
}
