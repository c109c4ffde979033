import { ConnectionError, type Channel } from '../connection.ts'

/** How a command began: its first line, or what it said on standard error before it ended without one. */
export type Beginning =
  | { readonly kind: 'line', readonly line: string }
  | { readonly kind: 'ended', readonly said: string }

/** Reads the first line that a command prints; what follows is left in the stream. Rejects with `timeout` after so many seconds, as what could not be done. */
export function firstLine({ stdout, stderr, ended }: Channel, aim: string, timeout: number): Promise<Beginning> {
  let line = ''
  let said = ''
  return new Promise<Beginning>((resolve, reject) => {
    const timer = setTimeout(() => { reject(new ConnectionError('timeout', `Cannot ${aim}: no answer within ${timeout} s`)) }, timeout * 1000)
    const listen = (chunk: Buffer): void => {
      line += chunk.toString('utf8')
      if (line.includes('\n')) resolve({ kind: 'line', line: line.slice(0, line.indexOf('\n')) })
    }
    stdout.on('data', listen)
    stderr.on('data', (chunk: Buffer) => { said += chunk.toString('utf8') })
    void ended.then((end) => {
      // The last words of a program may come after the news that it has ended.
      setTimeout(() => { resolve({ kind: 'ended', said: said.trim() || (end.kind === 'lost' ? end.reason : `it ended with status ${end.status}`) }) }, LAST_WORDS)
    }).finally(() => { clearTimeout(timer) })
  }).finally(() => { stdout.removeAllListeners('data') })
}

/** Milliseconds. */
const LAST_WORDS = 50
