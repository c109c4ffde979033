import { dirname } from 'node:path/posix'
import { ModuleFailure, type Change } from '../../module/module.ts'
import type { Remote } from '../../remote/remote.ts'
import type { JsonObject } from '../../value/value.ts'
import { hasAttributes, neededAttributes, withAttributes, type KnownStat, type WantedAttributes } from '../files/attributes.ts'
import { sshKeyProbe, type FoundSshKey, type SshKey } from './ssh-keygen.ts'

/** A private key of OpenSSH, and the public one beside it. */
export interface KeyPair {
  readonly path: string
  readonly hasFolder: boolean
  readonly stat: KnownStat | undefined
  readonly publicStat: KnownStat | undefined
  /** Null for a file that cannot be read as a key; absent where there is none. */
  readonly key?: SshKey | null
  readonly publicText: string | undefined
  /** In a wanted state: it is made anew. */
  readonly isNew: boolean
}

export interface WantedPair extends WantedAttributes {
  readonly path: string
  readonly state: 'present' | 'absent'
  readonly type: string
  readonly size: number
  readonly comment: string | undefined
  readonly regenerate: 'never' | 'fail' | 'partial_idempotence' | 'full_idempotence' | 'always'
  readonly passphrase: string | undefined
  readonly private_key_format: 'auto' | 'pkcs1' | 'pkcs8' | 'ssh'
}

export async function observePair({ path, passphrase }: WantedPair, remote: Remote): Promise<KeyPair> {
  const [folder, stat, publicStat, key, publicText] = await Promise.all([
    remote.stat(dirname(path)), remote.stat(path), remote.stat(`${path}.pub`), remote.read(sshKeyProbe(path, passphrase)), remote.readText(`${path}.pub`),
  ])
  const found: FoundSshKey = key
  return { path, hasFolder: folder?.type === 'directory', stat, publicStat, publicText, isNew: false, ...found === undefined ? {} : { key: found } }
}

export function pairChange(wanted: WantedPair, before: KeyPair): Change<KeyPair> | undefined {
  refuseUnfit(before)
  if (wanted.state === 'absent') return before.stat === undefined && before.publicStat === undefined ? undefined : shown({ before, after: goneAfter(before) })
  const isNew = isToBeMade(wanted, before)
  const publicText = isNew || isPublicRight(wanted, before) ? before.publicText : publicTextOf(before.key, wanted.comment)
  const isSame = !isNew && publicText === before.publicText && [before.stat, before.publicStat].every((stat) => !hasAttributes(neededAttributes(wanted, stat)))
  if (isSame) return undefined
  return shown({ before, after: { ...before, isNew, publicText, stat: statAfter(wanted, before.stat, 0o600), publicStat: statAfter(wanted, before.publicStat, 0o644) } })
}

/** Of a new file, what ssh-keygen gives it. */
function statAfter(wanted: WantedPair, before: KnownStat | undefined, fresh: number): KnownStat {
  return withAttributes(before ?? { mode: fresh }, neededAttributes(wanted, before))
}

function goneAfter({ path, hasFolder }: KeyPair): KeyPair {
  return { path, hasFolder, stat: undefined, publicStat: undefined, publicText: undefined, isNew: false }
}

function refuseUnfit({ path, hasFolder, stat }: KeyPair): void {
  const name = dirname(path)
  if (!hasFolder) throw new ModuleFailure(`The directory ${name} does not exist or the file is not a directory`, { name })
  if (stat?.type === 'directory') throw new ModuleFailure(`${path} is a directory. Please specify a path to a file.`)
}

function isToBeMade(wanted: WantedPair, { key }: KeyPair): boolean {
  const { regenerate } = wanted
  if (key === undefined || regenerate === 'always') return true
  if (key === null) {
    if (regenerate === 'full_idempotence') return true
    throw new ModuleFailure('Unable to read the key. The key is protected with a passphrase or broken. Will not proceed. To force regeneration, call the module with `generate` set to `full_idempotence` or `always`, or with `force=true`.')
  }
  if (regenerate === 'never' || isAsWanted(wanted, key)) return false
  if (regenerate === 'fail') throw new ModuleFailure('Key has wrong type and/or size. Will not proceed. To force regeneration, call the module with `generate` set to `partial_idempotence`, `full_idempotence` or `always`, or with `force=true`.')
  return true
}

function isAsWanted({ type, size, private_key_format: format }: WantedPair, key: SshKey): boolean {
  return key.type === type && key.size === size && (format === 'auto' || format === key.format)
}

function isPublicRight({ comment }: WantedPair, { key, publicText = '' }: KeyPair): boolean {
  const { publicKey, comment: own } = readPublic(publicText)
  return publicKey === key?.publicKey && (comment === undefined || comment === own)
}

function publicTextOf(key: SshKey | null | undefined, comment: string | undefined): string {
  return `${key?.publicKey ?? ''}${comment === undefined || comment === '' ? '' : ` ${comment}`}\n`
}

/** `ssh-ed25519 AAAA...` and what stands behind it. */
export function readPublic(text: string): { readonly publicKey: string, readonly comment: string } {
  const [kind = '', data = '', ...rest] = text.replace(/^[ \n]+|[ \n]+$/g, '').split(' ')
  return { publicKey: data === '' ? '' : `${kind} ${data}`, comment: rest.join(' ') }
}

function shown(change: Change<KeyPair>): Change<KeyPair> {
  const { path } = change.after
  return { ...change, diff: [{ before: textOf(change.before), after: textOf(change.after), beforeHeader: path, afterHeader: path }] }
}

const NO_KEY = { size: null, type: null, fingerprint: null }

function textOf({ path, stat, key, publicText = '', isNew }: KeyPair): string {
  if (stat === undefined && publicText === '') return ''
  const mode = stat?.mode === undefined ? '' : `mode: 0${stat.mode.toString(8)}\n`
  const { publicKey, comment } = readPublic(publicText)
  const { size, type, fingerprint } = key ?? NO_KEY
  const told: JsonObject = isNew ? {} : { size, type, fingerprint, public_key: publicKey, comment }
  return `${path}${isNew ? ' (new)' : ''}\n${mode}${Object.entries(told).map(([name, value]) => `${name}: ${String(value)}\n`).join('')}`
}
