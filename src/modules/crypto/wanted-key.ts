import { ModuleFailure } from '../../module/module.ts'
import { quote } from '../../text/shell-quote.ts'
import type { GeneratedFile } from './generated-file.ts'
import type { FoundKey } from './private-key.ts'

/** What a task wants of a key. */
export interface WantedKey {
  readonly path: string
  readonly size: number
  readonly type: 'DSA' | 'ECC' | 'Ed25519' | 'Ed448' | 'RSA' | 'X25519' | 'X448'
  readonly curve: string | undefined
  readonly passphrase: string | undefined
  readonly format: 'pkcs1' | 'pkcs8' | 'raw' | 'auto' | 'auto_ignore'
  readonly format_mismatch: 'regenerate' | 'convert'
  readonly regenerate: 'never' | 'fail' | 'partial_idempotence' | 'full_idempotence' | 'always'
  readonly force: boolean
  readonly return_content: boolean
}

/** Whether the key may stay as it is. Throws where it may neither stay nor be replaced. */
export function isKeyRight(wanted: WantedKey, { exists, found }: GeneratedFile<FoundKey>): boolean {
  const { regenerate, force } = wanted
  return regenerate !== 'always' && !force && exists && found !== null && mayStay(wanted, found)
}

function mayStay(wanted: WantedKey, found: FoundKey): boolean {
  const { regenerate } = wanted
  if (!isReadable(wanted, found)) return mayReplace(regenerate === 'full_idempotence', 'Unable to read the key. The key is protected with a another passphrase / no passphrase or broken.', 'full_idempotence')
  if (regenerate !== 'never' && !isSameKind(wanted, found)) return mayReplace(regenerate !== 'fail', 'Key has wrong type and/or size.', 'partial_idempotence')
  if (found.format === formatOf(wanted) || wanted.format === 'auto_ignore') return true
  if (wanted.format_mismatch === 'convert') return false
  return regenerate === 'never' || mayReplace(regenerate !== 'fail', 'Key has wrong format.', 'partial_idempotence')
}

function mayReplace(may: boolean, problem: string, setting: string): false {
  if (!may) throw new ModuleFailure(`${problem} Will not proceed. To force regeneration, set regenerate to ${setting} or always, or force.`)
  return false
}

function isReadable({ passphrase }: WantedKey, { format, publicKey, encrypted }: FoundKey): boolean {
  if (format === 'raw') return passphrase === undefined
  return publicKey !== '' && encrypted === (passphrase !== undefined)
}

const CURVES: Readonly<Record<string, string>> = { secp256r1: 'prime256v1', secp192r1: 'prime192v1' }

function isSameKind({ type, size, curve = '' }: WantedKey, found: FoundKey): boolean {
  // Nothing but its length could be said of a raw key.
  if (found.format === 'raw') return type.startsWith('Ed') || type.startsWith('X')
  if (type === 'ECC') return found.type === 'ec' && found.curve === (CURVES[curve] ?? curve)
  return found.type === type.toLowerCase() && ((type !== 'RSA' && type !== 'DSA') || found.size === size)
}

function formatOf({ format, type }: WantedKey): 'pkcs1' | 'pkcs8' | 'raw' {
  if (format !== 'auto' && format !== 'auto_ignore') return format
  return type === 'RSA' || type === 'DSA' || type === 'ECC' ? 'pkcs1' : 'pkcs8'
}

/** Makes a key, or converts the one that is there; prints the public part, and behind a mark the key where that is wanted. */
export function keyScript(wanted: WantedKey, found: FoundKey | null): { readonly script: string, readonly stdin?: string } {
  const converts = found !== null && wanted.format_mismatch === 'convert' && isKeyKept(wanted, found)
  const source = converts ? `openssl pkey -in ${quote(wanted.path)} -out "$t".key ${wanted.passphrase === undefined ? '-passin pass:' : '-passin file:"$t".pass'}` : newKey(wanted)
  const write = [...wanted.passphrase === undefined ? [] : ['cat >"$t".pass'], `${source} 2>/dev/null`, writeKey(wanted), 'openssl pkey -in "$t".key -pubout']
  return {
    script: `${write.join(' && ')} && echo =====key=====`,
    ...wanted.passphrase === undefined ? {} : { stdin: `${wanted.passphrase}\n` },
  }
}

function isKeyKept(wanted: WantedKey, found: FoundKey): boolean {
  return !wanted.force && wanted.regenerate !== 'always' && isReadable(wanted, found) && (wanted.regenerate === 'never' || isSameKind(wanted, found)) && found.format !== 'raw'
}

function newKey({ type, size, curve = '' }: WantedKey): string {
  if (type === 'DSA') return `openssl dsaparam -out "$t".param ${size} 2>/dev/null && openssl gendsa -out "$t".key "$t".param`
  if (type === 'RSA') return `openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:${size} -out "$t".key`
  if (type === 'ECC') return `openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:${quote(CURVES[curve] ?? curve)} -pkeyopt ec_param_enc:named_curve -out "$t".key`
  return `openssl genpkey -algorithm ${type} -out "$t".key`
}

const RAW_BYTES: Readonly<Record<string, number>> = { Ed25519: 32, X25519: 32, Ed448: 57, X448: 56 }

function writeKey(wanted: WantedKey): string {
  const format = formatOf(wanted)
  const secret = wanted.passphrase !== undefined
  if (format === 'raw') return `openssl pkey -in "$t".key -outform DER | tail -c ${RAW_BYTES[wanted.type] ?? 32} >"$t"`
  if (format === 'pkcs1') return `openssl pkey -in "$t".key -traditional ${secret ? '-aes256 -passout file:"$t".pass ' : ''}-out "$t"`
  return secret ? 'openssl pkcs8 -topk8 -v2 aes-256-cbc -in "$t".key -passout file:"$t".pass -out "$t"' : 'openssl pkcs8 -topk8 -nocrypt -in "$t".key -out "$t"'
}
