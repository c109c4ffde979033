import { InvalidArgumentError, Option, type Command } from 'commander'

/** Where vault passwords come from; settings know the rest. */
export interface VaultFlags {
  readonly vaultId?: readonly string[]
  readonly vaultPasswordFile?: readonly string[]
  readonly askVaultPass?: boolean
}

/** Options of the command line that were given, as commander hands them over; settings know what holds without them. */
export interface SourceFlags extends VaultFlags {
  readonly inventory?: readonly string[]
  readonly extraVars?: readonly string[]
  readonly verbose?: number
  readonly playbookDir?: string
  readonly flushCache?: boolean
}

/** The options that `run`, `exec` and `console` share. */
export interface RunFlags extends SourceFlags {
  readonly limit?: string
  readonly check?: boolean
  readonly tags?: readonly string[]
  readonly skipTags?: readonly string[]
  readonly modulePath?: readonly string[]
  readonly journal: string | false
  readonly lookAhead?: number
}

/** Options under their Ansible names, so that a call of ansible-playbook works as it is. */
export function addSharedOptions(command: Command): Command {
  return addPrivilegeOptions(addConnectionOptions(addSourceOptions(command)
    .option('-l, --limit <pattern>', 'only hosts that match too')
    .option('-C, --check', 'say what would change, change nothing')
    .option('-D, --diff', 'show the differences that changes make')
    .option('-M, --module-path <folders>', 'folders with modules of your own', collect)
    .addOption(new Option('-f, --forks <number>', 'hosts at work at the same time (default: 50)').argParser(positiveInteger))
    .addOption(new Option('--look-ahead <tasks>', 'tasks whose state is read ahead of their turn; 0 turns it off').argParser(nonNegativeInteger))
    .option('--journal <dir>', 'folder that the run is recorded in', '.tsplay')
    .option('--no-journal', 'keep no record')))
}

/** What there is to read before anything is done, and how much of it is told. */
export function addSourceOptions(command: Command): Command {
  return addVaultOptions(command)
    .option('-i, --inventory <source>', 'inventory file, folder or comma-separated hosts; may be given several times', collect)
    .option('-e, --extra-vars <vars>', 'variables: key=value, JSON, or @file; may be given several times', collect)
    .option('--flush-cache', 'forget cached facts first')
    .addOption(new Option('-v, --verbose', 'show results; more with -vv, -vvv').argParser((_value, count: number | undefined) => (count ?? 0) + 1))
}

/** Connection options under their Ansible names. */
export function addConnectionOptions(command: Command): Command {
  return command
    .option('-u, --user <name>', 'log in as this user')
    .option('--key-file, --private-key <file>', 'private key to log in with')
    .option('-c, --connection <type>', 'how to connect: ssh or local')
    .addOption(new Option('-T, --timeout <seconds>', 'give up a connection after (default: 10)').argParser(positiveInteger))
    .option('-k, --ask-pass', 'ask for the login password')
    .option('--conn-pass-file, --connection-password-file <file>', 'file that holds the login password')
    .option('--ssh-common-args <args>', 'ssh options, such as -o ProxyJump=HOST')
    .option('--ssh-extra-args <args>', 'further ssh options')
    .addOption(new Option('--sftp-extra-args <args>', 'accepted; nothing is copied by sftp').hideHelp())
    .addOption(new Option('--scp-extra-args <args>', 'accepted; nothing is copied by scp').hideHelp())
}

function addPrivilegeOptions(command: Command): Command {
  return command
    .option('-b, --become', 'run as another user')
    .option('--become-method <method>', 'sudo, su or doas (default: sudo)')
    .option('--become-user <name>', 'the user to become (default: root)')
    .option('-K, --ask-become-pass', 'ask for the password of become')
    .option('--become-pass-file, --become-password-file <file>', 'file that holds the password of become')
}

/** Where vault passwords come from, under Ansible's names. */
export function addVaultOptions(command: Command): Command {
  return command
    .option('--vault-id <label@source>', 'vault password of a label: a file, a program or prompt; may be given several times', collect)
    .option('--vault-pass-file, --vault-password-file <file>', 'file that holds a vault password, or program that prints it; may be given several times', collect)
    .addOption(new Option('-J, --ask-vault-password', 'ask for the vault password').conflicts('vaultPasswordFile'))
    .addOption(new Option('--ask-vault-pass').conflicts('vaultPasswordFile').hideHelp())
}

/** For options that may be given several times. */
export function collect(value: string, earlier: readonly string[] = []): readonly string[] {
  return [...earlier, value]
}

/** Several comma-separated values, in several options. */
export function collectList(value: string, earlier: readonly string[] = []): readonly string[] {
  return [...earlier, ...value.split(',').map((part) => part.trim()).filter((part) => part !== '')]
}

/** A number of which there is at least one. */
export function positiveInteger(text: string): number {
  const number = nonNegativeInteger(text)
  if (number === 0) throw new InvalidArgumentError('It must be at least 1.')
  return number
}

/** A count. */
export function nonNegativeInteger(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('It must be a whole number.')
  return Number(text)
}
