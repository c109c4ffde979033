import { defineAction } from '../module/define-module.ts'
import { ModuleFailure } from '../module/module.ts'
import { backendArgument, encodingArgument } from './crypto/arguments.ts'
import { lookAtGiven, pathOrContent, readGiven } from './crypto/given-text.ts'
import { parsed } from './crypto/parse-failure.ts'
import { isRequestSigned, readRequest, requestInfo } from './crypto/x509/request.ts'

/** `community.crypto.openssl_csr_info`: what a certificate signing request says. */
export const opensslCsrInfo = defineAction({
  name: 'openssl_csr_info',
  aliases: ['community.crypto.openssl_csr_info'],
  summary: 'Read a certificate signing request.',
  where: 'host',
  check: 'run',
  args: {
    path: { type: 'path', description: 'The file.' },
    content: { type: 'str', description: 'The request itself.' },
    ...encodingArgument,
    ...backendArgument,
  },
  constraints: pathOrContent,
  examples: [{ name: 'What is asked for', args: { path: '/etc/ssl/www.example.com.csr' } }],
  observe: lookAtGiven,
  run: async ({ path, content, name_encoding: encoding }, { remote }) => {
    const text = (await readGiven({ path, content }, { remote, what: 'CSR' })).toString('latin1')
    const fields = parsed(() => {
      const request = readRequest(text)
      return { ...requestInfo(request, encoding), signature_valid: isRequestSigned(request) }
    })
    if (!fields.signature_valid) throw new ModuleFailure('CSR signature is invalid!', fields)
    return { changed: false, fields }
  },
})
