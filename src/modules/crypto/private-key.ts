import { createPublicKey } from 'node:crypto'
import type { ScriptProbe } from '../../remote/probe.ts'
import { CommandError } from '../../remote/remote.ts'
import { quote } from '../../text/shell-quote.ts'
import { keyScript } from './key-script.ts'

/** What can be said of a private key without its leaving the host. */
export interface FoundKey {
  readonly format: 'pkcs1' | 'pkcs8' | 'raw'
  readonly encrypted: boolean
  /** PEM; empty where the key cannot be read with the passphrase. */
  readonly publicKey: string
  /** As Node names it: `rsa`, `ec`, `ed25519`. */
  readonly type: string
  readonly size: number
  /** As OpenSSL names it: `prime256v1`. */
  readonly curve: string
}

/** Asks openssl for the public part. The passphrase travels by a pipe: no program has it among its words. */
export function keyProbe({ path, passphrase }: { readonly path: string, readonly passphrase: string | undefined }): ScriptProbe<FoundKey | null> {
  const file = quote(path)
  const { key, open } = keyScript({ path, passphrase })
  return {
    kind: 'script',
    key: `privatekey:${key}`,
    script: `[ -f ${file} ] || exit 0
command -v openssl >/dev/null || { echo 'Failed to find required executable "openssl"' >&2; exit 127; }
case $(head -n 1 ${file} | tr -d '\\000') in
'-----BEGIN PRIVATE KEY-----') echo 'F pkcs8' ;;
'-----BEGIN ENCRYPTED PRIVATE KEY-----') echo 'F pkcs8'; echo 'E yes' ;;
'-----BEGIN '*' PRIVATE KEY-----') echo 'F pkcs1'; grep -q '^Proc-Type:.*ENCRYPTED' ${file} && echo 'E yes' ;;
*) echo 'F raw' ;;
esac
${open('pkey', '-pubout')} 2>/dev/null; :`,
    parse: (result) => {
      if (result.status === 127) throw new CommandError(`read the key ${path}`, result)
      return parse(result.stdout.toString('utf8'))
    },
    readsPaths: [path],
  }
}

function parse(text: string): FoundKey | null {
  const format = /^F (pkcs1|pkcs8|raw)$/m.exec(text)?.[1] as FoundKey['format'] | undefined
  if (format === undefined) return null
  const publicKey = /-----BEGIN PUBLIC KEY-----[\s\S]*-----END PUBLIC KEY-----\n/.exec(text)?.[0] ?? ''
  return { format, encrypted: /^E yes$/m.test(text), publicKey, ...publicKey === '' ? { type: '', size: 0, curve: '' } : described(publicKey) }
}

function described(publicKey: string): Pick<FoundKey, 'type' | 'size' | 'curve'> {
  const { asymmetricKeyType: type = '', asymmetricKeyDetails: details = {} } = createPublicKey(publicKey)
  return { type, size: details.modulusLength ?? 0, curve: details.namedCurve ?? '' }
}
