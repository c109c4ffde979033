import { textOf } from '../../../value/text.ts'
import type { Value } from '../../../value/value.ts'
import { bind, numberArgument } from '../../arguments.ts'
import { EvaluationError } from '../../evaluation-error.ts'
import { md5Crypt } from './md5-crypt.ts'
import { randomSalt } from './salt.ts'
import { shaCrypt } from './sha-crypt.ts'

/** Rounds where none are asked for: those of passlib, which Ansible uses. */
const DEFAULT_ROUNDS: Readonly<Record<string, number>> = { sha256: 535000, sha512: 656000 }

/** The password as /etc/shadow keeps it. */
export function passwordHash(args: readonly Value[], named: ReadonlyMap<string, Value>): Value {
  const bound = bind(['password', 'hashtype', 'salt', 'salt_size', 'rounds', 'ident'], args, named)
  const password = textOf(bound.password ?? null)
  const scheme = textOf(bound.hashtype ?? 'sha512').replace(/_crypt$/, '')
  const salt = bound.salt === undefined || bound.salt === null ? sized(randomSalt(scheme), bound.salt_size) : textOf(bound.salt)
  if (/[^./0-9A-Za-z]/.test(salt)) throw new EvaluationError('filter-argument', 'Cannot use the salt: it may hold only letters, digits, . and /')
  if (scheme === 'md5') return md5Crypt(password, salt)
  if (scheme === 'sha256' || scheme === 'sha512') return shaCrypt(password, { scheme, salt, rounds: numberArgument(bound.rounds, DEFAULT_ROUNDS[scheme] ?? 5000) })
  throw new EvaluationError('filter-argument', `Cannot hash a password by '${scheme}'`, 'Known are: sha512, sha256, md5')
}

function sized(salt: string, size: Value | undefined): string {
  return salt.slice(0, numberArgument(size, salt.length))
}
