import { sign as signHere } from 'node:crypto'
import { ModuleFailure } from '../../../module/module.ts'
import { CommandError, type Remote } from '../../../remote/remote.ts'
import { quote } from '../../../text/shell-quote.ts'
import { privateKeyOf, type KeySource } from './key-source.ts'
import type { Digest } from './signature.ts'

/** What is to be signed. */
export interface Signing {
  readonly data: Buffer
  readonly digest: Digest | undefined
  readonly key: KeySource
  /** Files that depend on the signature, which check mode cannot tell. */
  readonly paths: readonly string[]
}

/** Signs by the openssl program of the host, or here where the key is not a file of the host. */
export function sign(signing: Signing, remote: Remote): Promise<Buffer> {
  const { data, digest, key } = signing
  if (key.content === undefined) return signThere(signing, remote)
  const own = privateKeyOf(key)
  if (typeof own === 'string') throw new ModuleFailure(own)
  return Promise.resolve(signHere(digest ?? null, data, own))
}

/** The passphrase goes before what is signed, and into openssl by a pipe: no program has it among its words. */
async function signThere({ data, digest, key, paths }: Signing, remote: Remote): Promise<Buffer> {
  const file = quote(key.path ?? '')
  const open = key.passphrase === undefined ? 'openssl' : 'printf \'%s\\n\' "$p" | openssl'
  const from = key.passphrase === undefined ? '-passin pass:' : '-passin stdin'
  const command = digest === undefined ? `${open} pkeyutl -sign -rawin -inkey ${file} ${from} -in "$d/data"` : `${open} dgst -${digest} -sign ${file} ${from} "$d/data"`
  const script = `d=$(mktemp -d) || exit
trap 'rm -rf "$d"' EXIT
IFS= read -r p
openssl base64 -d >"$d/data" && ${command}`
  const result = await remote.exec({ script, stdin: Buffer.from(`${key.passphrase ?? ''}\n${data.toString('base64').replace(/.{64}/g, '$&\n')}\n`) }, { paths })
  if (result.status !== 0 || result.stdout.length === 0) throw new CommandError(`sign with the key ${key.path ?? ''}`, result)
  return result.stdout
}
