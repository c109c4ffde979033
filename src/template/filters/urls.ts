import { textOf } from '../../value/text.ts'
import type { Dict, Value } from '../../value/value.ts'
import { EvaluationError } from '../evaluation-error.ts'
import { itemsOf, listOf } from '../iterate.ts'
import type { Filter } from '../types.ts'
import { urlSplit } from './url-split.ts'

/** Filters of addresses. */
export const URL_FILTERS: readonly (readonly [string, Filter])[] = [
  ['urlsplit', ([value = null, query]) => part(urlSplit(textOf(value)), query)],
  ['urlencode', ([value = null]) => urlEncode(value)],
  ['urldecode', ([value = null]) => decodeURIComponentLeniently(textOf(value).replaceAll('+', ' '))],
]

function part(parts: Dict, query: Value | undefined): Value {
  if (query === undefined || query === null || query === '') return parts
  const value = parts.get(textOf(query))
  if (value === undefined) throw new EvaluationError('filter-argument', `urlsplit: unknown URL component: ${textOf(query)}`, `Known are: ${[...parts.keys()].join(', ')}`)
  return value
}

/** Text is quoted, slashes kept; dicts and pairs make a query. */
function urlEncode(value: Value): string {
  if (value instanceof Map) return [...value].map(([key, item]) => `${quote(key, false)}=${quote(item, false)}`).join('&')
  const pairs = listOf(value)
  if (pairs === undefined) return quote(value, true)
  return pairs.map((pair) => {
    const [key, item, ...more] = itemsOf(pair)
    if (key === undefined || item === undefined || more.length > 0) throw new EvaluationError('filter-argument', 'Cannot make a query of what are no pairs')
    return `${quote(key, false)}=${quote(item, false)}`
  }).join('&')
}

function quote(value: Value, keepSlash: boolean): string {
  const quoted = encodeURIComponent(textOf(value)).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
  return keepSlash ? quoted.replaceAll('%2F', '/') : quoted.replaceAll('%20', '+')
}

function decodeURIComponentLeniently(text: string): string {
  return text.replace(/(?:%[\da-fA-F]{2})+/g, (escapes) => Buffer.from(escapes.replaceAll('%', ''), 'hex').toString('utf8'))
}
