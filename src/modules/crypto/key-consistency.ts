import { checkPrimeSync, createPublicKey, sign, verify, type KeyObject } from 'node:crypto'
import type { ScriptProbe } from '../../remote/probe.ts'
import { keyScript } from './key-script.ts'

/** Whether openssl finds a key of the host to be one; null where it cannot tell. */
export function consistencyProbe(path: string, passphrase: string | undefined): ScriptProbe<boolean | null> {
  const { key, open } = keyScript({ path, passphrase })
  return {
    kind: 'script',
    key: `privatekey-check:${key}`,
    script: `${open('pkey', '-check -noout')} 2>&1; ${open('pkey', '-noout -text_pub')} 2>/dev/null | head -n 1`,
    parse: ({ stdout }) => {
      const said = stdout.toString('utf8')
      if (/X25519|X448/.test(said)) return null
      return /is valid/.test(said) ? true : /is invalid|not consistent/i.test(said) ? false : null
    },
    readsPaths: [path],
  }
}

/** The same for a key that is here. */
export function isConsistent(key: KeyObject): boolean | null {
  const type = key.asymmetricKeyType ?? ''
  if (type === 'rsa') return isRsaConsistent(key)
  if (type.startsWith('x')) return null
  const data = Buffer.from('consistency')
  const digest = type.startsWith('ed') ? null : 'sha256'
  return verify(digest, data, createPublicKey(key), sign(digest, data, key))
}

function isRsaConsistent(key: KeyObject): boolean {
  const jwk = key.export({ format: 'jwk' })
  const number = (base64: string | undefined): bigint => BigInt(`0x0${Buffer.from(base64 ?? '', 'base64url').toString('hex')}`)
  const [n, e, d, p, q] = [jwk.n, jwk.e, jwk.d, jwk.p, jwk.q].map(number) as [bigint, bigint, bigint, bigint, bigint]
  return p * q === n && checkPrimeSync(p) && checkPrimeSync(q) && [p, q].every((prime) => (e * d - 1n) % (prime - 1n) === 0n)
}
