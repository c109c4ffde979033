import { DiagnosticError } from '../../diagnostics/diagnostic-error.ts'
import { VaultError } from '../../vault/vault-error.ts'
import { openConfig } from '../compose/open-config.ts'
import { vaultDiagnostic } from '../compose/vault-secrets.ts'
import { EXIT } from '../exit-codes.ts'
import { VAULT_ACTIONS, type VaultAction } from './actions.ts'
import type { VaultActionFlags } from './vault-job.ts'

/** `tsplay vault ACTION`: what ansible-vault does. Resolves to the exit code. */
export async function vaultCommand(action: VaultAction, args: readonly string[], flags: VaultActionFlags): Promise<number> {
  try {
    await VAULT_ACTIONS[action]({ args, flags, config: openConfig(flags) })
    return EXIT.ok
  } catch (error) {
    throw error instanceof VaultError ? new DiagnosticError([vaultDiagnostic(error)]) : error
  }
}
