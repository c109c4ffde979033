import { ModuleFailure } from '../../module/module.ts'
import type { Remote } from '../../remote/remote.ts'
import { clockProbe } from '../files/clock.ts'
import { knownOr } from './known-or.ts'
import type { TextSource, WantedCertificate } from './wanted-certificate.ts'
import { seeKey, type SeenKey } from './x509/key-source.ts'

/** A text that could be read, or why not. */
export type SeenText =
  | { readonly kind: 'seen', readonly text: string }
  | { readonly kind: 'refused', readonly problem: string }
  /** An earlier task of check mode would change it. */
  | { readonly kind: 'unknown', readonly cause: Error }

/** All that a certificate is made of. */
export interface SeenParts {
  readonly request: SeenText | undefined
  readonly key: SeenKey | undefined
  readonly authority: { readonly certificate: SeenText, readonly key: SeenKey } | undefined
  /** The time on the host. */
  readonly now: number
}

export async function seeParts(wanted: WantedCertificate, remote: Remote): Promise<SeenParts> {
  const { request, key, authority } = wanted
  const [seenRequest, seenKey, seenAuthority, ahead] = await Promise.all([
    request === undefined ? undefined : seeText(request, { what: 'The certificate signing request file', remote }),
    key === undefined ? undefined : seeKey(key, remote),
    authority === undefined ? undefined : seeAuthority(authority, remote),
    remote.read(clockProbe),
  ])
  return {
    request: seenRequest, authority: seenAuthority, now: Math.round(Date.now() + ahead * 1000),
    key: seenKey === undefined ? undefined : namedKey(seenKey, { path: key?.path, what: 'The private key file' }),
  }
}

async function seeAuthority({ certificate, key }: NonNullable<WantedCertificate['authority']>, remote: Remote): Promise<NonNullable<SeenParts['authority']>> {
  const [seenCertificate, seenKey] = await Promise.all([seeText(certificate, { what: 'The CA certificate file', remote }), seeKey(key, remote)])
  return { certificate: seenCertificate, key: namedKey(seenKey, { path: key.path, what: 'The CA private key file' }) }
}

function namedKey(key: SeenKey, { path, what }: { readonly path: string | undefined, readonly what: string }): SeenKey {
  return key.kind === 'refused' && key.problem.startsWith('[Errno 2]') ? { ...key, problem: `${what} ${path ?? ''} does not exist` } : key
}

async function seeText({ path = '', content }: TextSource, { what, remote }: { readonly what: string, readonly remote: Remote }): Promise<SeenText> {
  if (content !== undefined) return { kind: 'seen', text: content }
  const text = await knownOr(remote.readText(path))
  if (text instanceof Error) return { kind: 'unknown', cause: text }
  return text === undefined ? { kind: 'refused', problem: `${what} ${path} does not exist` } : { kind: 'seen', text }
}

/** The text; throws where it is not known. */
export function seenText(seen: SeenText): string {
  if (seen.kind === 'refused') throw new ModuleFailure(seen.problem)
  if (seen.kind === 'unknown') throw seen.cause
  return seen.text
}
