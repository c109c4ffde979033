import { ModuleFailure } from '../../../module/module.ts'
import { der, namedBits, sequence } from '../asn1/write-der.ts'
import { readDer } from '../asn1/read-der.ts'
import { plainAttribute, writeAttribute } from './distinguished-name.ts'
import { writeGeneralName } from './general-name.ts'

/** Reasons that a list may be for, in the order of their bits; the first bit is not used. */
export const REASONS = [
  'key_compromise', 'ca_compromise', 'affiliation_changed', 'superseded', 'cessation_of_operation', 'certificate_hold', 'privilege_withdrawn', 'aa_compromise',
] as const

/** Where revocation lists are. */
export interface DistributionPoint {
  readonly full_name: readonly string[] | undefined
  readonly relative_name: readonly string[] | undefined
  readonly crl_issuer: readonly string[] | undefined
  readonly reasons: readonly (typeof REASONS)[number][] | undefined
}

export function writeDistributionPoints(points: readonly DistributionPoint[]): Buffer {
  return sequence(...points.map((point, index) => {
    try {
      return writePoint(point)
    } catch (error) {
      throw error instanceof ModuleFailure ? new ModuleFailure(`Error while parsing CRL distribution point #${index}: ${error.message}`) : error
    }
  }))
}

function writePoint(point: DistributionPoint): Buffer {
  refuseUnfit(point)
  const { full_name: full, relative_name: relative, crl_issuer: issuer, reasons } = point
  return sequence(
    ...full === undefined ? [] : [der(0xa0, der(0xa0, ...full.map((name) => writeGeneralName(name, 'full name'))))],
    ...relative === undefined ? [] : [der(0xa0, der(0xa1, ...relative.map((part) => writeAttribute(plainAttribute(part)))))],
    ...reasons === undefined ? [] : [der(0x81, readDer(namedBits([false, ...REASONS.map((reason) => reasons.includes(reason))])).content)],
    ...issuer === undefined ? [] : [der(0xa2, ...issuer.map((name) => writeGeneralName(name, 'CRL issuer')))],
  )
}

function refuseUnfit({ full_name: full, relative_name: relative, crl_issuer: issuer }: DistributionPoint): void {
  if (full !== undefined && relative !== undefined) throw new ModuleFailure('parameters are mutually exclusive: full_name|relative_name')
  const named = Object.entries({ full_name: full, relative_name: relative, crl_issuer: issuer }).filter(([, given]) => given !== undefined)
  if (named.length === 0) throw new ModuleFailure('one of the following is required: full_name, relative_name, crl_issuer')
  for (const [name, given] of named) if (given?.length === 0) throw new ModuleFailure(`${name} must not be empty`)
}
