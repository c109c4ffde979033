import { VaultError } from './vault-error.ts'

/** Where one password comes from. */
export type SecretSource =
  | { readonly kind: 'prompt', readonly label: string, readonly isPlain: boolean }
  | { readonly kind: 'file', readonly label: string, readonly path: string }

/** What command line and settings say about passwords. */
export interface SecretSources {
  /** `LABEL@SOURCE` or `SOURCE`: of `vault_identity_list`, then `--vault-id`. */
  readonly identities: readonly string[]
  /** Of `--vault-password-file`, then `vault_password_file`. */
  readonly passwordFiles: readonly string[]
  /** `--ask-vault-pass`. */
  readonly ask: boolean
  /** Whether to ask when nothing is given. */
  readonly askOtherwise: boolean
  /** `vault_identity`. */
  readonly defaultLabel: string
}

/** The sources in the order in which their passwords are tried. */
export function listSources({ identities, passwordFiles, ask, askOtherwise, defaultLabel }: SecretSources): readonly SecretSource[] {
  const given: SecretSource[] = [
    ...identities.map((identity) => parseIdentity(identity, defaultLabel)),
    ...passwordFiles.map((path): SecretSource => ({ kind: 'file', label: defaultLabel, path })),
  ]
  const asks = ask || (given.length === 0 && askOtherwise)
  return asks ? [...given, { kind: 'prompt', label: defaultLabel, isPlain: true }] : given
}

function parseIdentity(identity: string, defaultLabel: string): SecretSource {
  if (identity.includes(';')) {
    throw new VaultError('bad-label', `'${identity}' is not a valid vault id. The character ';' is not allowed in vault ids`)
  }
  const at = identity.indexOf('@')
  const label = at === -1 ? defaultLabel : identity.slice(0, at)
  const source = identity.slice(at + 1)
  if (source === 'prompt' || source === 'prompt_ask_vault_pass') return { kind: 'prompt', label, isPlain: source !== 'prompt' }
  return { kind: 'file', label, path: source }
}
