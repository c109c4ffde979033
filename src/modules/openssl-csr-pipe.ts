import { defineAction } from '../module/define-module.ts'
import type { ArgumentsOf } from '../module/argument-spec.ts'
import type { Remote } from '../remote/remote.ts'
import type { JsonObject } from '../value/value.ts'
import { requestArguments, requestConstraints } from './crypto/request-arguments.ts'
import { isRequestRight, newRequestText } from './crypto/request-state.ts'
import { wantedRequest, type WantedRequest } from './crypto/wanted-request.ts'
import { seeKey, type SeenKey } from './crypto/x509/key-source.ts'

const args = { content: { type: 'str', description: 'A request that may do.' }, ...requestArguments } as const

/** `community.crypto.openssl_csr_pipe`: a certificate signing request that is kept nowhere. */
export const opensslCsrPipe = defineAction({
  name: 'openssl_csr_pipe',
  aliases: ['community.crypto.openssl_csr_pipe'],
  summary: 'Make a certificate signing request that is returned.',
  where: 'host',
  check: 'predict',
  args,
  constraints: { ...requestConstraints, oneOf: [['privatekey_path', 'privatekey_content']] },
  examples: [{ name: 'A request to be sent to a CA', args: { privatekey_path: '/etc/ssl/private/example.com.pem', common_name: 'www.example.com' }, again: 'without the content of one that is there it is made each time' }],
  observe: ({ privatekey_path: path, privatekey_passphrase: passphrase }, remote) =>
    path === undefined ? Promise.resolve() : seeKey({ path, content: undefined, passphrase }, remote),
  run: async (given, { remote }) => {
    const { request, key, isRight } = await look(given, remote)
    const csr = isRight ? given.content ?? '' : await newRequestText(request, { key, paths: [] }, remote)
    return { changed: !isRight, fields: fieldsOf(request, csr) }
  },
  predict: async (given, { remote }) => {
    const { request, isRight } = await look(given, remote)
    return isRight ? { changed: false, fields: fieldsOf(request, given.content ?? '') } : { changed: true, fields: fieldsOf(request, ''), unknownFields: ['csr'] }
  },
})

interface Look {
  readonly request: WantedRequest
  readonly key: SeenKey
  readonly isRight: boolean
}

async function look(given: ArgumentsOf<typeof args>, remote: Remote): Promise<Look> {
  const request = wantedRequest(given)
  const key = await seeKey(request.key, remote)
  return { request, key, isRight: isRequestRight(request, { text: given.content, key }) }
}

function fieldsOf(request: WantedRequest, csr: string): JsonObject {
  return { ...request.fields, csr }
}
