/** One `NAME=value` of a shell settings file, with where it stands. */
export interface Assignment {
  readonly name: string
  /** As the shell would have it, expansions left as they are. */
  readonly value: string
  readonly quote: '"' | "'" | ''
  /** Of the value with its quotes. */
  readonly start: number
  readonly end: number
}

// A value in quotes may run over several lines; an assignment within one is none.
const ASSIGNMENT = /^([ \t]*(?:(?:export|readonly|declare(?:[ \t]+-\w+)?)[ \t]+)?)([A-Za-z_]\w*)=("(?:[^"\\]|\\[\s\S])*"|'[^']*'|[^\s;#'"]*)/gm

/** All assignments of a text, in order. */
export function assignmentsIn(text: string): readonly Assignment[] {
  return [...text.matchAll(ASSIGNMENT)].map((match) => {
    const [whole, , name = '', raw = ''] = match
    const end = match.index + whole.length
    return { name, value: decoded(raw), quote: quoteOf(raw), start: end - raw.length, end }
  })
}

/** A value as it is written: in the quotes of the one it replaces where it can be, else in double ones. */
export function encoded(value: string, quote: Assignment['quote'] = '"'): string {
  if (quote === '' && /^[\w@%+:,./-]*$/.test(value)) return value
  if (quote === "'" && !value.includes("'")) return `'${value}'`
  return `"${value.replace(/[\\"$`]/g, '\\$&')}"`
}

function quoteOf(raw: string): Assignment['quote'] {
  const first = raw[0]
  return first === '"' || first === "'" ? first : ''
}

function decoded(raw: string): string {
  const quote = quoteOf(raw)
  if (quote === "'") return raw.slice(1, -1)
  return quote === '"' ? raw.slice(1, -1).replace(/\\([\\"$`\n])/g, (_, letter: string) => (letter === '\n' ? '' : letter)) : raw.replace(/\\(.)/g, '$1')
}
