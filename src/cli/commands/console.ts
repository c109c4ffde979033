import { Option, type Command } from 'commander'
import { addSharedOptions, nonNegativeInteger, type RunFlags } from '../flags.ts'

/** What `tsplay console` takes besides the shared options. */
export interface ConsoleFlags extends RunFlags {
  readonly taskTimeout?: number
  readonly become?: boolean
  readonly becomeUser?: string
  readonly becomeMethod?: string
  readonly user?: string
  readonly diff?: boolean
  readonly forks?: number
  readonly timeout?: number
}

/** `tsplay console [PATTERN]`: modules and commands on hosts, one line after another. */
export function addConsoleCommand(program: Command): void {
  const command = program.command('console')
    .description('Run modules and commands on hosts, one line after another.')
    .argument('[pattern]', 'hosts to begin with; cd changes them', 'all')
  addSharedOptions(command)
    .addOption(new Option('--task-timeout <seconds>', 'give tasks up after').argParser(nonNegativeInteger))
    .option('--playbook-dir <dir>', "folder that stands for the playbook's")
    .addOption(new Option('--step', 'accepted').hideHelp())
    .action(async (pattern: string, flags: ConsoleFlags) => {
      const { consoleCommand } = await import('../console/console-command.ts')
      process.exitCode = await consoleCommand(pattern, flags)
    })
}
