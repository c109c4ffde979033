import { textOf } from '../../value/text.ts'
import type { Dict, Value } from '../../value/value.ts'
import { EvaluationError } from '../evaluation-error.ts'
import { itemsOf } from '../iterate.ts'
import type { Filter } from '../types.ts'

/** Filters of addresses. */
export const URL_FILTERS: readonly (readonly [string, Filter])[] = [
  ['urlsplit', ([value = null, query]) => part(urlSplit(textOf(value)), query)],
  ['urlencode', ([value = null]) => urlEncode(value)],
  ['urldecode', ([value = null]) => decodeURIComponentLeniently(textOf(value).replaceAll('+', ' '))],
]

function part(parts: Dict, query: Value | undefined): Value {
  if (query === undefined || query === null || query === '') return parts
  const value = parts.get(textOf(query))
  if (value === undefined) throw new EvaluationError('filter-argument', `Cannot find the part '${textOf(query)}' of an address`, `Known are: ${[...parts.keys()].join(', ')}`)
  return value
}

/** As Python's urlsplit: nothing is decoded, and any text has parts. */
function urlSplit(url: string): Dict {
  const [, scheme = '', rest = url] = /^([A-Za-z][\w+.-]*):(.*)$/s.exec(url) ?? []
  const [, netloc = '', path = '', query = '', fragment = ''] = /^(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s.exec(rest) ?? []
  const { hostname, password, port, username } = authority(netloc)
  return new Map<Value, Value>(Object.entries({ fragment, hostname, netloc, password, path, port, query, scheme: scheme.toLowerCase(), username }))
}

interface Authority {
  readonly hostname: string | null
  readonly password: string | null
  readonly port: number | null
  readonly username: string | null
}

function authority(netloc: string): Authority {
  const [, username = null, password = null, host = '', port = ''] = /^(?:([^:@]*)(?::([^@]*))?@)?(\[[^\]]*\]|[^:]*)(?::(\d*))?$/.exec(netloc) ?? []
  return {
    username,
    password,
    hostname: host === '' ? null : host.replace(/^\[|\]$/g, '').toLowerCase(),
    port: port === '' ? null : Number(port),
  }
}

/** Text is quoted, slashes kept; dicts and pairs make a query. */
function urlEncode(value: Value): string {
  if (value instanceof Map) return [...value].map(([key, item]) => `${quote(key, false)}=${quote(item, false)}`).join('&')
  if (!Array.isArray(value)) return quote(value, true)
  return value.map((pair) => itemsOf(pair).map((each) => quote(each, false)).join('=')).join('&')
}

function quote(value: Value, keepSlash: boolean): string {
  const quoted = encodeURIComponent(textOf(value)).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
  return keepSlash ? quoted.replaceAll('%2F', '/') : quoted.replaceAll('%20', '+')
}

function decodeURIComponentLeniently(text: string): string {
  return text.replace(/(?:%[\da-fA-F]{2})+/g, (escapes) => Buffer.from(escapes.replaceAll('%', ''), 'hex').toString('utf8'))
}
