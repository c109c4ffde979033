import type { Json, JsonObject } from '../../../value/value.ts'
import type { Fetched } from './fetch-over.ts'

/** Fields of a task's result that tell an answer: status, headers (`content_type`), cookies. */
export function answerFields({ answer, redirected }: Fetched): JsonObject {
  const headers = Object.fromEntries(Object.entries(answer.headers).map(([name, value]) => [name.replaceAll('-', '_'), typeof value === 'string' ? value : value.join(', ')]))
  const cookies = cookiesOf(answer.headers['set-cookie'])
  return {
    ...headers, ...(headers['location'] !== undefined && { location: absolute(headers['location'], answer.url) }), status: answer.status, url: answer.url.href, redirected,
    msg: answer.status < 300 ? `OK (${headers['content_length'] ?? 'unknown'} bytes)` : `HTTP Error ${answer.status}: ${answer.reason}`,
    cookies: Object.fromEntries(cookies), cookies_string: cookies.map(([name, value]) => `${name}=${value}`).join('; '),
  }
}

function absolute(location: string, base: URL): string {
  return location.includes('://') || !URL.canParse(location, base.href) ? location : new URL(location, base).href
}

/** The content as text, and as data where it says that it is JSON. */
export function contentFields({ answer }: Fetched): { readonly content: string, readonly json?: Json } {
  const type = String(answer.headers['content-type'] ?? '')
  const charset = /charset="?([\w-]+)/i.exec(type)?.[1]?.toLowerCase()
  const content = answer.body.toString(charset === 'iso-8859-1' || charset === 'latin1' ? 'latin1' : 'utf8')
  if (!/^(?:application|text)\/(?:[\w.+-]*\+)?(?:json|javascript)\b/i.test(type)) return { content }
  try {
    return { content, json: JSON.parse(content) as Json }
  } catch {
    return { content }
  }
}

function cookiesOf(header: string | readonly string[] | undefined): readonly (readonly [string, string])[] {
  const lines = header === undefined ? [] : typeof header === 'string' ? [header] : header
  return lines.flatMap((line) => {
    const [, name, value] = /^\s*([^=;\s]+)=([^;]*)/.exec(line) ?? []
    return name === undefined || value === undefined ? [] : [[name, value] as const]
  })
}
