import { findPasswordFile, readPassword } from './password-file.ts'
import { listSources, type SecretSource, type SecretSources } from './secret-source.ts'
import { Vault } from './vault.ts'
import { VaultError } from './vault-error.ts'
import { VaultSecret } from './vault-secret.ts'

export interface SecretRequest extends SecretSources {
  /** Whether passwords are chosen now: those asked for are asked for twice. */
  readonly isNew: boolean
  /** Asks without showing what is typed. */
  readonly prompt: (text: string) => Promise<string>
  /** Told of sources that do not work while others do. */
  readonly warn: (message: string, hint: string | undefined) => void
}

/** Gets the passwords of all sources. One that fails is warned of; it is an error when none works. */
export async function loadSecrets(request: SecretRequest): Promise<readonly VaultSecret[]> {
  const secrets: VaultSecret[] = []
  let failure: VaultError | undefined
  for (const source of listSources(request)) {
    try {
      secrets.push(source.kind === 'prompt' ? await askPassword(source, request) : fromFile(source, secrets))
    } catch (error) {
      if (!(error instanceof SourceFailure)) throw error
      request.warn(error.message, error.reason.hint)
      failure = error.reason
    }
  }
  if (failure !== undefined && secrets.length === 0) throw failure
  return secrets
}

/** A source that does not work; others may. */
class SourceFailure extends Error {
  readonly reason: VaultError

  constructor(what: string, reason: VaultError) {
    super(`${what}: ${reason.message}`)
    this.reason = reason
  }
}

function fromFile({ label, path }: SecretSource & { readonly kind: 'file' }, known: readonly VaultSecret[]): VaultSecret {
  const file = orFailure(`Error getting vault password file (${label})`, () => findPasswordFile(path, label))
  return new VaultSecret(label, orFailure(`Error in vault password file loading (${label})`, () => readPassword(file, new Vault({ secrets: known }))))
}

function orFailure<T>(what: string, run: () => T): T {
  try {
    return run()
  } catch (error) {
    throw error instanceof VaultError ? new SourceFailure(what, error) : error
  }
}

async function askPassword({ label, isPlain }: SecretSource & { readonly kind: 'prompt' }, request: SecretRequest): Promise<VaultSecret> {
  const questions = request.isNew ? newQuestions(label, isPlain) : [isPlain ? 'Vault password: ' : `Vault password (${label}): `]
  const answers: string[] = []
  for (const question of questions) answers.push((await request.prompt(question)).trim())
  const [password = ''] = answers
  if (password === '') throw new VaultError('bad-source', 'Invalid vault password was provided', 'It is empty')
  if (answers.some((answer) => answer !== password)) throw new VaultError('bad-source', 'Passwords do not match')
  return new VaultSecret(label, password)
}

function newQuestions(label: string, isPlain: boolean): readonly string[] {
  return isPlain ? ['New Vault password: ', 'Confirm New Vault password: '] : [`New vault password (${label}): `, `Confirm new vault password (${label}): `]
}
