import { ModuleFailure } from '../../module/module.ts'
import { bitStringBytes, child, readAll, readDer } from './asn1/read-der.ts'
import { keyObject, type PublicKeyBytes } from './x509/public-key.ts'

/** A public key in the words of OpenSSH: `ssh-ed25519 AAAA...`. */
export function sshPublicKey(spki: PublicKeyBytes): string {
  const { asymmetricKeyType: type = '' } = keyObject(spki)
  const parts = KINDS[type]?.(spki)
  if (parts === undefined) throw new ModuleFailure(`OpenSSH has no keys of type ${type}`)
  const fields = parts.map((part) => typeof part === 'string' ? Buffer.from(part) : part)
  return `${fields[0]?.toString('latin1') ?? ''} ${Buffer.concat(fields.flatMap((field) => [size(field), field])).toString('base64')}`
}

function size(field: Uint8Array): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(field.length)
  return bytes
}

type Parts = readonly (string | Buffer)[]

const bits = (spki: PublicKeyBytes): Buffer => bitStringBytes(child(readDer(spki), 1))
const parameters = (spki: PublicKeyBytes): readonly Buffer[] => readAll(child(child(readDer(spki), 0), 1)).map(({ content }) => content)

/** Integers of DER are those of OpenSSH. */
const KINDS: Readonly<Record<string, (spki: PublicKeyBytes) => Parts | undefined>> = {
  rsa: (spki) => {
    const [modulus, exponent] = readAll(readDer(bits(spki))).map(({ content }) => content)
    return modulus === undefined || exponent === undefined ? undefined : ['ssh-rsa', exponent, modulus]
  },
  dsa: (spki) => ['ssh-dss', ...parameters(spki), readDer(bits(spki)).content],
  ed25519: (spki) => ['ssh-ed25519', bits(spki)],
  ec: (spki) => {
    const name = CURVES[keyObject(spki).asymmetricKeyDetails?.namedCurve ?? '']
    return name === undefined ? undefined : [`ecdsa-sha2-${name}`, name, bits(spki)]
  },
}

const CURVES: Readonly<Record<string, string>> = { prime256v1: 'nistp256', secp384r1: 'nistp384', secp521r1: 'nistp521' }
