import { ConnectionError, type ConnectionErrorKind } from '../connection.ts'

/** What ssh says on standard error, and what it means. */
const MEANINGS: readonly (readonly [RegExp, ConnectionErrorKind])[] = [
  [/remote host identification has changed/i, 'host-key-changed'],
  [/host key verification failed/i, 'host-key-unknown'],
  [/permission denied|too many authentication failures|no supported authentication methods/i, 'authentication'],
  [/could not resolve hostname|name or service not known/i, 'resolve'],
  [/timed out/i, 'timeout'],
  [/connection refused|no route to host|network is unreachable|open failed/i, 'refused'],
]

/** The error that the last words of ssh stand for. */
export function opensshError(said: string, doing: string): ConnectionError {
  const [, kind = 'lost' as const] = MEANINGS.find(([pattern]) => pattern.test(said)) ?? []
  return new ConnectionError(kind, `Cannot ${doing}: ${said || 'ssh ended without a word'}`)
}
