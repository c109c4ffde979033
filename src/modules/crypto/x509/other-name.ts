import { ModuleFailure } from '../../../module/module.ts'
import { der } from '../asn1/write-der.ts'

const CLASSES: Readonly<Record<string, number>> = { U: 0x00, A: 0x40, C: 0x80, P: 0xc0 }

/** The value of an otherName: bytes as `aa:bb`, or text as OpenSSL has it (`UTF8:name`, `EXPLICIT:0,UTF8:name`). */
export function otherNameValue(text: string): Buffer | undefined {
  if (/^[0-9a-fA-F]{1,2}(:[0-9a-fA-F]{1,2})*$/.test(text)) return Buffer.from(text.split(':').map((part) => Number.parseInt(part, 16)))
  const [whole, tagging, number, tagClass, type, value = ''] = /^(?:(IMPLICIT|EXPLICIT):(\d+)([UAPC])?,)?(\w+):(.*)$/s.exec(text) ?? []
  if (whole === undefined) throw new ModuleFailure('The ASN.1 serialized string must be in the format [modifier,]type[:value]')
  if (type !== 'UTF8') throw new ModuleFailure(`The ASN.1 serialized string is not a known type "${type ?? ''}", only UTF8 types are supported`)
  const bytes = Buffer.from(value)
  return tagging === undefined ? der(0x0c, bytes) : tagged(bytes, { isExplicit: tagging === 'EXPLICIT', number: Number(number), tagClass: tagClass ?? 'C' })
}

function tagged(bytes: Buffer, { isExplicit, number, tagClass }: { readonly isExplicit: boolean, readonly number: number, readonly tagClass: string }): Buffer {
  const wraps = isExplicit && tagClass !== 'U'
  return der((CLASSES[tagClass] ?? 0) | (wraps ? 0x20 : 0) | number, wraps ? der(0x0c, bytes) : bytes)
}
