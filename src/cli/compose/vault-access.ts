import type { Config } from '../../config/config.ts'
import type { Secrets } from '../../engine/secrets.ts'
import { isVaultText } from '../../vault/envelope.ts'
import { Vault } from '../../vault/vault.ts'
import type { VaultSecret } from '../../vault/vault-secret.ts'
import { VaultString } from '../../value/vault-string.ts'
import type { VaultFlags } from '../flags.ts'
import { gatherSecrets, secretSources } from './vault-secrets.ts'

/** How a run decrypts what it meets. What is decrypted as a value or as a file's content is hidden from output. */
export interface VaultAccess {
  /** The text of a source file: playbook, inventory, variables. Its values are like those of any other file. */
  readonly source: (encrypted: VaultString | Buffer) => string
  /** An inline value, or a file that a template reads. */
  readonly value: (encrypted: VaultString | Buffer) => string
  /** A file's content, whether it is encrypted or not. */
  readonly content: (bytes: Buffer) => Buffer
  /** Encrypted with the first of the passwords; undefined when there is none. */
  readonly seal: (bytes: Uint8Array) => Buffer | undefined
}

/** Gets the passwords that the command line, and then the settings, name. */
export async function openVault(flags: VaultFlags, config: Config, secrets: Secrets): Promise<VaultAccess> {
  const sources = secretSources(flags, config)
  const isNamed = sources.ask || sources.identities.length > 0 || sources.passwordFiles.length > 0
  const passwords = isNamed ? await gatherSecrets(sources, { isNew: false, config }) : []
  const vault = new Vault({ secrets: passwords, matchLabel: config.get('DEFAULT_VAULT_ID_MATCH'), defaultLabel: sources.defaultLabel })
  const open = (encrypted: VaultString | Buffer) => vault.decrypt(encrypted instanceof VaultString ? encrypted.ciphertext : encrypted)
  return {
    source: (encrypted) => open(encrypted).toString('utf8'),
    value: (encrypted) => hidden(open(encrypted), secrets).toString('utf8'),
    content: (bytes) => isVaultText(bytes) ? hidden(open(bytes), secrets) : bytes,
    seal: (bytes) => sealed(vault, passwords[0], bytes),
  }
}

function sealed(vault: Vault, password: VaultSecret | undefined, bytes: Uint8Array): Buffer | undefined {
  return password === undefined || isVaultText(bytes) ? undefined : Buffer.from(vault.encrypt(bytes, password, password.label))
}

/** Lines of it count as well: a diff shows single ones. Shorter ones are in too many innocent places. */
const SHORTEST_LINE = 8

function hidden(bytes: Buffer, secrets: Secrets): Buffer {
  const text = bytes.toString('utf8')
  secrets.addValue(text)
  const lines = text.split('\n')
  if (lines.length > 1) for (const line of lines.map((each) => each.trim())) if (line.length >= SHORTEST_LINE) secrets.addValue(line)
  return bytes
}
