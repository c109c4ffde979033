import { createHmac } from 'node:crypto'
import { matchesPatterns } from './host-pattern.ts'

/** One usable line of a known_hosts file. */
export interface KnownHost {
  readonly file: string
  readonly line: number
  /** Comma-separated patterns, or one `|1|salt|hash` entry. */
  readonly hosts: string
  readonly keyType: string
  readonly key: Buffer
  readonly marker?: 'revoked' | 'cert-authority'
}

export interface KnownHostsFile {
  readonly path: string
  readonly text: string
}

export type KeyVerdict =
  | { readonly kind: 'known' }
  /** `authorities` are lines that would only vouch for host certificates, which are not supported. */
  | { readonly kind: 'unknown', readonly authorities: readonly KnownHost[] }
  | { readonly kind: 'changed', readonly expected: KnownHost }
  | { readonly kind: 'revoked', readonly by: KnownHost }

/** The lines of known_hosts files; lines that cannot be read are left out, as OpenSSH does. */
export function parseKnownHosts(files: readonly KnownHostsFile[]): readonly KnownHost[] {
  return files.flatMap(({ path, text }) => text.split('\n').flatMap((line, index) => parseLine(line, { file: path, line: index + 1 })))
}

/** The entries that name a server: by `host` at port 22, else by `[host]:port`. */
export function entriesFor(known: readonly KnownHost[], name: string, port: number): readonly KnownHost[] {
  const wanted = port === 22 ? name.toLowerCase() : `[${name.toLowerCase()}]:${port}`
  return known.filter(({ hosts }) => (hosts.startsWith('|') ? matchesHash(hosts, wanted) : matchesPatterns(hosts.toLowerCase().split(','), wanted)))
}

/** Judges the key that a server showed by the entries that name it. */
export function judgeKey(entries: readonly KnownHost[], key: Buffer): KeyVerdict {
  const revoked = entries.find((entry) => entry.marker === 'revoked' && entry.key.equals(key))
  if (revoked !== undefined) return { kind: 'revoked', by: revoked }
  const plain = entries.filter((entry) => entry.marker === undefined)
  if (plain.some((entry) => entry.key.equals(key))) return { kind: 'known' }
  const type = keyTypeIn(key)
  const expected = plain.find((entry) => entry.keyType === type) ?? plain[0]
  if (expected !== undefined) return { kind: 'changed', expected }
  return { kind: 'unknown', authorities: entries.filter((entry) => entry.marker === 'cert-authority') }
}

/** The type named at the start of an SSH public key blob. */
export function keyTypeIn(key: Buffer): string {
  return key.length < 4 ? '' : key.toString('latin1', 4, 4 + key.readUInt32BE(0))
}

function parseLine(text: string, place: { readonly file: string, readonly line: number }): KnownHost[] {
  const words = text.trim().split(/\s+/)
  const marker = words[0] === '@revoked' ? 'revoked' : words[0] === '@cert-authority' ? 'cert-authority' : undefined
  const [hosts, keyType, encoded] = marker === undefined ? words : words.slice(1)
  if (hosts === undefined || keyType === undefined || encoded === undefined || hosts.startsWith('#') || hosts.startsWith('@')) return []
  return [{ ...place, hosts, keyType, key: Buffer.from(encoded, 'base64'), ...(marker === undefined ? {} : { marker }) }]
}

function matchesHash(entry: string, name: string): boolean {
  const [, scheme, salt, hash] = entry.split('|')
  if (scheme !== '1' || salt === undefined || hash === undefined) return false
  return createHmac('sha1', Buffer.from(salt, 'base64')).update(name).digest('base64') === hash
}
