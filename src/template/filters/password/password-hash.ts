import { textOf } from '../../../value/text.ts'
import type { Value } from '../../../value/value.ts'
import { bind, numberArgument } from '../../arguments.ts'
import { EvaluationError } from '../../evaluation-error.ts'
import { bcrypt } from './bcrypt.ts'
import { md5Crypt } from './md5-crypt.ts'
import { randomSalt } from './salt.ts'
import { shaCrypt } from './sha-crypt.ts'

/** Rounds where none are asked for: those of passlib, which Ansible uses. */
const DEFAULT_ROUNDS: Readonly<Record<string, number>> = { sha256: 535000, sha512: 656000 }

/** The password as /etc/shadow keeps it. */
export function passwordHash(args: readonly Value[], named: ReadonlyMap<string, Value>): Value {
  const bound = bind(['password', 'hashtype', 'salt', 'salt_size', 'rounds', 'ident'], args, named)
  const scheme = textOf(bound.hashtype ?? 'sha512').replace(/_crypt$/, '')
  const hash = Object.hasOwn(SCHEMES, scheme) ? SCHEMES[scheme] : undefined
  if (hash === undefined) throw unsupported(scheme)
  const salt = bound.salt === undefined || bound.salt === null ? sized(randomSalt(scheme), bound.salt_size) : textOf(bound.salt)
  if (/[^./0-9A-Za-z]/.test(salt)) throw new EvaluationError('filter-argument', 'Cannot use the salt: it may hold only letters, digits, . and /')
  return hash(textOf(bound.password ?? null), { salt, rounds: bound.rounds, ident: bound.ident })
}

/** Schemes that passlib has and Ansible does not take. */
const OF_PASSLIB_ONLY = /^(?:des|bsdi|md5|sha1|sun_md5|apr_md5|fshp|phpass|scrypt|argon2|scram|bigcrypt|crypt16|lmhash|nthash|msdcc2?|mssql20\d\d|mysql\d+|oracle1\d|postgres_md5|plaintext|(?:ldap|django|pbkdf2|hex|bcrypt|atlassian|cisco|grub|roundup|dlitz|cta|unix)_\w+)$/

function unsupported(scheme: string): EvaluationError {
  const reason = OF_PASSLIB_ONLY.test(scheme) ? `${scheme} is not in the list of supported passlib algorithms: md5, blowfish, sha256, sha512` : `passlib does not support '${scheme}' algorithm`
  return new EvaluationError('filter-argument', reason, 'Known are: md5, blowfish, sha256, sha512')
}

interface Choices {
  readonly salt: string
  readonly rounds: Value | undefined
  readonly ident: Value | undefined
}

type Scheme = (password: string, choices: Choices) => string

const sha = (scheme: 'sha256' | 'sha512'): Scheme => (password, { salt, rounds }) =>
  shaCrypt(password, { scheme, salt, rounds: numberArgument(rounds, DEFAULT_ROUNDS[scheme] ?? 5000) })
const blowfish: Scheme = (password, { salt, rounds, ident }) =>
  bcrypt(password, { salt: bcryptSalt(salt), rounds: numberArgument(rounds, 12), ident: identOf(ident) })

const SCHEMES: Readonly<Record<string, Scheme>> = {
  sha512: sha('sha512'), sha256: sha('sha256'), md5: (password, { salt }) => md5Crypt(password, salt), blowfish, bcrypt: blowfish,
}

function bcryptSalt(salt: string): string {
  if (salt.length === 22) return salt
  throw new EvaluationError('filter-argument', `Cannot use a salt of ${salt.length} characters: blowfish needs 22`)
}

function identOf(ident: Value | undefined): string {
  const text = ident === undefined || ident === null ? '2b' : textOf(ident)
  if (/^2[aby]$/.test(text)) return text
  throw new EvaluationError('filter-argument', `Cannot write blowfish as '${text}'`, 'Known are: 2a, 2b, 2y')
}

function sized(salt: string, size: Value | undefined): string {
  return salt.slice(0, numberArgument(size, salt.length))
}
