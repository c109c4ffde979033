import { createHash, getHashes } from 'node:crypto'
import { textOf } from '../../value/text.ts'
import type { Value } from '../../value/value.ts'
import { bind, flagArgument, required, textArgument } from '../arguments.ts'
import { EvaluationError } from '../evaluation-error.ts'
import type { Filter } from '../types.ts'
import { passwordHash } from './password/password-hash.ts'

/** Filters that encode and digest. */
export const ENCODING_FILTERS: readonly (readonly [string, Filter])[] = [
  ['b64encode', (args, named) => encode(bind(['string', 'encoding', 'urlsafe'], args, named))],
  ['b64decode', (args, named) => decode(bind(['string', 'encoding', 'urlsafe'], args, named))],
  ['hash', ([value = null, type]) => digest(value, textArgument(type, 'sha1'))],
  ['md5', ([value = null]) => digest(value, 'md5')],
  ['sha1', ([value = null]) => digest(value, 'sha1')],
  ['checksum', ([value = null]) => digest(value, 'sha1')],
  ['to_uuid', (args, named) => uuid5(bind(['string', 'namespace'], args, named))],
  ['password_hash', passwordHash],
]

type EncodingArguments = Readonly<Record<'string' | 'encoding' | 'urlsafe', Value | undefined>>

function encode({ string, encoding, urlsafe }: EncodingArguments): string {
  const value = string ?? null
  const bytes = value instanceof Uint8Array ? Buffer.from(value) : Buffer.from(textOf(value), encodingOf(encoding))
  const digits = bytes.toString('base64')
  return flagArgument(urlsafe, false) ? digits.replaceAll('+', '-').replaceAll('/', '_') : digits
}

function decode({ string, encoding, urlsafe }: EncodingArguments): string {
  return Buffer.from(base64Digits(textOf(string ?? null), flagArgument(urlsafe, false)), 'base64').toString(encodingOf(encoding))
}

/** As Python: other characters are passed over, but the digits and their padding must be complete. */
function base64Digits(text: string, urlSafe: boolean): string {
  const standard = urlSafe ? text.replaceAll('-', '+').replaceAll('_', '/') : text
  let [digits, padding] = ['', 0]
  for (const character of standard.replace(/[^A-Za-z\d+/=]/g, '')) {
    if (character !== '=') [digits, padding] = [digits + character, 0]
    else if (digits.length % 4 >= 2 && digits.length % 4 + ++padding >= 4) return digits
  }
  if (digits.length % 4 !== 0) throw new EvaluationError('filter-argument', 'Cannot decode base64: its padding is incomplete')
  return digits
}

const ENCODINGS: Readonly<Record<string, BufferEncoding>> = {
  'utf-8': 'utf8', utf8: 'utf8', ascii: 'ascii', 'latin-1': 'latin1', latin1: 'latin1', 'iso-8859-1': 'latin1', 'utf-16-le': 'utf16le', 'utf-16le': 'utf16le',
}

function encodingOf(encoding: Value | undefined): BufferEncoding {
  const name = textArgument(encoding, 'utf-8').toLowerCase()
  const known = Object.hasOwn(ENCODINGS, name) ? ENCODINGS[name] : undefined
  if (known === undefined) throw new EvaluationError('filter-argument', `Cannot use the encoding '${name}'`, `Known are: ${Object.keys(ENCODINGS).join(', ')}`)
  return known
}

function digest(value: Value, type: string): string {
  const name = type.toLowerCase().replace(/^sha3_/, 'sha3-').replace(/^blake2b$/, 'blake2b512').replace(/^blake2s$/, 'blake2s256')
  if (!getHashes().some((each) => each.toLowerCase() === name)) throw new EvaluationError('filter-argument', `unsupported hash type ${type}`)
  return createHash(name).update(value instanceof Uint8Array ? value : textOf(value)).digest('hex')
}

/** The namespace that Ansible makes its identifiers in. */
const ANSIBLE_NAMESPACE = '361E6D51-FAEC-444A-9079-341386DA8E2E'

function uuid5({ string, namespace }: { readonly string: Value | undefined, readonly namespace: Value | undefined }): string {
  const space = Buffer.from(textArgument(namespace, ANSIBLE_NAMESPACE).replace(/[{}-]|^urn:uuid:/g, ''), 'hex')
  if (space.length !== 16) throw new EvaluationError('filter-argument', `Invalid value '${textArgument(namespace, '')}' for 'namespace': it is no UUID`)
  const bytes = createHash('sha1').update(space).update(textOf(required(string, 'string'))).digest().subarray(0, 16)
  bytes[6] = (bytes[6] ?? 0) & 0x0f | 0x50
  bytes[8] = (bytes[8] ?? 0) & 0x3f | 0x80
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
