import type { Config } from '../../config/config.ts'
import type { Diagnostic } from '../../diagnostics/types.ts'
import { DiagnosticError } from '../../diagnostics/diagnostic-error.ts'
import type { SecretSources } from '../../vault/secret-source.ts'
import { VaultError } from '../../vault/vault-error.ts'
import type { VaultSecret } from '../../vault/vault-secret.ts'
import { askSecret } from '../ask-secret.ts'
import type { VaultFlags } from '../flags.ts'
import { showWarnings } from './problems.ts'

/** The sources of passwords that flags and settings name. */
export function secretSources(flags: VaultFlags, config: Config): SecretSources {
  const configured = config.get('DEFAULT_VAULT_PASSWORD_FILE')
  return {
    identities: [...config.get('DEFAULT_VAULT_IDENTITY_LIST'), ...flags.vaultId ?? []],
    passwordFiles: [...flags.vaultPasswordFile ?? [], ...configured === undefined ? [] : [configured]],
    ask: flags.askVaultPass ?? config.get('DEFAULT_ASK_VAULT_PASS'),
    askOtherwise: false,
    defaultLabel: config.get('DEFAULT_VAULT_IDENTITY'),
  }
}

/** Reads and asks for passwords; sources that do not work are warned of. */
export async function gatherSecrets(sources: SecretSources, { isNew, config }: { readonly isNew: boolean, readonly config: Config }): Promise<readonly VaultSecret[]> {
  const { loadSecrets } = await import('../../vault/load-secrets.ts')
  return loadSecrets({
    ...sources, isNew, prompt: askSecret,
    warn: (summary, hint) => { showWarnings([{ code: 'vault-secret', severity: 'warning', summary, ...hint !== undefined && { hint } }], config) },
  }).catch((error: unknown) => { throw error instanceof VaultError ? new DiagnosticError([vaultDiagnostic(error)]) : error })
}

/** As it is shown; some are mistakes in the command line. */
export function vaultDiagnostic({ kind, message, hint }: VaultError): Diagnostic {
  return { code: kind === 'bad-label' ? 'bad-options' : 'vault', severity: 'error', summary: message, ...hint !== undefined && { hint } }
}
