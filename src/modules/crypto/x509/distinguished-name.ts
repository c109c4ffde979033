import { ModuleFailure } from '../../../module/module.ts'
import { longName, oidOf, shortName } from '../asn1/oid-names.ts'
import { child, readAll, readOid, readString, type DerValue } from '../asn1/read-der.ts'
import { der, oid, sequence, setOf } from '../asn1/write-der.ts'

/** One attribute of a name: `2.5.4.3`, `www.example.com`. */
export interface NameAttribute {
  readonly oid: string
  readonly value: string
}

/** All attributes of a name, in order. */
export function readName(value: Pick<DerValue, 'content'>): readonly NameAttribute[] {
  return readAll(value).flatMap((set) => readAll(set)).map(readAttribute)
}

function readAttribute(value: DerValue): NameAttribute {
  return { oid: readOid(child(value, 0)), value: readString(child(value, 1)) }
}

/** `[['commonName', 'www.example.com']]`. */
export function orderedName(attributes: readonly NameAttribute[]): string[][] {
  return attributes.map(({ oid: id, value }) => [longName(id), value])
}

export function namedAttribute(name: string, value: string): NameAttribute {
  const id = oidOf(name)
  if (id === undefined) throw new ModuleFailure(`Cannot find OID for "${name}"`)
  return { oid: id, value }
}

export function writeName(attributes: readonly NameAttribute[]): Buffer {
  return sequence(...attributes.map((attribute) => setOf(writeAttribute(attribute))))
}

const COMMON_NAME = '2.5.4.3'
const COUNTRIES: ReadonlySet<string> = new Set(['2.5.4.6', '1.3.6.1.4.1.311.60.2.1.3'])
const PRINTABLE: ReadonlySet<string> = new Set([...COUNTRIES, '2.5.4.46', '2.5.4.5'])
const IA5: ReadonlySet<string> = new Set(['1.2.840.113549.1.9.1', '0.9.2342.19200300.100.1.25'])

export function writeAttribute({ oid: id, value }: NameAttribute): Buffer {
  refuseLength(id, value)
  const tag = PRINTABLE.has(id) ? 0x13 : IA5.has(id) ? 0x16 : 0x0c
  return sequence(oid(id), der(tag, Buffer.from(value)))
}

function refuseLength(id: string, value: string): void {
  const size = Buffer.byteLength(value)
  if (COUNTRIES.has(id) && size !== 2) throw new ModuleFailure(`A country has two letters, and ${JSON.stringify(value)} has ${size}`)
  if (id === COMMON_NAME && (size < 1 || size > 64)) throw new ModuleFailure(`A common name has 1 to 64 characters, and ${JSON.stringify(value)} has ${size}`)
}

/** `CN=Test,O=Example`, the last attribute first. */
export function nameText(attributes: readonly NameAttribute[]): string {
  return [...attributes].reverse().map(({ oid: id, value }) => `${shortName(id)}=${escaped(value)}`).join(',')
}

function escaped(value: string): string {
  return value.replace(/[\\,+<>;"]/g, '\\$&').replaceAll('\0', '\\00').replace(/^[ #]/, '\\$&').replace(/ $/, '\\ ')
}

/** Attributes of `CN=Test,O=Example` or `/O=Example/CN=Test`, in the order of the text. */
export function parseName(text: string): readonly NameAttribute[] {
  const slashed = text.trimStart().startsWith('/')
  const separator = slashed ? '/' : ','
  const attributes: NameAttribute[] = []
  for (let rest = slashed ? text.trimStart().slice(1) : text.trimStart(); rest !== '';) {
    const part = new RegExp(`^(?:[^${separator}\\\\]|\\\\.)*`, 's').exec(rest)?.[0] ?? ''
    attributes.push(parseAttribute(part))
    if (rest.length === part.length + 1) throw new ModuleFailure(`Error while parsing distinguished name "${text}": unexpected end of string`)
    rest = rest.slice(part.length + 1)
  }
  return attributes
}

function parseAttribute(part: string): NameAttribute {
  const { name, value } = split(part)
  const bytes = value.startsWith('#') ? Buffer.from(value.slice(1), 'hex') : Buffer.from(value.replace(/\\([0-9a-fA-F]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))).replace(/\\(.)/gs, '$1'))
  return namedAttribute(name, bytes.toString('utf8'))
}

/** An attribute whose value is taken as it stands. */
export function plainAttribute(part: string): NameAttribute {
  const { name, value } = split(part)
  return namedAttribute(name, value)
}

function split(part: string): { readonly name: string, readonly value: string } {
  const found = /^ *([a-zA-Z0-9.]+) *= *(.*)$/s.exec(part)
  if (found === null) throw new ModuleFailure(`cannot start part in "${part}"`)
  return { name: found[1] ?? '', value: found[2] ?? '' }
}

/** Whether two names have the same attributes, in the same order. */
export function isSameName(one: readonly NameAttribute[], other: readonly NameAttribute[]): boolean {
  return one.length === other.length && one.every((attribute, index) => isSameAttribute(attribute, other[index]))
}

/** Whether two names have the same attributes, whatever their order. */
export function hasSameAttributes(one: readonly NameAttribute[], other: readonly NameAttribute[]): boolean {
  return [[one, other], [other, one]].every(([some = [], all = []]) => some.every((attribute) => all.some((candidate) => isSameAttribute(attribute, candidate))))
}

function isSameAttribute(one: NameAttribute, other: NameAttribute | undefined): boolean {
  return one.oid === other?.oid && one.value === other.value
}
