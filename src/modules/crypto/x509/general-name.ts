import { domainToASCII, domainToUnicode } from 'node:url'
import { ModuleFailure } from '../../../module/module.ts'
import { child, readAll, readDer, readOid, type DerValue } from '../asn1/read-der.ts'
import { der, oid } from '../asn1/write-der.ts'
import { nameText, parseName, readName, writeName } from './distinguished-name.ts'
import { ipBytes, ipText, networkBytes, networkText } from './ip-address.ts'
import { otherNameValue } from './other-name.ts'

/** How names of other scripts are shown: as they stand, in ASCII, or in their own script. */
export type NameEncoding = 'ignore' | 'idna' | 'unicode'

/** A general name (`DNS:www.example.com`) as DER. `what` is for messages. */
export function writeGeneralName(name: string, what = 'Subject Alternative Name'): Buffer {
  const kind = KINDS.find((one) => name.startsWith(`${one.prefix}:`))
  if (kind === undefined) throw new ModuleFailure(`Cannot parse ${what} "${name}" (${name.includes(':') ? 'potentially unsupported by cryptography backend' : 'forgot "DNS:" prefix?'})`)
  const written = kind.write(name.slice(kind.prefix.length + 1))
  if (written === undefined) throw new ModuleFailure(`Cannot parse ${what} "${name}"`)
  return der(kind.tag, written)
}

/** A general name of DER as text. */
export function readGeneralName(value: DerValue, encoding: NameEncoding = 'ignore'): string {
  const kind = KINDS.find(({ tag }) => tag === value.tag)
  return kind === undefined ? `unknown:${value.whole.toString('hex')}` : `${kind.prefix}:${kind.read(value, encoding)}`
}

/** The names of a sequence of them. */
export function readGeneralNames(value: Pick<DerValue, 'content'>, encoding?: NameEncoding): readonly string[] {
  return readAll(value).map((name) => readGeneralName(name, encoding))
}

interface Kind {
  readonly prefix: string
  readonly tag: number
  /** Undefined for what cannot be read. */
  readonly write: (text: string) => Uint8Array | undefined
  readonly read: (value: DerValue, encoding: NameEncoding) => string
}

const ascii = ({ content }: DerValue): string => content.toString('latin1')

const KINDS: readonly Kind[] = [
  { prefix: 'DNS', tag: 0x82, write: (text) => Buffer.from(domain(text, 'idna')), read: (value, encoding) => domain(ascii(value), encoding) },
  {
    prefix: 'IP', tag: 0x87,
    write: (text) => text.includes('/') ? networkBytes(text) : ipBytes(text),
    read: ({ content }) => content.length === 8 || content.length === 32 ? networkText(content) : ipText(content),
  },
  { prefix: 'email', tag: 0x81, write: (text) => Buffer.from(email(text, 'idna')), read: (value, encoding) => email(ascii(value), encoding) },
  { prefix: 'URI', tag: 0x86, write: (text) => Buffer.from(address(text, 'idna')), read: (value, encoding) => address(ascii(value), encoding) },
  { prefix: 'RID', tag: 0x88, write: (text) => /^\d+(\.\d+)+$/.test(text) ? readDer(oid(text)).content : undefined, read: (value) => readOid(value) },
  { prefix: 'dirName', tag: 0xa4, write: (text) => writeName([...parseName(text)].reverse()), read: (value) => nameText(readName(child(value, 0))) },
  { prefix: 'otherName', tag: 0xa0, write: writeOtherName, read: readOtherName },
]

function writeOtherName(text: string): Buffer | undefined {
  const [, id = '', value = ''] = /^(\d+(?:\.\d+)*);(.*)$/s.exec(text) ?? []
  const encoded = id === '' ? undefined : otherNameValue(value)
  return encoded === undefined ? undefined : Buffer.concat([oid(id), der(0xa0, encoded)])
}

function readOtherName(value: DerValue): string {
  return `${readOid(child(value, 0))};${child(value, 1).content.toString('hex').replace(/..(?=.)/g, '$&:')}`
}

function domain(text: string, encoding: NameEncoding): string {
  return text.split('.').map((label) => relabel(label, encoding)).join('.')
}

function relabel(label: string, encoding: NameEncoding): string {
  // What has ASCII only is left as it stands: capital letters stay.
  if (encoding === 'idna') return /[^\0-\x7f]/.test(label) ? domainToASCII(label) : label
  return encoding === 'unicode' && label.startsWith('xn--') ? domainToUnicode(label) : label
}

function email(text: string, encoding: NameEncoding): string {
  const [, local = '', host = ''] = /^([^@]*@)(.*)$/s.exec(text) ?? ['', text, '']
  return local + domain(host, encoding)
}

function address(text: string, encoding: NameEncoding): string {
  return encoding === 'ignore' ? text : text.replace(/^([^:/?#]+:\/\/(?:[^/?#@]*@)?)([^/?#:[\]]*)/, (_, before: string, host: string) => before + domain(host, encoding))
}
