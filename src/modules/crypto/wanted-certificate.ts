import { randomBytes } from 'node:crypto'
import type { CertificateArguments } from './certificate-arguments.ts'
import type { KeySource } from './x509/key-source.ts'
import type { Digest } from './x509/signature.ts'
import { wantedTime } from './x509/wanted-time.ts'

/** Text that is in a file of the host, or in the task. */
export interface TextSource {
  readonly path: string | undefined
  readonly content: string | undefined
}

/** What a task wants of a certificate. */
export interface WantedCertificate {
  readonly provider: 'selfsigned' | 'ownca'
  /** Undefined: nothing is asked for but the key. */
  readonly request: TextSource | undefined
  readonly key: KeySource | undefined
  readonly authority: { readonly certificate: TextSource, readonly key: KeySource } | undefined
  readonly digest: Digest
  readonly notBefore: string
  readonly notAfter: string
  readonly identifier: 'create_if_not_provided' | 'always_create' | 'never_create'
  readonly identifiesAuthority: boolean
  readonly ignoresTimes: boolean
  /** Serial number of a new one. */
  readonly serial: bigint
}

/** Throws where the arguments do not make sense. */
export function wantedCertificate(given: CertificateArguments, provider: 'selfsigned' | 'ownca'): WantedCertificate {
  const { privatekey_path: path, privatekey_content: content } = given
  const shared = {
    provider, ignoresTimes: given.ignore_timestamps,
    request: given.csr_path === undefined && given.csr_content === undefined ? undefined : { path: given.csr_path, content: given.csr_content },
    key: path === undefined && content === undefined ? undefined : { path, content, passphrase: given.privatekey_passphrase },
    // 159 bits, as Python's cryptography has them.
    serial: BigInt(`0x${randomBytes(20).toString('hex')}`) >> 1n,
  }
  const wanted: WantedCertificate = provider === 'selfsigned' ? { ...shared, ...selfSigned(given) } : { ...shared, ...byAuthority(given) }
  // Found out before the host is asked.
  validity(wanted, new Date())
  return wanted
}

type Own = Pick<WantedCertificate, 'authority' | 'digest' | 'notBefore' | 'notAfter' | 'identifier' | 'identifiesAuthority'>

function selfSigned(given: CertificateArguments): Own {
  return {
    authority: undefined, digest: given.selfsigned_digest, notBefore: given.selfsigned_not_before, notAfter: given.selfsigned_not_after,
    identifier: given.selfsigned_create_subject_key_identifier, identifiesAuthority: false,
  }
}

function byAuthority(given: CertificateArguments): Own {
  return {
    authority: {
      certificate: { path: given.ownca_path, content: given.ownca_content },
      key: { path: given.ownca_privatekey_path, content: given.ownca_privatekey_content, passphrase: given.ownca_privatekey_passphrase },
    },
    digest: given.ownca_digest, notBefore: given.ownca_not_before, notAfter: given.ownca_not_after,
    identifier: given.ownca_create_subject_key_identifier, identifiesAuthority: given.ownca_create_authority_key_identifier,
  }
}

/** When it is to be valid. */
export function validity({ provider, notBefore, notAfter }: WantedCertificate, now: Date): { readonly notBefore: Date, readonly notAfter: Date } {
  return { notBefore: wantedTime(notBefore, { now, name: `${provider}_not_before` }), notAfter: wantedTime(notAfter, { now, name: `${provider}_not_after` }) }
}
