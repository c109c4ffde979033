import { createHash } from 'node:crypto'
import { ModuleFailure } from '../../../module/module.ts'
import type { ExecResult } from '../../../remote/exec.ts'
import type { ScriptProbe } from '../../../remote/probe.ts'
import { quote, quoteAll } from '../../../text/shell-quote.ts'

/** Fingerprints of the keys that apt trusts. */
export function installedKeysProbe(keyring: string | undefined): ScriptProbe<readonly string[]> {
  return {
    kind: 'script',
    key: `apt-key:${keyring ?? ''}`,
    script: quoteAll(['apt-key', ...keyring === undefined ? [] : ['--keyring', keyring], 'adv', '--batch', '--with-colons', '--list-public-keys', '--keyid-format=long']),
    parse: (result) => {
      if (result.status === 127) throw new ModuleFailure('Failed to find required executable "apt-key" on the host')
      return fingerprints(result)
    },
    readsPaths: ['/etc/apt'],
  }
}

/** Fingerprint of the key in a file of the host, or of one that is at hand. */
export function keyIdProbe(key: string | Buffer): ScriptProbe<string> {
  const what = typeof key === 'string' ? key : 'inline data'
  const asked = 'gpg --batch --with-colons --no-default-keyring --show-keys'
  return {
    kind: 'script',
    key: `gpg:${typeof key === 'string' ? key : createHash('sha256').update(key).digest('hex')}`,
    script: typeof key === 'string' ? `${asked} ${quote(key)}` : `echo ${key.toString('base64')} | base64 -d | ${asked}`,
    parse: (result) => {
      if (result.status === 127) throw new ModuleFailure('Failed to find required executable "gpg" on the host')
      const [first] = fingerprints(result)
      if (first === undefined) throw new ModuleFailure(`Unable to extract key from '${what}'`)
      return first
    },
    ...typeof key === 'string' ? { readsPaths: [key] } : {},
  }
}

/** Of keys, not of their subkeys. */
function fingerprints({ stdout }: ExecResult): readonly string[] {
  let isKey = false
  return stdout.toString('utf8').split('\n').map((line) => line.split(':')).flatMap(([kind, , , , , , , , , print]) => {
    if (kind === 'pub' || kind === 'sub') isKey = kind === 'pub'
    return kind === 'fpr' && isKey && print !== undefined ? [print] : []
  })
}
