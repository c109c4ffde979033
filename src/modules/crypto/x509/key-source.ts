import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import { ModuleFailure } from '../../../module/module.ts'
import type { Remote } from '../../../remote/remote.ts'
import { knownOr } from '../known-or.ts'
import { keyProbe, type FoundKey } from '../private-key.ts'
import { publicKeyBytes, type PublicKeyBytes } from './public-key.ts'

/** Where a private key is: a file of the host, which it never leaves, or text of the task, which never gets there. */
export interface KeySource {
  readonly path: string | undefined
  readonly content: string | undefined
  readonly passphrase: string | undefined
}

/** What could be told of a private key. */
export type SeenKey =
  | { readonly kind: 'seen', readonly publicKey: string }
  | { readonly kind: 'refused', readonly problem: string }
  /** An earlier task of check mode would change it. */
  | { readonly kind: 'unknown', readonly cause: Error }

const UNFIT = 'Wrong or empty passphrase provided for private key'
const UNREADABLE = 'Wrong passphrase provided for private key'

export async function seeKey(source: KeySource, remote: Remote): Promise<SeenKey> {
  const { path, content, passphrase } = source
  if (content !== undefined) return seeContent(source)
  if (path === undefined) return { kind: 'refused', problem: 'There is no private key' }
  const found = await knownOr(remote.read(keyProbe({ path, passphrase })))
  return found instanceof Error ? { kind: 'unknown', cause: found } : seeFound(found, { path, passphrase })
}

function seeContent(source: KeySource): SeenKey {
  const key = privateKeyOf(source)
  return typeof key === 'string' ? { kind: 'refused', problem: key } : { kind: 'seen', publicKey: createPublicKey(key).export({ type: 'spki', format: 'pem' }).toString() }
}

function seeFound(found: FoundKey | null, { path, passphrase }: { readonly path: string, readonly passphrase: string | undefined }): SeenKey {
  if (found === null) return { kind: 'refused', problem: `[Errno 2] No such file or directory: '${path}'` }
  if (found.format !== 'raw' && found.encrypted !== (passphrase !== undefined)) return { kind: 'refused', problem: UNFIT }
  if (found.format === 'raw' || found.publicKey === '') return { kind: 'refused', problem: UNREADABLE }
  return { kind: 'seen', publicKey: found.publicKey }
}

/** The key of a text, or why it cannot be read. */
export function privateKeyOf({ content = '', passphrase }: Pick<KeySource, 'content' | 'passphrase'>): KeyObject | string {
  if (/-----BEGIN ENCRYPTED|^Proc-Type:.*ENCRYPTED/m.test(content) !== (passphrase !== undefined)) return UNFIT
  try {
    return createPrivateKey({ key: content, ...passphrase === undefined ? {} : { passphrase } })
  } catch {
    return UNREADABLE
  }
}

/** The public part; throws where it is not known. */
export function publicPart(key: SeenKey): PublicKeyBytes {
  if (key.kind === 'refused') throw new ModuleFailure(key.problem)
  if (key.kind === 'unknown') throw key.cause
  return publicKeyBytes(key.publicKey)
}
