import type { ArgumentsOf } from '../module/argument-spec.ts'
import { defineModule } from '../module/define-module.ts'
import { ModuleFailure } from '../module/module.ts'
import type { JsonObject } from '../value/value.ts'
import { applyGenerated, generatedChange, observeGenerated, type GeneratedFile } from './crypto/generated-file.ts'
import { fingerprints } from './crypto/fingerprints.ts'
import { keyProbe, type FoundKey } from './crypto/private-key.ts'
import { isKeyRight, keyScript } from './crypto/wanted-key.ts'
import { attributeArguments } from './files/attributes.ts'
import { withExtended } from './files/extended/with-extended.ts'

const args = {
  path: { type: 'path', required: true, description: 'The file.' },
  size: { type: 'int', default: 4096, description: 'Bits of an RSA or DSA key.' },
  type: { type: 'str', default: 'RSA', choices: ['DSA', 'ECC', 'Ed25519', 'Ed448', 'RSA', 'X25519', 'X448'], description: 'Kind of the key.' },
  curve: {
    type: 'str', description: 'Curve of an ECC key.',
    choices: ['secp224r1', 'secp256k1', 'secp256r1', 'secp384r1', 'secp521r1', 'secp192r1', 'brainpoolP256r1', 'brainpoolP384r1', 'brainpoolP512r1', 'sect163k1', 'sect163r2', 'sect233k1', 'sect233r1', 'sect283k1', 'sect283r1', 'sect409k1', 'sect409r1', 'sect571k1', 'sect571r1'],
  },
  passphrase: { type: 'str', secret: true, description: 'Passphrase of the key.' },
  cipher: { type: 'str', default: 'auto', description: 'How it is encrypted; only `auto` can be used.' },
  format: { type: 'str', default: 'auto_ignore', choices: ['pkcs1', 'pkcs8', 'raw', 'auto', 'auto_ignore'], description: 'How it is written; `auto` is pkcs1 where the kind of the key has that, `auto_ignore` the same for new keys only.' },
  format_mismatch: { type: 'str', default: 'regenerate', choices: ['regenerate', 'convert'], description: 'What happens to a key in another format.' },
  regenerate: {
    type: 'str', default: 'full_idempotence', choices: ['never', 'fail', 'partial_idempotence', 'full_idempotence', 'always'],
    description: 'When a key that is there is replaced; `full_idempotence` also when it cannot be read with the passphrase.',
  },
  state: { type: 'str', default: 'present', choices: ['absent', 'present'], description: 'Whether it is to be there.' },
  force: { type: 'bool', default: false, description: 'Make it anew each time.' },
  backup: { type: 'bool', default: false, description: 'Keep a dated copy of the file beside it.' },
  return_content: { type: 'bool', default: false, description: 'Whether the result has the key; hide the task\'s output then.' },
  select_crypto_backend: { type: 'str', default: 'auto', choices: ['auto', 'cryptography'], description: 'Accepted for compatibility: openssl does it.' },
  ...attributeArguments,
} as const

/** `community.crypto.openssl_privatekey`: private keys. */
export const opensslPrivatekey = withExtended(defineModule({
  name: 'openssl_privatekey',
  aliases: ['community.crypto.openssl_privatekey'],
  summary: 'Keep a private key of OpenSSL.',
  args,
  constraints: { requiredIf: [['type', 'ECC', ['curve']]] },
  examples: [
    { name: 'A key for the web server', args: { path: '/etc/ssl/private/example.com.pem', size: 2048 } },
    { name: 'A short one', args: { path: '/etc/ssl/private/example.org.pem', type: 'ECC', curve: 'secp256r1', group: 'ssl-cert', mode: '0640' } },
  ],
  prepare: async (given: ArgumentsOf<typeof args>) => {
    if (given.passphrase !== undefined && given.cipher !== 'auto') throw new ModuleFailure('Cryptography backend can only use "auto" for cipher option.')
    return { ...given, mode: given.mode ?? '0600' }
  },
  observe: (wanted, remote) => observeGenerated(wanted.path, keyProbe(wanted), remote),
  diff: (wanted, before) => generatedChange(wanted, before, { isRight: wanted.state === 'absent' || isKeyRight(wanted, before) }),
  apply: async (wanted, change, remote) => {
    const { backup, stdout } = await applyGenerated({ backup: wanted.backup, return_content: wanted.return_content, ...keyScript(wanted, change.before.found) }, change, remote)
    const [publicKey = '', key = ''] = (stdout ?? '').split('=====key=====\n')
    return { ...backup, ...publicKey === '' ? {} : { fingerprint: fingerprints(publicKey) }, ...wanted.return_content && key !== '' ? { privatekey: key } : {} }
  },
  result: ({ path, size, type, curve }, { found }): JsonObject => ({
    filename: path, size, type, ...type === 'ECC' ? { curve: curve ?? null } : {}, ...found === null || found.publicKey === '' ? {} : { fingerprint: fingerprints(found.publicKey) },
  }),
  undo: (_wanted, { before }) => before.exists ? { impossible: 'private keys are not kept' } : 'swap',
}), ({ path, exists }: GeneratedFile<FoundKey>) => exists ? [path] : [])
