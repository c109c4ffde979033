import { textOf } from '../../value/text.ts'
import type { Value } from '../../value/value.ts'
import { optionFlag } from '../arguments.ts'
import { EvaluationError } from '../evaluation-error.ts'
import { parseAddress, reverseName } from '../network/ip-text.ts'
import type { Lookup } from '../types.ts'
import { inWorker } from './in-worker.ts'
import { resolveNames } from './resolve-names.ts'

/** What name servers know: community.general's `dig`. */
export const DIG_LOOKUPS: readonly (readonly [string, Lookup])[] = [
  ['dig', (terms, named) => dig(terms.map(textOf), named)],
]

interface Question {
  readonly names: readonly string[]
  readonly servers: readonly string[]
  readonly options: ReadonlyMap<string, Value>
}

function dig(terms: readonly string[], named: ReadonlyMap<string, Value>): readonly Value[] {
  const { names, servers, options } = questionOf(terms, named)
  if (names.length === 0) throw new EvaluationError('lookup-failed', 'Cannot look up no name')
  return names.flatMap((name) => {
    const [bare = '', ending] = /^([^/]*)\/([A-Za-z]+)$/.exec(name)?.slice(1) ?? [name]
    const type = (ending ?? textOf(options.get('qtype') ?? 'A')).toUpperCase()
    return found(inWorker({ run: resolveNames, request: { name: type === 'PTR' ? reversed(bare) : bare, type, servers, seconds: 10 }, seconds: 30 }), bare, options)
  })
}

/** Options may stand among the terms: `qtype=MX`, `@10.0.0.53`. */
function questionOf(terms: readonly string[], named: ReadonlyMap<string, Value>): Question {
  const options = new Map(named)
  const names: string[] = []
  const servers: string[] = []
  for (const term of terms) {
    const [, name, value = ''] = /^(\w+)=(.*)$/.exec(term) ?? []
    if (name !== undefined) options.set(name, value)
    else if (term.startsWith('@')) servers.push(...term.slice(1).split(','))
    else names.push(term)
  }
  const port = options.get('port')
  return { names, servers: port === undefined ? servers : servers.map((server) => `${server.includes(':') ? `[${server}]` : server}:${textOf(port)}`), options }
}

function reversed(name: string): string {
  const address = parseAddress(name)
  return address === undefined ? name : reverseName(address.value, address.version).replace(/\.$/, '')
}

/** No answer is the text `NXDOMAIN`, unless an error or nothing is wanted. */
function found(answer: unknown, name: string, options: ReadonlyMap<string, Value>): readonly Value[] {
  const result = answer as Awaited<ReturnType<typeof resolveNames>>
  if ('records' in result) return result.records
  const flag = (option: string) => optionFlag(/^(?:0|false|no)$/i.test(textOf(options.get(option) ?? 'no')) ? false : true, false)
  if (result.failure === 'timeout' || flag('fail_on_error')) throw new EvaluationError('lookup-failed', `Lookup failed: ${result.failure === '' ? 'no such records' : result.failure} for ${name}`)
  return flag('real_empty') ? [] : [result.failure]
}
