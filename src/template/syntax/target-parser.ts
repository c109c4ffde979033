import type { Target } from './ast.ts'
import type { TokenStream } from './token-stream.ts'

const RESERVED = new Set(['true', 'false', 'none', 'True', 'False', 'None', 'in', 'if', 'else', 'and', 'or', 'not', 'is'])

/** What an assignment may assign to: a name, names with commas between them, or `namespace.attribute` where allowed. */
export function parseTarget(stream: TokenStream, allowNamespace = false): Target {
  const at = stream.current.start
  const items: Target[] = []
  let isTuple = false
  while (!endsTarget(stream)) {
    items.push(parseTargetItem(stream, allowNamespace))
    if (!stream.skipOperator(',')) break
    isTuple = true
  }
  const [first] = items
  if (first === undefined) throw stream.unexpected('a name to assign to')
  return isTuple ? { kind: 'tuple', at, items } : first
}

/** A single name. */
export function parseTargetName(stream: TokenStream): string {
  const token = stream.expectName()
  if (RESERVED.has(token.text)) throw stream.error(`Cannot assign to '${token.text}'`, token)
  return token.text
}

function endsTarget(stream: TokenStream): boolean {
  return stream.isName('in') || stream.isOperator('=') || stream.isOperator(')') || stream.is('block-end')
}

function parseTargetItem(stream: TokenStream, allowNamespace: boolean): Target {
  const { start } = stream.current
  if (stream.skipOperator('(')) {
    const inner = parseTarget(stream, allowNamespace)
    stream.expectOperator(')')
    return inner
  }
  if (!stream.is('name')) throw stream.error('Cannot assign to this: a name was expected')
  const name = parseTargetName(stream)
  if (!allowNamespace || !stream.skipOperator('.')) return { kind: 'name', at: start, name }
  return { kind: 'namespace', at: start, name, attribute: stream.expectName().text }
}
