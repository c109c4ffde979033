import { InvalidArgumentError, Option, type Command } from 'commander'

/** How to reach hosts, as commander hands it over. */
export interface ConnectionFlags {
  readonly user?: string
  readonly privateKey?: string
  readonly connection: string
  readonly timeout: number
  readonly askPass?: boolean
  readonly connectionPasswordFile?: string
  readonly sshCommonArgs?: string
  readonly sshExtraArgs?: string
}

/** What is read before a run. */
export interface SourceFlags extends ConnectionFlags {
  readonly inventory?: readonly string[]
  readonly extraVars?: readonly string[]
}

/** The options that `run` and `exec` share. */
export interface RunFlags extends SourceFlags {
  readonly limit?: string
  readonly check?: boolean
  readonly diff?: boolean
  readonly forks: number
  readonly verbose: number
  readonly become?: boolean
  readonly becomeMethod: string
  readonly becomeUser: string
  readonly askBecomePass?: boolean
  readonly becomePasswordFile?: string
  readonly journal: string | false
  readonly lookAhead?: number
}

/** Options under their Ansible names, so that a call of ansible-playbook works as it is. */
export function addSharedOptions(command: Command): Command {
  return addPrivilegeOptions(addConnectionOptions(command
    .option('-i, --inventory <source>', 'inventory file, folder or comma-separated hosts; may be given several times', collect)
    .option('-l, --limit <pattern>', 'only hosts that match too')
    .option('-e, --extra-vars <vars>', 'variables: key=value, JSON, or @file; may be given several times', collect)
    .option('-C, --check', 'say what would change, change nothing')
    .option('-D, --diff', 'show the differences that changes make')
    .addOption(new Option('-f, --forks <number>', 'hosts at work at the same time').default(50).argParser(positiveInteger).env('ANSIBLE_FORKS'))
    .addOption(new Option('-v, --verbose', 'show results; more with -vv, -vvv').default(0).argParser((_value, count: number) => count + 1))
    .addOption(new Option('--look-ahead <tasks>', 'tasks whose state is read ahead of their turn; 0 turns it off').argParser(nonNegativeInteger))
    .option('--journal <dir>', 'folder that the run is recorded in', '.tsplay')
    .option('--no-journal', 'keep no record')))
}

/** Connection options under their Ansible names. */
export function addConnectionOptions(command: Command): Command {
  return command
    .option('-u, --user <name>', 'log in as this user')
    .option('--key-file, --private-key <file>', 'private key to log in with')
    .option('-c, --connection <type>', 'how to connect: ssh or local', 'ssh')
    .addOption(new Option('-T, --timeout <seconds>', 'give up a connection after').default(10).argParser(positiveInteger).env('ANSIBLE_TIMEOUT'))
    .option('-k, --ask-pass', 'ask for the login password')
    .option('--conn-pass-file, --connection-password-file <file>', 'file that holds the login password')
    .option('--ssh-common-args <args>', 'ssh options, such as -o ProxyJump=HOST')
    .option('--ssh-extra-args <args>', 'further ssh options')
}

function addPrivilegeOptions(command: Command): Command {
  return command
    .option('-b, --become', 'run as another user')
    .option('--become-method <method>', 'sudo, su or doas', 'sudo')
    .option('--become-user <name>', 'the user to become', 'root')
    .option('-K, --ask-become-pass', 'ask for the password of become')
    .option('--become-pass-file, --become-password-file <file>', 'file that holds the password of become')
}

/** For options that may be given several times. */
export function collect(value: string, earlier: readonly string[] = []): readonly string[] {
  return [...earlier, value]
}

/** Several comma-separated values, in several options. */
export function collectList(value: string, earlier: readonly string[] = []): readonly string[] {
  return [...earlier, ...value.split(',').map((part) => part.trim()).filter((part) => part !== '')]
}

function positiveInteger(text: string): number {
  const number = nonNegativeInteger(text)
  if (number === 0) throw new InvalidArgumentError('It must be at least 1.')
  return number
}

function nonNegativeInteger(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('It must be a whole number.')
  return Number(text)
}
