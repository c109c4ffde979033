import { textOf } from '../../value/text.ts'
import { isTrue } from '../../value/truth.ts'
import { typeName } from '../../value/type-name.ts'
import type { Value } from '../../value/value.ts'
import { VaultString } from '../../value/vault-string.ts'
import { isVaultText } from '../../vault/envelope.ts'
import { Vault } from '../../vault/vault.ts'
import { VaultError } from '../../vault/vault-error.ts'
import { VaultSecret } from '../../vault/vault-secret.ts'
import { bind, flagArgument, required } from '../arguments.ts'
import { EvaluationError } from '../evaluation-error.ts'
import type { CallContext, Filter } from '../types.ts'

/** The label of what is encrypted by the filter, as Ansible calls it. */
const DEFAULT_LABEL = 'filter_default'

/** Filters that encrypt and decrypt with a password of their own. */
export const VAULT_FILTERS: readonly (readonly [string, Filter])[] = [
  ['vault', vault],
  ['unvault', unvault],
]

function vault(args: readonly Value[], named: ReadonlyMap<string, Value>): Value {
  const bound = bind(['data', 'secret', 'salt', 'vault_id', 'wrap_object', 'vaultid'], args, named)
  const plain = bytesOf(required(bound.data, 'data'), 'Can only vault strings')
  const label = labelOf(bound)
  const secret = secretOf(bound.secret, label)
  const salt = saltOf(bound.salt)
  const text = orRefuse('encrypt', () => new Vault({ secrets: [], ...salt !== undefined && { salt } }).encrypt(plain, secret, label))
  return flagArgument(bound.wrap_object, false) ? new VaultString(text) : text
}

/** Text that is not encrypted passes as it is. An encrypted value arrives as such, since this password decides. */
function unvault(args: readonly Value[], named: ReadonlyMap<string, Value>, context: CallContext): Value {
  const bound = bind(['vault', 'secret', 'vault_id', 'vaultid'], args, named)
  const given = required(bound.vault, 'vault')
  const secret = secretOf(bound.secret === undefined ? undefined : context.evaluate(bound.secret), labelOf(bound))
  const bytes = bytesOf(given instanceof VaultString ? given.ciphertext : context.evaluate(given), 'Vault should be in the form of a string')
  return isVaultText(bytes) ? orRefuse('decrypt', () => new Vault({ secrets: [secret] }).decrypt(bytes).toString('utf8')) : Buffer.from(bytes).toString('utf8')
}

function labelOf({ vault_id: label, vaultid: old }: { readonly vault_id: Value | undefined, readonly vaultid: Value | undefined }): string {
  return textOf(label ?? old ?? DEFAULT_LABEL)
}

function secretOf(given: Value | undefined, label: string): VaultSecret {
  return new VaultSecret(label, bytesOf(required(given, 'secret'), 'Secret passed is required to be a string'))
}

function bytesOf(value: Value, rule: string): Uint8Array {
  if (value instanceof Uint8Array) return value
  if (typeof value === 'string') return Buffer.from(value, 'utf8')
  throw new EvaluationError('filter-argument', `${rule}, instead we got: ${typeName(value)}`)
}

function saltOf(given: Value | undefined): string | undefined {
  if (given === undefined || given === null) return undefined
  if (!isTrue(given)) throw new EvaluationError('filter-argument', 'Empty or invalid salt passed to encrypt()')
  return textOf(given)
}

function orRefuse<Result>(verb: string, run: () => Result): Result {
  try {
    return run()
  } catch (error) {
    throw error instanceof VaultError ? new EvaluationError('vault', `Unable to ${verb}: ${error.message}`) : error
  }
}
