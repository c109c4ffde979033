import type { ArgumentsOf } from '../module/argument-spec.ts'
import { defineModule } from '../module/define-module.ts'
import type { Change } from '../module/module.ts'
import type { JsonObject } from '../value/value.ts'
import { certificateArguments, certificateConstraints, providerNeeds } from './crypto/certificate-arguments.ts'
import { certificateFields, isCertificateRight, newCertificateText, shownAfter, shownBefore, type SeenCertificate } from './crypto/certificate-state.ts'
import { applyMadeFile, madeChange, observeMadeFile, refuseWithoutFolder, type MadeFile } from './crypto/made-file.ts'
import { seeParts, type SeenParts } from './crypto/seen-certificate.ts'
import { wantedCertificate, type WantedCertificate } from './crypto/wanted-certificate.ts'
import { attributeArguments } from './files/attributes.ts'
import { withExtended } from './files/extended/with-extended.ts'
import { textChange, textDestroyed, textPaths } from './files/text-file.ts'

const args = {
  path: { type: 'path', required: true, description: 'The file.' },
  state: { type: 'str', default: 'present', choices: ['present', 'absent'], description: 'Whether it is to be there.' },
  provider: { type: 'str', choices: ['selfsigned', 'ownca'], description: 'Who signs: the key itself, or a CA whose key is at hand. `acme` and `entrust` are not there, and `assertonly` is gone from Ansible too: x509_certificate_info and assert do it.' },
  force: { type: 'bool', default: false, description: 'Make it anew each time.' },
  backup: { type: 'bool', default: false, description: 'Keep a dated copy of the file beside it.' },
  return_content: { type: 'bool', default: false, description: 'Whether the result has the certificate.' },
  ...certificateArguments,
  ...attributeArguments,
} as const

interface Wanted {
  readonly given: ArgumentsOf<typeof args>
  /** Undefined: none. */
  readonly certificate: WantedCertificate | undefined
}

interface CertificateFile extends MadeFile, SeenCertificate {}

const NO_PARTS: SeenParts = { request: undefined, key: undefined, authority: undefined, now: 0 }

/** `community.crypto.x509_certificate`: certificates, signed by their own key or by a CA of one's own. */
export const x509Certificate = withExtended(defineModule({
  name: 'x509_certificate',
  aliases: ['community.crypto.x509_certificate', 'openssl_certificate', 'community.crypto.openssl_certificate'],
  summary: 'Keep a certificate, signed by its own key or by a CA of one\'s own.',
  args,
  constraints: { ...certificateConstraints, requiredIf: [['state', 'present', ['provider']]], requiredAnyIf: providerNeeds.map(({ when, any }) => ({ when: { state: 'present', ...when }, any })) },
  examples: [
    { name: 'Signed by its own key', args: { path: '/etc/ssl/certs/www.example.com.pem', provider: 'selfsigned', csr_path: '/etc/ssl/www.example.com.csr', privatekey_path: '/etc/ssl/private/www.example.com.pem' } },
    { name: 'Signed by a CA of one\'s own', args: { path: '/etc/ssl/certs/db.example.com.pem', provider: 'ownca', csr_path: '/etc/ssl/db.example.com.csr', ownca_path: '/etc/ssl/ca.pem', ownca_privatekey_path: '/etc/ssl/private/ca.pem', ownca_privatekey_passphrase: '{{ ca_passphrase }}', ownca_not_after: '+365d' } },
  ],
  prepare: (given: ArgumentsOf<typeof args>) => {
    const isNone = given.state === 'absent' || given.provider === undefined
    return Promise.resolve({ given, certificate: isNone ? undefined : wantedCertificate(given, given.provider) })
  },
  observe: async ({ given, certificate }: Wanted, remote): Promise<CertificateFile> => {
    const [file, parts] = await Promise.all([observeMadeFile(given.path, remote), certificate === undefined ? NO_PARTS : seeParts(certificate, remote)])
    return { ...file, parts }
  },
  diff: certificateChange,
  apply: async ({ given, certificate }, change, remote) => {
    const { parts } = change.after
    const make = (): Promise<string> => certificate === undefined ? Promise.resolve('') : newCertificateText(certificate, { parts, paths: [given.path] }, remote)
    const { text, fields } = await applyMadeFile(change, remote, { backup: given.backup, make })
    if (change.after.isMade !== true || certificate === undefined) return fields
    return { ...fields, ...certificateFields(certificate, { text, parts }), ...given.return_content ? { certificate: text ?? null } : {} }
  },
  result: ({ given, certificate }, { text, isMade, parts }): JsonObject => {
    const content = isMade === true ? undefined : text
    const told = certificate === undefined ? { privatekey: given.privatekey_path ?? null, csr: given.csr_path ?? null } : certificateFields(certificate, { text: content, parts })
    return { filename: given.path, ...told, ...given.return_content ? { certificate: content ?? null } : {} }
  },
  destroys: (_wanted, change) => textDestroyed(change),
  undo: 'swap',
}), textPaths)

function certificateChange({ given, certificate }: Wanted, before: CertificateFile): Change<CertificateFile> | undefined {
  if (certificate === undefined) return textChange(before, undefined)
  refuseWithoutFolder(before, given.path)
  const isRight = isCertificateRight(certificate, before)
  if (isRight && !given.force) return textChange(before, before.text, given)
  return madeChange(before, given, { before: shownBefore(before), after: shownAfter(certificate, before.parts) })
}
