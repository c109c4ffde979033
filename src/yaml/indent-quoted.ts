import { CST, Parser } from 'yaml'

/**
 * Indents the further lines of quoted text where package yaml wants them indented and PyYAML, like Ansible, does not.
 * What the text means stays the same, since leading white space is folded away. Returns the text itself when there is nothing to do.
 */
export function indentQuoted(text: string): string {
  const quotes = openQuotes(text)
  let result = text
  for (const start of quotes.reverse()) result = result.slice(0, start) + indented(result, start)
  return result
}

/** Offsets of the quoted scalars that package yaml reads without their closing quote. */
function openQuotes(text: string): number[] {
  const found: number[] = []
  for (const token of new Parser().parse(text)) {
    if (token.type !== 'document') continue
    CST.visit(token, ({ key, value }) => {
      for (const scalar of [key, value]) if (scalar && isOpenQuote(scalar)) found.push(scalar.offset)
    })
  }
  return found
}

function isOpenQuote(token: CST.Token): token is CST.FlowScalar {
  if (token.type !== 'single-quoted-scalar' && token.type !== 'double-quoted-scalar') return false
  const whole = token.type === 'single-quoted-scalar' ? /^'(?:[^']|'')*'$/ : /^"(?:[^"\\]|\\[\s\S])*"$/
  return !whole.test(token.source)
}

const SINGLE = /'[^']*(?:''[^']*)*'/y
const DOUBLE = /"[^"\\]*(?:\\[\s\S][^"\\]*)*"/y

/** The text from a quote on, each further line of the quoted part at least as far in as the quote. */
function indented(text: string, start: number): string {
  const pattern = text.charAt(start) === "'" ? SINGLE : DOUBLE
  pattern.lastIndex = start
  const quoted = pattern.exec(text)?.[0] ?? ''
  const column = start - (text.lastIndexOf('\n', start - 1) + 1)
  const lines = quoted.replace(/\n[ \t]*(?=[^\s])/g, (run) => `\n${' '.repeat(Math.max(run.length - 1, column))}`)
  return lines + text.slice(start + quoted.length)
}
