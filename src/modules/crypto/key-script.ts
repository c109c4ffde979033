import { createHash } from 'node:crypto'
import { quote } from '../../text/shell-quote.ts'

/** How a private key of the host is named in scripts that ask openssl about it. */
export interface KeyScript {
  /** Unique for the file and its passphrase. */
  readonly key: string
  /** Runs a command of openssl on it. The passphrase travels by a pipe: no program has it among its words. */
  readonly open: (command: string, words: string) => string
}

export function keyScript({ path, passphrase }: { readonly path: string, readonly passphrase: string | undefined }): KeyScript {
  const [pipe, from] = passphrase === undefined ? ['', 'pass:'] : [`printf '%s\\n' ${quote(passphrase)} | `, 'stdin']
  return {
    key: `${path}:${passphrase === undefined ? '' : createHash('sha256').update(passphrase).digest('hex').slice(0, 16)}`,
    open: (command, words) => `${pipe}openssl ${command} -in ${quote(path)} -passin ${from} ${words}`,
  }
}
