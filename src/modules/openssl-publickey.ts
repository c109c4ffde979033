import type { ArgumentsOf } from '../module/argument-spec.ts'
import { defineModule } from '../module/define-module.ts'
import type { Change } from '../module/module.ts'
import type { JsonObject } from '../value/value.ts'
import { backendArgument } from './crypto/arguments.ts'
import { fingerprints } from './crypto/fingerprints.ts'
import { applyMadeFile, madeChange, observeMadeFile, refuseWithoutFolder, type MadeFile } from './crypto/made-file.ts'
import { parsedIfCan } from './crypto/parse-failure.ts'
import { shortened } from './crypto/request-state.ts'
import { sshPublicKey } from './crypto/ssh-key.ts'
import { publicPart, seeKey, type SeenKey } from './crypto/x509/key-source.ts'
import { publicKeyBytes, publicKeyInfo, publicKeyPem, type PublicKeyBytes } from './crypto/x509/public-key.ts'
import { attributeArguments } from './files/attributes.ts'
import { withExtended } from './files/extended/with-extended.ts'
import { textChange, textDestroyed, textPaths } from './files/text-file.ts'

const args = {
  path: { type: 'path', required: true, description: 'The file.' },
  state: { type: 'str', default: 'present', choices: ['present', 'absent'], description: 'Whether it is to be there.' },
  privatekey_path: { type: 'path', description: 'File of the private key.' },
  privatekey_content: { type: 'str', secret: true, description: 'The private key itself; it does not get to the host.' },
  privatekey_passphrase: { type: 'str', secret: true, description: 'Passphrase of the private key.' },
  format: { type: 'str', default: 'PEM', choices: ['OpenSSH', 'PEM'], description: 'How it is written.' },
  force: { type: 'bool', default: false, description: 'Write it each time.' },
  backup: { type: 'bool', default: false, description: 'Keep a dated copy of the file beside it.' },
  return_content: { type: 'bool', default: false, description: 'Whether the result has the key.' },
  ...backendArgument,
  ...attributeArguments,
} as const

type Wanted = ArgumentsOf<typeof args>

interface PublicKeyFile extends MadeFile {
  readonly key: SeenKey
}

/** `community.crypto.openssl_publickey`: the public parts of private keys. */
export const opensslPublickey = withExtended(defineModule({
  name: 'openssl_publickey',
  aliases: ['community.crypto.openssl_publickey'],
  summary: 'Keep the public part of a private key in a file.',
  args,
  constraints: { exclusive: [['privatekey_path', 'privatekey_content']], requiredAnyIf: [{ when: { state: 'present' }, any: ['privatekey_path', 'privatekey_content'] }] },
  examples: [
    { name: 'For OpenSSL', args: { path: '/etc/ssl/example.com.pub', privatekey_path: '/etc/ssl/private/example.com.pem' } },
    { name: 'For OpenSSH', args: { path: '/root/deploy.pub', privatekey_path: '/root/deploy.pem', format: 'OpenSSH', mode: '0644' } },
  ],
  observe: async (wanted: Wanted, remote): Promise<PublicKeyFile> => {
    const { privatekey_path: path, privatekey_content: content, privatekey_passphrase: passphrase } = wanted
    const [file, key] = await Promise.all([
      observeMadeFile(wanted.path, remote),
      wanted.state === 'absent' ? { kind: 'refused' as const, problem: '' } : seeKey({ path, content, passphrase }, remote),
    ])
    return { ...file, key: key.kind === 'refused' && key.problem.startsWith('[Errno 2]') ? { ...key, problem: `The private key ${path ?? ''} does not exist` } : key }
  },
  diff: keyChange,
  apply: async (wanted, change, remote) => {
    const { text, fields } = await applyMadeFile(change, remote, { backup: wanted.backup, make: () => Promise.resolve(textOf(publicPart(change.after.key), wanted)) })
    return { ...fields, ...wanted.return_content ? { publickey: text ?? null } : {} }
  },
  result: ({ path, privatekey_path: source, format, return_content: returns }, { key, text, isMade }): JsonObject => ({
    filename: path, privatekey: source ?? null, format, fingerprint: key.kind === 'seen' ? fingerprints(key.publicKey) : {},
    ...returns ? { publickey: isMade === true ? null : text ?? null } : {},
  }),
  destroys: (_wanted, change) => textDestroyed(change),
  undo: 'swap',
}), textPaths)

function keyChange(wanted: Wanted, before: PublicKeyFile): Change<PublicKeyFile> | undefined {
  const { text, key } = before
  refuseWithoutFolder(before, wanted.path)
  if (wanted.state === 'absent') return textChange(before, undefined)
  if (key.kind === 'unknown' && text === undefined) return madeChange(before, wanted, { before: undefined, after: undefined })
  const publicKey = publicPart(key)
  const made = textOf(publicKey, wanted)
  if (!wanted.force && text !== undefined && isSame(text, made, wanted)) return textChange(before, text, wanted)
  return madeChange(before, wanted, { before: text === undefined ? undefined : shown(text), after: infoOf(publicKey) })
}

function textOf(publicKey: PublicKeyBytes, { format }: Pick<Wanted, 'format'>): string {
  return format === 'PEM' ? publicKeyPem(publicKey) : sshPublicKey(publicKey)
}

/** Comments and the like do not matter. */
function isSame(text: string, made: string, { format }: Wanted): boolean {
  if (format === 'OpenSSH') return text.trim().split(/\s+/).slice(0, 2).join(' ') === made
  return parsedIfCan(() => publicKeyPem(publicKeyBytes(text))) === made
}

function shown(text: string): JsonObject {
  return parsedIfCan(() => infoOf(publicKeyBytes(text))) ?? { can_parse_key: false }
}

function infoOf(publicKey: PublicKeyBytes): JsonObject {
  const { fingerprints: hashes, ...info } = publicKeyInfo(publicKey)
  return { ...info, fingerprints: shortened(hashes), can_parse_key: true }
}
