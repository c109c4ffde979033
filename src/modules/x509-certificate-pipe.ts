import type { ArgumentsOf } from '../module/argument-spec.ts'
import { defineAction } from '../module/define-module.ts'
import type { Remote } from '../remote/remote.ts'
import { certificateArguments, certificateConstraints, providerNeeds } from './crypto/certificate-arguments.ts'
import { certificateFields, isCertificateRight, newCertificateText } from './crypto/certificate-state.ts'
import { seeParts, type SeenParts } from './crypto/seen-certificate.ts'
import { wantedCertificate, type WantedCertificate } from './crypto/wanted-certificate.ts'

const args = {
  provider: { type: 'str', required: true, choices: ['selfsigned', 'ownca'], description: 'Who signs: the key itself, or a CA whose key is at hand.' },
  content: { type: 'str', description: 'A certificate that may do.' },
  force: { type: 'bool', default: false, description: 'Make it anew each time.' },
  ...certificateArguments,
} as const

/** `community.crypto.x509_certificate_pipe`: a certificate that is kept nowhere. */
export const x509CertificatePipe = defineAction({
  name: 'x509_certificate_pipe',
  aliases: ['community.crypto.x509_certificate_pipe'],
  summary: 'Make a certificate that is returned.',
  where: 'host',
  check: 'predict',
  args,
  constraints: { ...certificateConstraints, requiredAnyIf: providerNeeds },
  examples: [{ name: 'Signed by a CA of one\'s own', args: { provider: 'ownca', csr_content: '{{ request.csr }}', ownca_path: '/etc/ssl/ca.pem', ownca_privatekey_path: '/etc/ssl/private/ca.pem', ownca_privatekey_passphrase: '{{ ca_passphrase }}' }, again: 'without the content of one that is there it is made each time' }],
  run: async (given, { remote }) => {
    const { wanted, parts, isRight } = await look(given, remote)
    const certificate = isRight ? given.content ?? '' : await newCertificateText(wanted, { parts, paths: [] }, remote)
    return { changed: !isRight, fields: { ...certificateFields(wanted, { text: certificate, parts }), certificate } }
  },
  predict: async (given, { remote }) => {
    const { wanted, parts, isRight } = await look(given, remote)
    const fields = certificateFields(wanted, { text: isRight ? given.content : undefined, parts })
    return isRight ? { changed: false, fields: { ...fields, certificate: given.content ?? '' } } : { changed: true, fields: { ...fields, certificate: '' }, unknownFields: ['certificate', 'serial_number'] }
  },
})

interface Look {
  readonly wanted: WantedCertificate
  readonly parts: SeenParts
  readonly isRight: boolean
}

async function look(given: ArgumentsOf<typeof args>, remote: Remote): Promise<Look> {
  const wanted = wantedCertificate(given, given.provider)
  const parts = await seeParts(wanted, remote)
  return { wanted, parts, isRight: isCertificateRight(wanted, { text: given.content, parts }) && !given.force }
}
