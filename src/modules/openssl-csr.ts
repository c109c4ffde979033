import { defineModule } from '../module/define-module.ts'
import type { ArgumentsOf } from '../module/argument-spec.ts'
import type { Change } from '../module/module.ts'
import type { JsonObject } from '../value/value.ts'
import { applyMadeFile, madeChange, observeMadeFile, refuseWithoutFolder, type MadeFile } from './crypto/made-file.ts'
import { parsedIfCan } from './crypto/parse-failure.ts'
import { requestArguments, requestConstraints } from './crypto/request-arguments.ts'
import { isRequestRight, newRequestText, requestShown, type SeenRequest } from './crypto/request-state.ts'
import { wantedRequest, type WantedRequest } from './crypto/wanted-request.ts'
import { seeKey } from './crypto/x509/key-source.ts'
import { attributeArguments } from './files/attributes.ts'
import { withExtended } from './files/extended/with-extended.ts'
import { textChange, textDestroyed, textPaths } from './files/text-file.ts'

const args = {
  path: { type: 'path', required: true, description: 'The file.' },
  state: { type: 'str', default: 'present', choices: ['absent', 'present'], description: 'Whether it is to be there.' },
  force: { type: 'bool', default: false, description: 'Make it anew each time.' },
  backup: { type: 'bool', default: false, description: 'Keep a dated copy of the file beside it.' },
  return_content: { type: 'bool', default: false, description: 'Whether the result has the request.' },
  ...requestArguments,
  ...attributeArguments,
} as const

interface Wanted {
  readonly given: ArgumentsOf<typeof args>
  readonly request: WantedRequest
}

interface RequestFile extends MadeFile, SeenRequest {}

/** `community.crypto.openssl_csr`: certificate signing requests. */
export const opensslCsr = withExtended(defineModule({
  name: 'openssl_csr',
  aliases: ['community.crypto.openssl_csr'],
  summary: 'Keep a certificate signing request.',
  args,
  constraints: { ...requestConstraints, requiredAnyIf: [{ when: { state: 'present' }, any: ['privatekey_path', 'privatekey_content'] }] },
  examples: [
    { name: 'A request for a web server', args: { path: '/etc/ssl/www.example.com.csr', privatekey_path: '/etc/ssl/private/example.com.pem', common_name: 'www.example.com', subject_alt_name: ['DNS:www.example.com', 'DNS:example.com'] } },
    { name: 'A request for a CA of one\'s own', args: {
      path: '/etc/ssl/ca.csr', privatekey_path: '/etc/ssl/private/ca.pem', privatekey_passphrase: '{{ ca_passphrase }}',
      common_name: 'Example CA', use_common_name_for_san: false,
      basic_constraints: ['CA:TRUE'], basic_constraints_critical: true, key_usage: ['keyCertSign'], key_usage_critical: true,
    } },
  ],
  prepare: (given: ArgumentsOf<typeof args>) => Promise.resolve({ given, request: wantedRequest(given) }),
  observe: async ({ given, request }: Wanted, remote): Promise<RequestFile> => {
    const [file, key] = await Promise.all([observeMadeFile(given.path, remote), given.state === 'absent' ? { kind: 'refused' as const, problem: '' } : seeKey(request.key, remote)])
    return { ...file, key }
  },
  diff: requestChange,
  apply: async ({ given, request }, change, remote) => {
    const make = (): Promise<string> => newRequestText(request, { key: change.after.key, paths: [given.path] }, remote)
    const { text, fields } = await applyMadeFile(change, remote, { backup: given.backup, make })
    return { ...fields, ...given.return_content && change.after.isMade === true ? { csr: text ?? null } : {} }
  },
  result: ({ given, request }, { text, isMade }): JsonObject => {
    const content = given.return_content ? { csr: isMade === true ? null : text ?? null } : {}
    return { ...request.fields, filename: given.path, ...content }
  },
  destroys: (_wanted, change) => textDestroyed(change),
  undo: 'swap',
}), textPaths)

function requestChange({ given, request }: Wanted, before: RequestFile): Change<RequestFile> | undefined {
  refuseWithoutFolder(before, given.path)
  if (given.state === 'absent') return textChange(before, undefined)
  if (!given.force && isRequestRight(request, before)) return textChange(before, before.text, given)
  return madeChange(before, given, {
    before: before.text === undefined ? undefined : parsedIfCan(() => requestShown(before.text)) ?? { can_parse_csr: false },
    after: parsedIfCan(() => requestShown(undefined, { wanted: request, key: before.key })),
  })
}
