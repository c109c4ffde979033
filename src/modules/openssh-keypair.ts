import type { ArgumentsOf } from '../module/argument-spec.ts'
import { defineModule } from '../module/define-module.ts'
import { ModuleFailure, type Change } from '../module/module.ts'
import type { Remote } from '../remote/remote.ts'
import type { JsonObject } from '../value/value.ts'
import { observePair, pairChange, readPublic, type KeyPair, type WantedPair } from './crypto/key-pair.ts'
import { commentScript, fingerprintOf, generateScript } from './crypto/ssh-keygen.ts'
import { attributeArguments, attributesBetween, hasAttributes, type KnownStat } from './files/attributes.ts'
import { withExtended } from './files/extended/with-extended.ts'

const args = {
  path: { type: 'path', required: true, description: 'File of the private key; the public one is beside it, with `.pub`.' },
  state: { type: 'str', default: 'present', choices: ['present', 'absent'], description: 'Whether it is to be there.' },
  type: { type: 'str', default: 'rsa', choices: ['rsa', 'dsa', 'rsa1', 'ecdsa', 'ed25519'], description: 'Kind of the key.' },
  size: { type: 'int', description: 'Bits of the key: 4096 for RSA, 256, 384 or 521 for ECDSA, 1024 for DSA.' },
  comment: { type: 'str', description: 'What stands behind the public key.' },
  passphrase: { type: 'str', secret: true, description: 'Passphrase of the private key.' },
  private_key_format: { type: 'str', default: 'auto', choices: ['auto', 'pkcs1', 'pkcs8', 'ssh'], description: 'How the private key is written; `auto` leaves it to ssh-keygen, and leaves what is there.' },
  regenerate: {
    type: 'str', default: 'partial_idempotence', choices: ['never', 'fail', 'partial_idempotence', 'full_idempotence', 'always'],
    description: 'When a key that is there is replaced: `partial_idempotence` where it is of another kind, `full_idempotence` also where it cannot be read.',
  },
  force: { type: 'bool', default: false, description: 'Make it anew each time.' },
  backend: { type: 'str', default: 'auto', choices: ['auto', 'cryptography', 'opensshbin'], description: 'Accepted for compatibility: ssh-keygen does it.' },
  ...attributeArguments,
} as const

/** `community.crypto.openssh_keypair`: keys of OpenSSH. */
export const opensshKeypair = withExtended(defineModule({
  name: 'openssh_keypair',
  aliases: ['community.crypto.openssh_keypair'],
  summary: 'Keep a private and a public key of OpenSSH.',
  args,
  examples: [
    { name: 'A key for deployments', args: { path: '/root/.ssh/deploy', type: 'ed25519', comment: 'deploy@example.com' } },
    { name: 'With a passphrase', args: { path: '/root/.ssh/id_rsa', size: 2048, passphrase: '{{ key_passphrase }}' } },
  ],
  prepare: (given: ArgumentsOf<typeof args>): Promise<WantedPair> => Promise.resolve({
    ...given, size: sizeOf(given), regenerate: given.force ? 'always' : given.regenerate, passphrase: given.passphrase === '' ? undefined : given.passphrase,
  }),
  observe: observePair,
  diff: pairChange,
  apply: applyPair,
  result: ({ path, size, type }, { key, publicText = '', isNew }): JsonObject => ({
    filename: path, size, type,
    ...isNew ? { fingerprint: '', public_key: '', comment: '' } : { fingerprint: key?.fingerprint ?? '', ...publicFields(publicText) },
  }),
  undo: (_wanted, { before, after }) => before.stat !== undefined && (after.isNew || after.stat === undefined) ? { impossible: 'private keys are not kept' } : 'swap',
}), ({ path, stat }: KeyPair) => stat === undefined ? [] : [path, `${path}.pub`])

function publicFields(text: string): JsonObject {
  const { publicKey, comment } = readPublic(text)
  return { public_key: publicKey, comment }
}

interface Sizes {
  readonly usual: number
  readonly fits: (size: number) => boolean
  readonly problem: string
}

const SIZES: Readonly<Record<'rsa' | 'dsa' | 'ecdsa' | 'ed25519', Sizes>> = {
  rsa: { usual: 4096, fits: (size) => size >= 1024, problem: 'For RSA keys, the minimum size is 1024 bits and the default is 4096 bits. Attempting to use bit lengths under 1024 will cause the module to fail.' },
  dsa: { usual: 1024, fits: (size) => size === 1024, problem: 'DSA keys must be exactly 1024 bits as specified by FIPS 186-2.' },
  ecdsa: { usual: 256, fits: (size) => [256, 384, 521].includes(size), problem: 'For ECDSA keys, size determines the key length by selecting from one of three elliptic curve sizes: 256, 384 or 521 bits. Attempting to use bit lengths other than these three values for ECDSA keys will cause this module to fail.' },
  ed25519: { usual: 256, fits: () => true, problem: '' },
}

function sizeOf({ type, size }: ArgumentsOf<typeof args>): number {
  if (type === 'rsa1') throw new ModuleFailure('RSA1 keys are of SSH 1, which ssh-keygen no longer makes')
  const { usual, fits, problem } = SIZES[type]
  if (size !== undefined && !fits(size)) throw new ModuleFailure(problem)
  return type === 'ed25519' ? usual : size ?? usual
}

async function applyPair(wanted: WantedPair, { before, after }: Change<KeyPair>, remote: Remote): Promise<JsonObject> {
  if (after.stat === undefined) {
    await remote.remove(after.path)
    await remote.remove(`${after.path}.pub`)
    // Ansible tells what was there.
    return toldOf(before)
  }
  const made = after.isNew ? await generate(wanted, remote) : {}
  if (!after.isNew && after.publicText !== before.publicText) await writePublic(wanted, after, remote)
  await setBetween(after.path, [before.stat ?? { mode: 0o600 }, after.stat], remote)
  await setBetween(`${after.path}.pub`, [before.publicStat ?? { mode: 0o644 }, after.publicStat ?? {}], remote)
  return made
}

async function setBetween(path: string, [before, after]: readonly [KnownStat, KnownStat], remote: Remote): Promise<void> {
  const attributes = attributesBetween(before, after)
  if (hasAttributes(attributes)) await remote.setAttributes(path, attributes)
}

function toldOf({ key, publicText = '' }: KeyPair): JsonObject {
  const { publicKey, comment } = readPublic(publicText)
  return { fingerprint: key?.fingerprint ?? '', public_key: publicKey, comment }
}

async function generate(wanted: WantedPair, remote: Remote): Promise<JsonObject> {
  const { path, comment = '', private_key_format: format } = wanted
  const { stdout } = await remote.write({ summary: `Generate ${path}`, command: { script: generateScript({ ...wanted, comment, format }) }, effects: { paths: [path, `${path}.pub`] } })
  const { publicKey, comment: own } = readPublic(stdout.toString('utf8'))
  return publicKey === '' ? {} : { fingerprint: fingerprintOf(publicKey), public_key: publicKey, comment: own }
}

/** The comment is within the private key too, where its format has room for one. */
async function writePublic(wanted: WantedPair, { path, publicText, key }: KeyPair, remote: Remote): Promise<void> {
  if (publicText === undefined) return remote.remove(`${path}.pub`)
  await remote.writeFile(`${path}.pub`, publicText)
  const { comment } = readPublic(publicText)
  if (wanted.comment === undefined || key?.format !== 'ssh') return
  await remote.write({ summary: `Set the comment of ${path}`, command: { script: commentScript({ ...wanted, comment }) }, effects: { paths: [path, `${path}.pub`] } })
}
