import type { Config } from '../../config/config.ts'
import { DiagnosticError } from '../../diagnostics/diagnostic-error.ts'
import { chooseSecret } from '../../vault/choose-secret.ts'
import type { SecretSources } from '../../vault/secret-source.ts'
import { Vault } from '../../vault/vault.ts'
import type { VaultSecret } from '../../vault/vault-secret.ts'
import { gatherSecrets, secretSources } from '../compose/vault-secrets.ts'
import type { VaultFlags } from '../flags.ts'

/** What `tsplay vault ACTION` takes besides where passwords come from. */
export interface VaultActionFlags extends VaultFlags {
  readonly encryptVaultId?: string
  readonly output?: string
  readonly newVaultId?: string
  readonly newVaultPasswordFile?: string
  readonly skipTtyCheck?: boolean
  readonly name?: readonly string[]
  readonly stdinName?: string
  readonly prompt?: boolean
  readonly showInput?: boolean
}

/** One call of `tsplay vault`. */
export interface VaultJob {
  readonly args: readonly string[]
  readonly flags: VaultActionFlags
  readonly config: Config
}

/** With the passwords to decrypt with. */
export async function vaultToRead({ flags, config }: VaultJob): Promise<Vault> {
  const secrets = await gatherSecrets({ ...secretSources(flags, config), askOtherwise: true }, { isNew: false, config })
  return makeVault(config, secrets)
}

export interface VaultToWrite {
  readonly vault: Vault
  readonly secret: VaultSecret
}

/** With the one password to encrypt with. */
export function vaultToWrite({ flags, config }: VaultJob): Promise<VaultToWrite> {
  return chooseToWrite({ ...secretSources(flags, config), askOtherwise: true }, { config, label: labelToWrite(flags, config) })
}

/** The same for `rekey`: the old passwords are not among those to choose from. */
export function vaultToRekey({ flags, config }: VaultJob): Promise<VaultToWrite> {
  const label = labelToWrite(flags, config)
  const { newVaultId, newVaultPasswordFile } = flags
  const known = secretSources({ ...newVaultPasswordFile !== undefined && { vaultPasswordFile: [newVaultPasswordFile] } }, config)
  const identities = [...label === undefined ? [] : known.identities, ...newVaultId === undefined ? [] : [newVaultId]]
  const sources = { ...known, identities, ask: false, askOtherwise: true }
  return chooseToWrite(newVaultId === undefined && newVaultPasswordFile === undefined && label === undefined ? { ...sources, passwordFiles: [] } : sources, { config, label })
}

async function chooseToWrite(sources: SecretSources, { config, label }: { readonly config: Config, readonly label: string | undefined }): Promise<VaultToWrite> {
  const secrets = await gatherSecrets(sources, { isNew: true, config })
  if (secrets.length > 1 && label === undefined) {
    throw badOptions(`The vault-ids ${secrets.map((secret) => secret.label).join(',')} are available to encrypt. Specify the vault-id to encrypt with --encrypt-vault-id`)
  }
  return { vault: makeVault(config, secrets), secret: chooseSecret(secrets, label) }
}

function labelToWrite({ encryptVaultId }: VaultActionFlags, config: Config): string | undefined {
  return encryptVaultId ?? config.get('DEFAULT_VAULT_ENCRYPT_IDENTITY')
}

function makeVault(config: Config, secrets: readonly VaultSecret[]): Vault {
  const salt = config.get('VAULT_ENCRYPT_SALT')
  return new Vault({ secrets, matchLabel: config.get('DEFAULT_VAULT_ID_MATCH'), defaultLabel: config.get('DEFAULT_VAULT_IDENTITY'), ...salt !== undefined && { salt } })
}

/** What was asked for cannot be meant so. */
export function badOptions(summary: string, hint?: string): DiagnosticError {
  return new DiagnosticError([{ code: 'bad-options', severity: 'error', summary, ...hint !== undefined && { hint } }])
}
