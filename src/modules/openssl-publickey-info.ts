import { defineAction } from '../module/define-module.ts'
import { backendArgument } from './crypto/arguments.ts'
import { lookAtGiven, pathOrContent, readGiven } from './crypto/given-text.ts'
import { parsed } from './crypto/parse-failure.ts'
import { publicKeyBytes, publicKeyInfo } from './crypto/x509/public-key.ts'

/** Ansible's module tells these of private keys, and of public ones too. */
const NOT_PRIVATE = { can_load_key: false, can_parse_key: false, key_is_consistent: null }

/** `community.crypto.openssl_publickey_info`: what can be said of a public key. */
export const opensslPublickeyInfo = defineAction({
  name: 'openssl_publickey_info',
  aliases: ['community.crypto.openssl_publickey_info'],
  summary: 'Read a public key of OpenSSL.',
  where: 'host',
  check: 'run',
  args: {
    path: { type: 'path', description: 'The file.' },
    content: { type: 'str', description: 'The key itself.' },
    ...backendArgument,
  },
  constraints: pathOrContent,
  examples: [{ name: 'Its kind and size', args: { path: '/etc/ssl/example.com.pub' } }],
  observe: lookAtGiven,
  run: async ({ path, content }, { remote }) => {
    const text = (await readGiven({ path, content }, { remote, what: 'public key' })).toString('latin1')
    const info = parsed(() => publicKeyInfo(publicKeyBytes(text)), { prefix: 'Error while deserializing key: ', fields: NOT_PRIVATE })
    return { changed: false, fields: { ...NOT_PRIVATE, ...info } }
  },
})
