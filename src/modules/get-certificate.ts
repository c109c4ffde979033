import { defineAction } from '../module/define-module.ts'
import { ModuleFailure } from '../module/module.ts'
import type { JsonObject } from '../value/value.ts'
import { backendArgument } from './crypto/arguments.ts'
import { parsed } from './crypto/parse-failure.ts'
import { serverCertificateScript } from './crypto/server-certificate.ts'
import { child, readOid } from './crypto/asn1/read-der.ts'
import { longName, shortName } from './crypto/asn1/oid-names.ts'
import { writePem } from './crypto/asn1/pem.ts'
import { readCertificate, type Certificate } from './crypto/x509/certificate.ts'
import type { NameAttribute } from './crypto/x509/distinguished-name.ts'
import { EXTENSIONS } from './crypto/x509/extension.ts'
import { integerJson, timeText } from './crypto/x509/numbers.ts'
import { clockProbe } from './files/clock.ts'

/** `community.crypto.get_certificate`: the certificate that a server shows, seen from the host. */
export const getCertificate = defineAction({
  name: 'get_certificate',
  aliases: ['community.crypto.get_certificate'],
  summary: 'Ask a server for its certificate.',
  where: 'host',
  check: 'run',
  args: {
    host: { type: 'str', required: true, description: 'Name or address of the server.' },
    port: { type: 'int', required: true, description: 'Its port.' },
    server_name: { type: 'str', description: 'The name that is asked for (SNI), where it is not `host`.' },
    ca_cert: { type: 'path', description: 'File of the certificates of the CAs that may have signed it; it is not verified without.' },
    proxy_host: { type: 'str', description: 'A proxy on the way.' },
    proxy_port: { type: 'int', default: 8080, description: 'Port of the proxy.' },
    timeout: { type: 'int', default: 10, description: 'Seconds.' },
    starttls: { type: 'str', choices: ['mysql'], description: 'The protocol that has to be spoken before.' },
    ciphers: { type: 'list', elements: 'str', description: 'Ciphers that may be used, in the words of OpenSSL.' },
    asn1_base64: { type: 'bool', default: true, description: 'Whether the data of extensions are told as base64.' },
    ...backendArgument,
  },
  examples: [{ name: 'Whether the proxies have the new certificate', args: { host: '127.0.0.1', port: 443, server_name: 'www.example.com', asn1_base64: true } }],
  run: async (wanted, { remote }) => {
    const { host, port, ca_cert: authorities, asn1_base64: asBase64 } = wanted
    if (authorities !== undefined && (await remote.stat(authorities))?.type !== 'file') throw new ModuleFailure('ca_cert file does not exist')
    const [{ status, stdout, stderr }, ahead] = await Promise.all([remote.exec({ script: serverCertificateScript(wanted) }, {}), remote.read(clockProbe)])
    const via = wanted.proxy_host === undefined ? '' : `via proxy ${wanted.proxy_host}:${wanted.proxy_port} `
    if (status !== 0) throw new ModuleFailure(`Failed to get cert ${via}from ${host}:${port}, error: ${stderr.toString('utf8').trim()}`)
    const certificate = parsed(() => readCertificate(stdout.toString('latin1')))
    return { changed: false, fields: fieldsOf(certificate, { asBase64, now: new Date(Date.now() + ahead * 1000) }) }
  },
})

/** Where it is not the name that it has here. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  [EXTENSIONS.authorityInformation]: 'authorityInfoAccess', [EXTENSIONS.tlsFeature]: 'tlsfeature', [EXTENSIONS.reasonCode]: 'CRLReason',
  '2.5.29.18': 'issuerAltName', '2.5.29.32': 'certificatePolicies', '1.3.6.1.4.1.11129.2.4.2': 'ct_precert_scts',
}

function extensionName(oid: string): string {
  return OTHER_NAMES[oid] ?? Object.entries(EXTENSIONS).find(([, own]) => own === oid)?.[0] ?? shortName(oid)
}

function fieldsOf(certificate: Certificate, { asBase64, now }: { readonly asBase64: boolean, readonly now: Date }): JsonObject {
  return {
    cert: writePem('CERTIFICATE', certificate.whole),
    subject: shortNames(certificate.subject), issuer: shortNames(certificate.issuer), expired: certificate.notAfter < now,
    extensions: certificate.extensions.map(({ oid, critical, value }) => ({ critical, asn1_data: asBase64 ? value.toString('base64') : value.toString('utf8'), name: extensionName(oid) })),
    not_after: timeText(certificate.notAfter), not_before: timeText(certificate.notBefore), serial_number: integerJson(certificate.serial),
    signature_algorithm: longName(readOid(child(certificate.algorithm, 0))),
    // One less, as Ansible's has it.
    version: certificate.version - 1,
  }
}

function shortNames(attributes: readonly NameAttribute[]): JsonObject {
  return Object.fromEntries(attributes.map(({ oid, value }) => [shortName(oid), value]))
}
