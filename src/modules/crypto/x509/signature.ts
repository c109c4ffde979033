import { constants, verify } from 'node:crypto'
import { ModuleFailure } from '../../../module/module.ts'
import { child, readOid, type DerValue } from '../asn1/read-der.ts'
import { der, oid, sequence } from '../asn1/write-der.ts'
import { keyObject, type PublicKeyBytes } from './public-key.ts'

/** Digests that can be asked for. */
export const DIGESTS = ['md5', 'sha1', 'sha256', 'sha384', 'sha512'] as const
export type Digest = typeof DIGESTS[number]

type KeyType = 'rsa' | 'ec' | 'dsa' | 'ed25519' | 'ed448'

const ALGORITHMS: Readonly<Record<KeyType, Readonly<Partial<Record<Digest, string>>>>> = {
  rsa: { md5: '1.2.840.113549.1.1.4', sha1: '1.2.840.113549.1.1.5', sha256: '1.2.840.113549.1.1.11', sha384: '1.2.840.113549.1.1.12', sha512: '1.2.840.113549.1.1.13' },
  ec: { sha1: '1.2.840.10045.4.1', sha256: '1.2.840.10045.4.3.2', sha384: '1.2.840.10045.4.3.3', sha512: '1.2.840.10045.4.3.4' },
  dsa: { sha1: '1.2.840.10040.4.3', sha256: '2.16.840.1.101.3.4.3.2', sha384: '2.16.840.1.101.3.4.3.3', sha512: '2.16.840.1.101.3.4.3.4' },
  ed25519: {},
  ed448: {},
}

const OF_KEYS: Readonly<Record<string, string>> = { ed25519: '1.3.101.112', ed448: '1.3.101.113' }

/** How a key signs. */
export interface SignatureAlgorithm {
  /** DER of its identifier, as certificates have it. */
  readonly identifier: Buffer
  /** Undefined for keys that need none. */
  readonly digest: Digest | undefined
}

/** How the holder of a key signs with a digest; throws where that cannot be. */
export function signatureAlgorithm(spki: PublicKeyBytes, digest: Digest): SignatureAlgorithm {
  const { asymmetricKeyType: type = '' } = keyObject(spki)
  const own = OF_KEYS[type]
  if (own !== undefined) return { identifier: sequence(oid(own)), digest: undefined }
  if (!(type in ALGORITHMS)) throw new ModuleFailure(`A key of type ${type} cannot sign: it has to be RSA, DSA, ECC, Ed25519 or Ed448`)
  const id = ALGORITHMS[type as KeyType][digest]
  if (id === undefined) throw new ModuleFailure(`The digest ${digest} cannot be used with a key of type ${type}`)
  return { identifier: sequence(oid(id), ...type === 'rsa' ? [der(0x05)] : []), digest }
}

const RSA_PSS = '1.2.840.113549.1.1.10'
const OTHER_DIGESTS: Readonly<Record<string, string>> = { '1.2.840.113549.1.1.14': 'sha224', '1.2.840.10045.4.3.1': 'sha224', '2.16.840.1.101.3.4.3.1': 'sha224' }

export interface Signed {
  /** What was signed. */
  readonly data: Buffer
  readonly algorithm: DerValue
  readonly signature: Buffer
}

/** Whether the holder of a key signed this. */
export function isSignedBy(spki: PublicKeyBytes, { data, algorithm, signature }: Signed): boolean {
  const id = readOid(child(algorithm, 0))
  const key = keyObject(spki)
  try {
    const pss = { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_AUTO }
    if (id === RSA_PSS) return PSS_DIGESTS.some((digest) => verify(digest, data, pss, signature))
    const digest = digestOf(id)
    return digest !== undefined && verify(digest, data, key, signature)
  } catch {
    // Another kind of key than the algorithm's.
    return false
  }
}

const PSS_DIGESTS = ['sha256', 'sha384', 'sha512', 'sha1']

/** Null for algorithms that have their own; undefined for those that are not known. */
function digestOf(id: string): string | null | undefined {
  if (Object.values(OF_KEYS).includes(id)) return null
  const pairs = Object.values(ALGORITHMS).flatMap((digests) => Object.entries(digests))
  return pairs.find(([, own]) => own === id)?.[0] ?? OTHER_DIGESTS[id]
}
