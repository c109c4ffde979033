import { quote } from '../../../text/shell-quote.ts'

/** POSIX sh source that replaces the subshell by a program. Like Ansible, variables and a leading `~` are expanded in each word when asked. */
export function execWords(words: readonly string[], options: { readonly expand: boolean }): string {
  return `exec ${words.map(options.expand ? expanding : quote).join(' ')}`
}

function expanding(word: string): string {
  // The tilde and the slash after it must stay unquoted for the shell to expand them.
  const tilde = /^~[\w.-]*(?:\/|$)/.exec(word)?.[0] ?? ''
  const rest = word.slice(tilde.length)
  if (rest === '' && tilde !== '') return tilde
  return tilde + (rest.includes('$') ? `"${doubleQuoted(rest)}"` : quote(rest))
}

function doubleQuoted(text: string): string {
  return text.replace(/\$\{?[A-Za-z_]\w*\}?|[\\"`$]/g, variableOrEscape)
}

// A variable that is not set stays as it is written.
function variableOrEscape(piece: string): string {
  const name = /^\$\{?(\w+)\}?$/.exec(piece)?.[1]
  return name === undefined || piece.startsWith('${') !== piece.endsWith('}')
    ? piece.replace(/[\\"`$]/g, '\\$&')
    : `\${${name}-\\${piece}}`
}
