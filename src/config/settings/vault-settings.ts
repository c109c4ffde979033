import type { Setting } from '../setting.ts'

/** Vault passwords and ids. */
export const VAULT_SETTINGS = {
  DEFAULT_ASK_VAULT_PASS: { type: 'bool', default: false, env: ['ANSIBLE_ASK_VAULT_PASS'], ini: ['defaults.ask_vault_pass'], cli: 'askVaultPassword', description: 'Ask for the vault password.' },
  DEFAULT_VAULT_ID_MATCH: { type: 'bool', default: false, env: ['ANSIBLE_VAULT_ID_MATCH'], ini: ['defaults.vault_id_match'], description: 'Decrypt only with the vault id that the content names.' },
  DEFAULT_VAULT_IDENTITY: { type: 'string', default: 'default', env: ['ANSIBLE_VAULT_IDENTITY'], ini: ['defaults.vault_identity'], description: 'Vault id of passwords that have none.' },
  VAULT_ENCRYPT_SALT: { type: 'string', env: ['ANSIBLE_VAULT_ENCRYPT_SALT'], ini: ['defaults.vault_encrypt_salt'], description: 'Salt to encrypt with, instead of a random one.' },
  DEFAULT_VAULT_ENCRYPT_IDENTITY: { type: 'string', env: ['ANSIBLE_VAULT_ENCRYPT_IDENTITY'], ini: ['defaults.vault_encrypt_identity'], description: 'Vault id to encrypt with.' },
  DEFAULT_VAULT_IDENTITY_LIST: { type: 'list', default: [], env: ['ANSIBLE_VAULT_IDENTITY_LIST'], ini: ['defaults.vault_identity_list'], description: 'Vault ids with where their passwords come from.' },
  DEFAULT_VAULT_PASSWORD_FILE: { type: 'path', env: ['ANSIBLE_VAULT_PASSWORD_FILE'], ini: ['defaults.vault_password_file'], description: 'File, or program, that gives the vault password.' },
} as const satisfies Readonly<Record<string, Setting>>
