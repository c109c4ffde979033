import { defineAction } from '../module/define-module.ts'
import { ModuleFailure } from '../module/module.ts'
import type { Json, JsonObject } from '../value/value.ts'
import { backendArgument, encodingArgument } from './crypto/arguments.ts'
import { isPem } from './crypto/asn1/pem.ts'
import { lookAtGiven, pathOrContent, readGiven } from './crypto/given-text.ts'
import { parsed } from './crypto/parse-failure.ts'
import { certificateInfo, readCertificate, readCertificateBytes, signedInfo, type Certificate } from './crypto/x509/certificate.ts'
import { wantedTime } from './crypto/x509/wanted-time.ts'
import { clockProbe } from './files/clock.ts'

/** `community.crypto.x509_certificate_info`: what a certificate says. */
export const x509CertificateInfo = defineAction({
  name: 'x509_certificate_info',
  aliases: ['community.crypto.x509_certificate_info', 'openssl_certificate_info', 'community.crypto.openssl_certificate_info'],
  summary: 'Read a certificate.',
  where: 'host',
  check: 'run',
  args: {
    path: { type: 'path', description: 'The file, of PEM or DER.' },
    content: { type: 'str', description: 'The certificate itself, of PEM.' },
    valid_at: { type: 'dict', description: 'Points in time (`+30d`, `20301231235959Z`) by names of your own: the result tells for each whether the certificate is valid then.' },
    ...encodingArgument,
    ...backendArgument,
  },
  constraints: pathOrContent,
  examples: [{ name: 'Whether it is still valid in a month', args: { path: '/etc/ssl/certs/www.example.com.pem', valid_at: { soon: '+30d' } } }],
  observe: (given, remote) => Promise.all([lookAtGiven(given, remote), remote.read(clockProbe)]),
  run: async ({ path, content, valid_at: points = {}, name_encoding: encoding }, { remote }) => {
    const [bytes, ahead] = await Promise.all([readGiven({ path, content }, { remote, what: 'certificate' }), remote.read(clockProbe)])
    const now = new Date(Date.now() + ahead * 1000)
    const fields = parsed(() => {
      const certificate = readAny(bytes, { allowsDer: content === undefined })
      return { ...certificateInfo(certificate, { now, encoding }), ...signedInfo(certificate), valid_at: validAt(certificate, points, now) }
    })
    return { changed: false, fields }
  },
})

function readAny(bytes: Buffer, { allowsDer }: { readonly allowsDer: boolean }): Certificate {
  const text = bytes.toString('latin1')
  return allowsDer && !isPem(text) ? parsed(() => readCertificateBytes(bytes), { prefix: 'Cannot parse DER certificate: ' }) : readCertificate(text)
}

function validAt({ notBefore, notAfter }: Certificate, points: Readonly<Record<string, Json>>, now: Date): JsonObject {
  return Object.fromEntries(Object.entries(points).map(([name, point]) => {
    if (typeof point !== 'string') throw new ModuleFailure(`The value for valid_at.${name} must be of type string (got ${typeof point})`)
    const at = wantedTime(point, { now, name: `valid_at.${name}` })
    return [name, notBefore <= at && at <= notAfter]
  }))
}
