import type { Command } from 'commander'
import { addSharedOptions, type RunFlags } from '../flags.ts'

/** What `tsplay exec` takes besides the shared options. */
export interface ExecFlags extends RunFlags {
  readonly moduleName?: string
  readonly args?: string
  readonly oneLine?: boolean
}

/** `tsplay exec PATTERN [COMMAND]`: one task on many hosts; a shell command unless `-m` names a module. */
export function addExecCommand(program: Command): void {
  const command = program.command('exec')
    .description('Run one command, or one module, on hosts.')
    .argument('<pattern>', 'hosts: a group, a name, a:b, a:!b ...')
    .argument('[command]', 'shell command')
  addSharedOptions(command)
    .option('-m, --module-name <module>', 'module to run instead of a shell command')
    .option('-a, --args <args>', "the module's arguments: key=value, or JSON")
    .option('-o, --one-line', 'one line a host')
    .action(async (pattern: string, shell: string | undefined, flags: ExecFlags) => {
      const { execCommand } = await import('../exec-command.ts')
      process.exitCode = await execCommand({ pattern, shell }, flags)
    })
}
