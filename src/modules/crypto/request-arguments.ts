import type { ArgumentsOf, ArgumentSpec } from '../../module/argument-spec.ts'
import type { Constraints } from '../../module/module.ts'
import { backendArgument } from './arguments.ts'
import { REASONS } from './x509/distribution-points.ts'
import { KEY_USAGES } from './x509/key-usage.ts'
import { DIGESTS } from './x509/signature.ts'

/** Arguments of modules that make certificate signing requests. */
export const requestArguments = {
  digest: { type: 'str', default: 'sha256', choices: DIGESTS, description: 'What is signed: a digest of this kind.' },
  privatekey_path: { type: 'path', description: 'File of the private key.' },
  privatekey_content: { type: 'str', secret: true, description: 'The private key itself; it does not get to the host.' },
  privatekey_passphrase: { type: 'str', secret: true, description: 'Passphrase of the key.' },
  version: { type: 'int', default: 1, choices: [1], description: 'Version of the format.' },
  subject: { type: 'dict', description: 'Attributes of the subject; lists of several values.' },
  subject_ordered: { type: 'list', elements: 'dict', description: 'Attributes of the subject in this order, each a dict of one.' },
  country_name: { type: 'str', aliases: ['C', 'countryName'], description: 'Country of the subject: two letters.' },
  state_or_province_name: { type: 'str', aliases: ['ST', 'stateOrProvinceName'], description: 'State or province of the subject.' },
  locality_name: { type: 'str', aliases: ['L', 'localityName'], description: 'Locality of the subject.' },
  organization_name: { type: 'str', aliases: ['O', 'organizationName'], description: 'Organization of the subject.' },
  organizational_unit_name: { type: 'str', aliases: ['OU', 'organizationalUnitName'], description: 'Organizational unit of the subject.' },
  common_name: { type: 'str', aliases: ['CN', 'commonName'], description: 'Common name of the subject.' },
  email_address: { type: 'str', aliases: ['E', 'emailAddress'], description: 'E-mail address of the subject.' },
  subject_alt_name: { type: 'list', elements: 'str', aliases: ['subjectAltName'], description: 'Other names of the subject: `DNS:www.example.com`, `IP:192.0.2.1`, `email:`, `URI:`, `RID:`, `dirName:`, `otherName:`.' },
  subject_alt_name_critical: { type: 'bool', default: false, aliases: ['subjectAltName_critical'], description: 'Whether those who do not understand that must refuse it.' },
  use_common_name_for_san: { type: 'bool', default: true, aliases: ['useCommonNameForSAN'], description: 'Make the common name the other name, where none is given.' },
  key_usage: { type: 'list', elements: 'str', choices: KEY_USAGES, aliases: ['keyUsage'], description: 'What the key may be used for.' },
  key_usage_critical: { type: 'bool', default: false, aliases: ['keyUsage_critical'], description: 'Whether that is critical.' },
  extended_key_usage: { type: 'list', elements: 'str', aliases: ['extKeyUsage', 'extendedKeyUsage'], description: 'Further purposes: `serverAuth`, `clientAuth`, `1.3.6.1.5.5.7.3.1`.' },
  extended_key_usage_critical: { type: 'bool', default: false, aliases: ['extKeyUsage_critical', 'extendedKeyUsage_critical'], description: 'Whether that is critical.' },
  basic_constraints: { type: 'list', elements: 'str', aliases: ['basicConstraints'], description: '`CA:TRUE` or `CA:FALSE`, and `pathlen:1`.' },
  basic_constraints_critical: { type: 'bool', default: false, aliases: ['basicConstraints_critical'], description: 'Whether that is critical.' },
  ocsp_must_staple: { type: 'bool', default: false, aliases: ['ocspMustStaple'], description: 'Whether servers have to bring a proof that it is not revoked.' },
  ocsp_must_staple_critical: { type: 'bool', default: false, aliases: ['ocspMustStaple_critical'], description: 'Whether that is critical.' },
  name_constraints_permitted: { type: 'list', elements: 'str', description: 'Names that a CA may certify: `DNS:.example.com`, `IP:192.0.2.0/24`.' },
  name_constraints_excluded: { type: 'list', elements: 'str', description: 'Names that it may not.' },
  name_constraints_critical: { type: 'bool', default: false, description: 'Whether that is critical.' },
  create_subject_key_identifier: { type: 'bool', default: false, description: 'Tell the hash of the key.' },
  subject_key_identifier: { type: 'str', description: 'An identifier of the key: `00:11:22`.' },
  authority_key_identifier: { type: 'str', description: 'Identifier of the key of the CA: `00:11:22`.' },
  authority_cert_issuer: { type: 'list', elements: 'str', description: 'Names of who issued the certificate of the CA.' },
  authority_cert_serial_number: { type: 'int', description: 'Serial number of the certificate of the CA.' },
  crl_distribution_points: {
    type: 'list', elements: 'dict', description: 'Where revocation lists are.',
    options: {
      full_name: { type: 'list', elements: 'str', description: 'Its addresses: `URI:https://ca.example.com/revoked.crl`.' },
      relative_name: { type: 'list', elements: 'str', description: 'Its name relative to that of who issues it.' },
      crl_issuer: { type: 'list', elements: 'str', description: 'Who issues it.' },
      reasons: { type: 'list', elements: 'str', choices: REASONS, description: 'Reasons that it has.' },
    },
  },
  ...backendArgument,
} as const satisfies ArgumentSpec

export const requestConstraints: Constraints = {
  together: [['authority_cert_issuer', 'authority_cert_serial_number']],
  exclusive: [['privatekey_path', 'privatekey_content'], ['subject', 'subject_ordered']],
}

export type RequestArguments = ArgumentsOf<typeof requestArguments>
