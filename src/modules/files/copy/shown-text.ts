import { isUtf8 } from 'node:buffer'
import { SHOWN_LIMIT } from './request.ts'

/** Content as text where a diff can show it: UTF-8, not too large, without NUL. */
export function shownText(content: Buffer | undefined): string | undefined {
  if (content === undefined || content.length > SHOWN_LIMIT || content.includes(0) || !isUtf8(content)) return undefined
  return content.toString('utf8')
}
