import { textOf } from '../../value/text.ts'
import type { Value } from '../../value/value.ts'
import { bind, numberArgument, strictText, textArgument } from '../arguments.ts'
import { EvaluationError } from '../evaluation-error.ts'

interface Style {
  readonly beginning: string
  readonly decoration: string
  readonly end: string
}

const STYLES: ReadonlyMap<string, Style> = new Map([
  ['plain', { beginning: '', decoration: '# ', end: '' }],
  ['erlang', { beginning: '', decoration: '% ', end: '' }],
  ['c', { beginning: '', decoration: '// ', end: '' }],
  ['cblock', { beginning: '/*', decoration: ' * ', end: ' */' }],
  ['xml', { beginning: '<!--', decoration: ' - ', end: '-->' }],
])

const PARAMETERS = ['text', 'style', 'newline', 'beginning', 'prefix', 'prefix_count', 'decoration', 'postfix', 'postfix_count', 'end'] as const

/** Makes text a comment of a configuration language. */
export function comment(args: readonly Value[], given: ReadonlyMap<string, Value>): Value {
  const bound = bind(PARAMETERS, args.slice(0, 2), given)
  const style = styleOf(textArgument(bound.style, 'plain'))
  const decoration = option(bound.decoration, style.decoration)
  const newline = option(bound.newline, '\n')
  const [beginning, end] = [option(bound.beginning, style.beginning), option(bound.end, style.end)]
  const bare = decoration.trimEnd()
  return [
    beginning === '' ? '' : beginning + newline,
    prefix(option(bound.prefix, bare), newline, numberArgument(bound.prefix_count, 1)),
    (decoration + strictText(bound.text, 'text').replaceAll(newline, newline + decoration)).replaceAll(decoration + newline, bare + newline),
    (newline + option(bound.postfix, bare)).repeat(numberArgument(bound.postfix_count, 1)),
    end === '' ? '' : newline + end,
  ].join('')
}

function styleOf(name: string): Style {
  const style = STYLES.get(name)
  if (style !== undefined) return style
  throw new EvaluationError('filter-argument', `Cannot find a comment style named '${name}'`, `Known are: ${[...STYLES.keys()].join(', ')}`)
}

function option(value: Value | undefined, fallback: string): string {
  return value === undefined ? fallback : textOf(value)
}

function prefix(text: string, newline: string, count: number): string {
  if (text === '') return ''
  return (text === newline ? newline : text + newline).repeat(count)
}
