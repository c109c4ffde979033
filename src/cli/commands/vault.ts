import { Option, type Command } from 'commander'
import { addVaultOptions, collect } from '../flags.ts'
import type { VaultAction } from '../vault/actions.ts'
import type { VaultActionFlags } from '../vault/vault-job.ts'

/** `tsplay vault ACTION`: what ansible-vault does, with its options. */
export function addVaultCommand(program: Command): void {
  const vault = program.command('vault').description('Encrypt and decrypt files and values, as ansible-vault does.')
  addEncryptLabel(addAction(vault, 'create', 'Write a new encrypted file in the editor.'))
    .option('--skip-tty-check', 'open the editor even without a terminal')
  addOutput(addAction(vault, 'decrypt', 'Decrypt files, or standard input.'))
  addEncryptLabel(addAction(vault, 'edit', 'Edit encrypted files.'))
  addOutput(addEncryptLabel(addAction(vault, 'encrypt', 'Encrypt files, or standard input.')))
  addOutput(addEncryptLabel(addAction(vault, 'encrypt_string', 'Encrypt texts, as values to paste into YAML.')))
    .option('-p, --prompt', 'ask for the text')
    .option('--show-input', 'show what is typed')
    .option('-n, --name <name>', 'variable of the text; may be given several times', collect)
    .option('--stdin-name <name>', 'variable of the text that standard input has')
  addEncryptLabel(addAction(vault, 'rekey', 'Encrypt files anew with another password.'))
    .addOption(new Option('--new-vault-password-file <file>', 'file that holds the new password, or program that prints it').conflicts('newVaultId'))
    .option('--new-vault-id <label@source>', 'label and source of the new password')
  addAction(vault, 'view', 'Show encrypted files.')
}

function addAction(vault: Command, action: VaultAction, description: string): Command {
  return addVaultOptions(vault.command(action).description(description))
    .argument(action === 'encrypt_string' ? '[texts...]' : '[files...]', action === 'encrypt_string' ? 'what to encrypt; - is standard input' : 'files; - is standard input')
    .addOption(new Option('-v, --verbose', 'accepted as ansible-vault does').argParser((_value, count: number | undefined) => (count ?? 0) + 1))
    .action(async (args: readonly string[], flags: VaultActionFlags) => {
      const { vaultCommand } = await import('../vault/vault-command.ts')
      process.exitCode = await vaultCommand(action, args, flags)
    })
}

function addEncryptLabel(command: Command): Command {
  return command.option('--encrypt-vault-id <label>', 'which of several passwords to encrypt with')
}

function addOutput(command: Command): Command {
  return command.option('--output <file>', 'write there instead; - is standard output')
}
