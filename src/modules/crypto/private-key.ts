import { createHash, createPublicKey } from 'node:crypto'
import type { ScriptProbe } from '../../remote/probe.ts'
import { quote } from '../../text/shell-quote.ts'

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
  const open = passphrase === undefined ? `openssl pkey -in ${file} -passin pass: -pubout` : `printf '%s\\n' ${quote(passphrase)} | openssl pkey -in ${file} -passin stdin -pubout`
  return {
    kind: 'script',
    key: `privatekey:${path}:${passphrase === undefined ? '' : createHash('sha256').update(passphrase).digest('hex').slice(0, 16)}`,
    script: `[ -f ${file} ] || exit 0
command -v openssl >/dev/null || { echo 'Failed to find required executable "openssl"' >&2; exit 127; }
case $(head -n 1 ${file} | tr -d '\\000') in
'-----BEGIN PRIVATE KEY-----') echo 'F pkcs8' ;;
'-----BEGIN ENCRYPTED PRIVATE KEY-----') echo 'F pkcs8'; echo 'E yes' ;;
'-----BEGIN '*' PRIVATE KEY-----') echo 'F pkcs1'; grep -q '^Proc-Type:.*ENCRYPTED' ${file} && echo 'E yes' ;;
*) echo 'F raw' ;;
esac
${open} 2>/dev/null; :`,
    parse: ({ stdout }) => parse(stdout.toString('utf8')),
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
