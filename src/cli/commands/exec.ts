import { Option, type Command } from 'commander'
import { addSharedOptions, nonNegativeInteger, positiveInteger, type RunFlags } from '../flags.ts'

/** What `tsplay exec` takes besides the shared options. */
export interface ExecFlags extends RunFlags {
  readonly moduleName?: string
  readonly args?: string
  readonly oneLine?: boolean
  readonly background?: number
  readonly poll?: number
  readonly taskTimeout?: number
  readonly tree?: string
  readonly listHosts?: boolean
}

/** `tsplay exec PATTERN [COMMAND]`: one task on many hosts, as `ansible` runs it. */
export function addExecCommand(program: Command): void {
  const command = program.command('exec')
    .description('Run one command, or one module, on hosts.')
    .argument('<pattern>', 'hosts: a group, a name, a:b, a:!b ...')
    .argument('[command]', 'shell command')
  addSharedOptions(command)
    .option('-m, --module-name <module>', 'module to run (default: command)')
    .option('-a, --args <args>', "the module's arguments: key=value, or JSON; without -m a command")
    .option('-o, --one-line', 'one line a host')
    .option('-t, --tree <dir>', 'write a file with the result for each host')
    .addOption(new Option('-B, --background <seconds>', 'run in the background, for so long at most').argParser(positiveInteger))
    .addOption(new Option('-P, --poll <seconds>', 'with -B: look so often whether it is done (default: 15)').argParser(nonNegativeInteger))
    .addOption(new Option('--task-timeout <seconds>', 'give the task up after').argParser(nonNegativeInteger))
    .option('--playbook-dir <dir>', 'folder that stands for the playbook\'s: for roles, files, group_vars')
    .option('--list-hosts', 'list the hosts, run nothing')
    .addOption(new Option('--syntax-check', 'accepted').hideHelp())
    .action(async (pattern: string, shell: string | undefined, flags: ExecFlags) => {
      const { execCommand } = await import('../exec-command.ts')
      process.exitCode = await execCommand({ pattern, shell }, flags)
    })
}
