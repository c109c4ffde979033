import { homedir } from 'node:os'
import { join } from 'node:path'
import { textOf } from '../../value/text.ts'
import type { Value } from '../../value/value.ts'
import { optionFlag, numberArgument } from '../arguments.ts'
import type { CallContext, Lookup } from '../types.ts'
import { type UrlRequest, fetchUrl } from './fetch-url.ts'
import { inWorker } from './in-worker.ts'

/** What servers answer. */
export const URL_LOOKUPS: readonly (readonly [string, Lookup])[] = [
  ['url', (terms, named, context) => terms.flatMap((term) => answers(textOf(term), named, context))],
]

function answers(url: string, named: ReadonlyMap<string, Value>, context: CallContext): string[] {
  const option = (name: string): Value | undefined => optionOf(name, named, context)
  const seconds = numberArgument(option('timeout'), 10)
  const text = String(inWorker({ run: fetchUrl, request: requestFor(url, option, seconds), seconds: seconds + 5 }))
  if (!optionFlag(option('split_lines'), true)) return [text]
  return text.replace(/\r?\n$/, '').split(/\r\n|\n|\r/)
}

type Option = (name: string) => Value | undefined

/** Variables such as `ansible_lookup_url_timeout` stand in for options that are not given. */
function optionOf(name: string, named: ReadonlyMap<string, Value>, context: CallContext): Value | undefined {
  const given = named.get(name) ?? context.scope.get(`ansible_lookup_url_${name === 'http_agent' ? 'agent' : name}`)
  return given === undefined ? settingOf(name, context) : context.evaluate(given)
}

/** What somebody set for all lookups of URLs. */
function settingOf(name: string, context: CallContext): Value | undefined {
  const found = context.setting(`lookup.url.${name}`)
  return found === undefined || found.origin === 'default' || found.value === undefined ? undefined : found.value as Value
}

function requestFor(url: string, option: Option, seconds: number): UrlRequest {
  const text = (name: string): string | undefined => {
    const value = option(name)
    return value === undefined || value === null ? undefined : textOf(value)
  }
  const headers = option('headers')
  return {
    url, seconds,
    headers: headers instanceof Map ? Object.fromEntries([...headers].map(([name, value]) => [textOf(name), textOf(value)])) : {},
    agent: text('http_agent') ?? 'ansible-httpget',
    user: text('username'), password: text('password'),
    forceBasicAuth: optionFlag(option('force_basic_auth'), false),
    netrc: optionFlag(option('use_netrc'), true) ? process.env['NETRC'] ?? join(homedir(), '.netrc') : undefined,
    noCache: optionFlag(option('force'), false),
    validate: optionFlag(option('validate_certs'), true),
    redirects: text('follow_redirects') ?? 'urllib2',
    socket: text('unix_socket'), ca: text('ca_path'), certificate: text('client_cert'), key: text('client_key'),
  }
}
