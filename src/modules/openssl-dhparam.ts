import { dirname } from 'node:path/posix'
import type { ArgumentsOf } from '../module/argument-spec.ts'
import { defineModule } from '../module/define-module.ts'
import type { JsonObject } from '../value/value.ts'
import type { ScriptProbe } from '../remote/probe.ts'
import { quote } from '../text/shell-quote.ts'
import { applyGenerated, generatedChange, observeGenerated, type GeneratedFile } from './crypto/generated-file.ts'
import { attributeArguments } from './files/attributes.ts'
import { withExtended } from './files/extended/with-extended.ts'

const args = {
  path: { type: 'path', required: true, description: 'The file.' },
  size: { type: 'int', default: 4096, description: 'Bits of the prime.' },
  state: { type: 'str', default: 'present', choices: ['absent', 'present'], description: 'Whether it is to be there.' },
  force: { type: 'bool', default: false, description: 'Make it anew each time.' },
  backup: { type: 'bool', default: false, description: 'Keep a dated copy of the file beside it.' },
  return_content: { type: 'bool', default: false, description: 'Whether the result has the content.' },
  select_crypto_backend: { type: 'str', default: 'auto', choices: ['auto', 'cryptography', 'openssl'], description: 'Accepted for compatibility: openssl does it.' },
  ...attributeArguments,
} as const

/** `community.crypto.openssl_dhparam`: parameters of Diffie and Hellman. */
export const opensslDhparam = withExtended(defineModule({
  name: 'openssl_dhparam',
  aliases: ['community.crypto.openssl_dhparam'],
  summary: 'Keep a file of Diffie-Hellman parameters.',
  args,
  examples: [{ name: 'For the proxies', args: { path: '/etc/haproxy/dhparam.pem', size: 2048 } }],
  observe: (wanted: WantedParameters, remote) => observeGenerated(wanted.path, dhparamProbe(wanted), remote),
  diff: (wanted, before) => generatedChange(wanted, before, { isRight: before.found?.size === wanted.size && !wanted.force }),
  apply: async (wanted, change, remote) => {
    const { backup, stdout } = await applyGenerated({ ...wanted, script: `mkdir -p ${quote(dirname(wanted.path))} && openssl dhparam -out "$t" ${wanted.size} 2>/dev/null && chmod 644 "$t"` }, change, remote)
    return { ...backup, ...wanted.return_content && stdout !== undefined ? { dhparams: stdout } : {} }
  },
  result: ({ path, size, return_content: returns }, { found }): JsonObject => ({
    filename: path, size, ...returns && found !== null && found.text !== '' ? { dhparams: found.text } : {},
  }),
  undo: (_wanted, { before }) => before.exists ? { impossible: 'the parameters that were there before are not kept' } : 'swap',
}), ({ path, exists }: GeneratedFile<unknown>) => exists ? [path] : [])

type WantedParameters = ArgumentsOf<typeof args>

interface Parameters {
  readonly size: number
  readonly text: string
}

function dhparamProbe({ path }: WantedParameters): ScriptProbe<Parameters | null> {
  const file = quote(path)
  return {
    kind: 'script',
    key: `dhparam:${path}`,
    script: `[ -f ${file} ] || exit 0\nopenssl dhparam -in ${file} -check -text -noout 2>/dev/null && cat ${file}; :`,
    parse: ({ stdout }) => {
      const text = stdout.toString('utf8')
      const size = /\((\d+) bit\)/.exec(text)?.[1]
      return size === undefined ? null : { size: Number(size), text: /-----BEGIN[\s\S]*/.exec(text)?.[0] ?? '' }
    },
    readsPaths: [path],
  }
}
