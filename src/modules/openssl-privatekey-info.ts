import { defineAction } from '../module/define-module.ts'
import { ModuleFailure } from '../module/module.ts'
import type { Remote } from '../remote/remote.ts'
import type { JsonObject } from '../value/value.ts'
import { backendArgument } from './crypto/arguments.ts'
import { pathOrContent } from './crypto/given-text.ts'
import { consistencyProbe, isConsistent } from './crypto/key-consistency.ts'
import { keyProbe } from './crypto/private-key.ts'
import { privateData } from './crypto/private-data.ts'
import { privateKeyOf, publicPart, seeKey, type KeySource } from './crypto/x509/key-source.ts'
import { publicKeyInfo, publicKeyPem } from './crypto/x509/public-key.ts'

const NOT_LOADED = { can_load_key: false, can_parse_key: false, key_is_consistent: null }

/** `community.crypto.openssl_privatekey_info`: what can be said of a private key. */
export const opensslPrivatekeyInfo = defineAction({
  name: 'openssl_privatekey_info',
  aliases: ['community.crypto.openssl_privatekey_info'],
  summary: 'Read a private key of OpenSSL; it stays on its host unless its private data are asked for.',
  where: 'host',
  check: 'run',
  args: {
    path: { type: 'path', description: 'The file.' },
    content: { type: 'str', secret: true, description: 'The key itself.' },
    passphrase: { type: 'str', secret: true, description: 'Passphrase of the key.' },
    return_private_key_data: { type: 'bool', default: false, description: 'Whether the result has the private numbers of the key; hide the task\'s output then.' },
    check_consistency: { type: 'bool', default: false, description: 'Whether to fail on a key that is no key.' },
    ...backendArgument,
  },
  constraints: pathOrContent,
  examples: [{ name: 'Its kind and size', args: { path: '/etc/ssl/private/example.com.pem' } }],
  observe: ({ path, passphrase }, remote) => path === undefined ? Promise.resolve() : remote.read(keyProbe({ path, passphrase })),
  run: async ({ path, content, passphrase, ...asked }, { remote }) => {
    const source = { path, content, passphrase }
    const seen = await seeKey(source, remote)
    if (seen.kind === 'refused') throw seen.problem.startsWith('[Errno 2]') ? new ModuleFailure(`Error while reading private key file from disk: ${seen.problem}`, NOT_LOADED) : new ModuleFailure(seen.problem, { ...NOT_LOADED, can_load_key: true })
    const publicKey = publicPart(seen)
    const { type, public_data, fingerprints } = publicKeyInfo(publicKey)
    const fields = {
      can_load_key: true, can_parse_key: true, type, public_data, public_key: publicKeyPem(publicKey), public_key_fingerprints: fingerprints,
      key_is_consistent: asked.check_consistency ? await consistencyOf(source, remote) : null,
      ...asked.return_private_key_data ? { private_data: await privateOf(source, remote) } : {},
    }
    if (fields.key_is_consistent === false) throw new ModuleFailure('Private key is not consistent! (See https://blog.hboeck.de/archives/888-How-I-tricked-Symantec-with-a-Fake-Private-Key.html)', fields)
    return { changed: false, fields }
  },
})

async function consistencyOf(source: KeySource, remote: Remote): Promise<boolean | null> {
  if (source.path !== undefined) return remote.read(consistencyProbe(source.path, source.passphrase))
  const key = privateKeyOf(source)
  return typeof key === 'string' ? null : isConsistent(key)
}

async function privateOf(source: KeySource, remote: Remote): Promise<JsonObject> {
  const content = source.path === undefined ? source.content : await remote.readText(source.path)
  const key = privateKeyOf({ content, passphrase: source.passphrase })
  if (typeof key === 'string') throw new ModuleFailure(key)
  return privateData(key)
}
