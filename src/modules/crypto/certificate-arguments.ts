import type { ArgumentsOf, ArgumentSpec } from '../../module/argument-spec.ts'
import type { AnyNeeded, Constraints } from '../../module/module.ts'
import { backendArgument } from './arguments.ts'
import { DIGESTS } from './x509/signature.ts'

const IDENTIFIERS = ['create_if_not_provided', 'always_create', 'never_create'] as const

/** Arguments of modules that make certificates. */
export const certificateArguments = {
  csr_path: { type: 'path', description: 'File of the request that is answered.' },
  csr_content: { type: 'str', description: 'The request itself.' },
  ignore_timestamps: { type: 'bool', default: true, description: 'Whether a certificate that is valid at other times than are asked for may stay.' },
  privatekey_path: { type: 'path', description: 'File of the private key that it is for; with `selfsigned` it signs.' },
  privatekey_content: { type: 'str', secret: true, description: 'The private key itself; it does not get to the host.' },
  privatekey_passphrase: { type: 'str', secret: true, description: 'Passphrase of the key.' },
  selfsigned_version: { type: 'int', default: 3, choices: [3], description: 'Version of the format.' },
  selfsigned_digest: { type: 'str', default: 'sha256', choices: DIGESTS, description: 'What is signed: a digest of this kind.' },
  selfsigned_not_before: { type: 'str', default: '+0s', aliases: ['selfsigned_notBefore'], description: 'From when it is valid: `+0s` from now, or `20301231235959Z`.' },
  selfsigned_not_after: { type: 'str', default: '+3650d', aliases: ['selfsigned_notAfter'], description: 'Until when it is valid.' },
  selfsigned_create_subject_key_identifier: { type: 'str', default: 'create_if_not_provided', choices: IDENTIFIERS, description: 'Whether the hash of the key is told.' },
  ownca_path: { type: 'path', description: 'File of the certificate of the CA.' },
  ownca_content: { type: 'str', description: 'The certificate of the CA itself.' },
  ownca_privatekey_path: { type: 'path', description: 'File of the private key of the CA.' },
  ownca_privatekey_content: { type: 'str', secret: true, description: 'The private key of the CA itself; it does not get to the host.' },
  ownca_privatekey_passphrase: { type: 'str', secret: true, description: 'Passphrase of that key.' },
  ownca_digest: { type: 'str', default: 'sha256', choices: DIGESTS, description: 'What is signed: a digest of this kind.' },
  ownca_version: { type: 'int', default: 3, choices: [3], description: 'Version of the format.' },
  ownca_not_before: { type: 'str', default: '+0s', description: 'From when it is valid: `+0s` from now, or `20301231235959Z`.' },
  ownca_not_after: { type: 'str', default: '+3650d', description: 'Until when it is valid.' },
  ownca_create_subject_key_identifier: { type: 'str', default: 'create_if_not_provided', choices: IDENTIFIERS, description: 'Whether the hash of the key is told.' },
  ownca_create_authority_key_identifier: { type: 'bool', default: true, description: 'Whether the key of the CA is told.' },
  ...backendArgument,
} as const satisfies ArgumentSpec

export type CertificateArguments = ArgumentsOf<typeof certificateArguments>

export const certificateConstraints: Constraints = {
  exclusive: [
    ['csr_path', 'csr_content'], ['privatekey_path', 'privatekey_content'], ['ownca_path', 'ownca_content'], ['ownca_privatekey_path', 'ownca_privatekey_content'],
  ],
}

/** What each provider needs. */
export const providerNeeds: readonly AnyNeeded[] = [
  { when: { provider: 'selfsigned' }, any: ['privatekey_path', 'privatekey_content'] },
  { when: { provider: 'ownca' }, any: ['csr_path', 'csr_content'] },
  { when: { provider: 'ownca' }, any: ['ownca_path', 'ownca_content'] },
  { when: { provider: 'ownca' }, any: ['ownca_privatekey_path', 'ownca_privatekey_content'] },
]
