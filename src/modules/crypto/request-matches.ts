import { readAll, readDer, readOid } from './asn1/read-der.ts'
import { extensionsFor, type WantedRequest } from './wanted-request.ts'
import { hasSameAttributes, isSameName } from './x509/distinguished-name.ts'
import { findExtension, type EXTENSIONS, type Extension } from './x509/extension.ts'
import { mustStaple, readNameConstraints } from './x509/extension-info.ts'
import { readGeneralNames } from './x509/general-name.ts'
import type { PublicKeyBytes } from './x509/public-key.ts'
import { isRequestSigned, type Request } from './x509/request.ts'

/** Whether a request asks for what is wanted, for this key: the order of names and usages does not matter. */
export function requestMatches(wanted: WantedRequest, found: Request, publicKey: PublicKeyBytes): boolean {
  const isSame = wanted.isOrdered ? isSameName : hasSameAttributes
  const extensions = extensionsFor(wanted, publicKey)
  return isSame(wanted.subject, found.subject) && COMPARED.every((name) => isSameExtension(name, extensions, found.extensions))
    && isRequestSigned(found) && found.publicKey.equals(publicKey)
}

/** Others are not minded: they cannot be asked for. */
const COMPARED = [
  'subjectAltName', 'keyUsage', 'extendedKeyUsage', 'basicConstraints', 'tlsFeature', 'nameConstraints', 'subjectKeyIdentifier', 'authorityKeyIdentifier', 'crlDistributionPoints',
] as const satisfies readonly (keyof typeof EXTENSIONS)[]

type Compared = typeof COMPARED[number]

function isSameExtension(name: Compared, wanted: readonly Extension[], found: readonly Extension[]): boolean {
  const [one, other] = [findExtension(wanted, name), findExtension(found, name)]
  if (one === undefined || other === undefined) return one === other
  return one.critical === other.critical && (one.value.equals(other.value) || isSameContent(name, one.value, other.value))
}

function isSameContent(name: Compared, wanted: Buffer, found: Buffer): boolean {
  if (name === 'tlsFeature') return mustStaple(found)
  const content = SETS[name]
  return content !== undefined && isSameSet(content(wanted), content(found))
}

const SETS: Readonly<Partial<Record<Compared, (value: Buffer) => readonly string[]>>> = {
  subjectAltName: (value) => readGeneralNames(readDer(value)),
  extendedKeyUsage: (value) => readAll(readDer(value)).map((usage) => readOid(usage)),
  nameConstraints: (value) => {
    const { permitted, excluded } = readNameConstraints(value)
    return [...permitted.map((one) => `+${one}`), ...excluded.map((one) => `-${one}`)]
  },
}

function isSameSet(one: readonly string[], other: readonly string[]): boolean {
  return one.every((item) => other.includes(item)) && other.every((item) => one.includes(item))
}
