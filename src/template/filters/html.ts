import { reprOf, textOf } from '../../value/text.ts'
import { Undefined } from '../../value/undefined.ts'
import type { Value } from '../../value/value.ts'
import { bind, flagArgument, numberArgument, textArgument } from '../arguments.ts'
import { EvaluationError } from '../evaluation-error.ts'
import type { Filter } from '../types.ts'
import { escapeHtml } from './escape-html.ts'

/** Jinja's filters of HTML, and of what is printed for people. */
export const HTML_FILTERS: readonly (readonly [string, Filter])[] = [
  ['escape', ([value = null]) => escapeHtml(textOf(value))],
  ['e', ([value = null]) => escapeHtml(textOf(value))],
  ['forceescape', ([value = null]) => escapeHtml(textOf(value))],
  ['safe', ([value = null]) => textOf(value)],
  ['striptags', ([value = null]) => textOf(value).replace(/<!--.*?-->|<[^>]*>/gs, '').replace(/\s+/g, ' ').trim()],
  ['xmlattr', attributes],
  ['urlize', urlize],
  ['pprint', ([value = null]) => reprOf(value)],
]

function attributes(args: readonly Value[], named: ReadonlyMap<string, Value>): Value {
  const bound = bind(['d', 'autospace'], args, named)
  if (!(bound.d instanceof Map)) throw new EvaluationError('filter-argument', 'Cannot write attributes: a dict is needed')
  const written = [...bound.d].flatMap(([key, value]) => {
    if (value === null || value instanceof Undefined) return []
    if (/[\s/>=]/.test(textOf(key))) throw new EvaluationError('filter-argument', `Cannot use ${reprOf(key)} as the name of an attribute`)
    return [`${escapeHtml(textOf(key))}="${escapeHtml(textOf(value))}"`]
  })
  return (written.length > 0 && flagArgument(bound.autospace, true) ? ' ' : '') + written.join(' ')
}

/** Addresses in text become links. */
function urlize(args: readonly Value[], named: ReadonlyMap<string, Value>): Value {
  const bound = bind(['value', 'trim_url_limit', 'nofollow', 'target', 'rel', 'extra_schemes'], args, named)
  const limit = bound.trim_url_limit === undefined || bound.trim_url_limit === null ? Infinity : numberArgument(bound.trim_url_limit, Infinity)
  const rel = ['noopener', ...flagArgument(bound.nofollow, false) ? ['nofollow'] : []].sort().join(' ')
  const target = bound.target === undefined || bound.target === null ? '' : ` target="${escapeHtml(textArgument(bound.target, ''))}"`
  return escapeHtml(textOf(bound.value ?? null)).replace(/\bhttps?:\/\/[^\s<>]*[^\s<>.,;:!?)]/g, (url) => {
    const shown = url.length > limit ? `${url.slice(0, limit)}...` : url
    return `<a href="${url}" rel="${rel}"${target}>${shown}</a>`
  })
}
