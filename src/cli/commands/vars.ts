import type { Command } from 'commander'
import { addSourceOptions, type SourceFlags } from '../flags.ts'

/** What `tsplay vars` takes. */
export interface VarsFlags extends SourceFlags {
  readonly playbook?: string
  readonly task?: string
  readonly all?: boolean
  readonly json?: boolean
}

/** `tsplay vars HOST [NAME]`: what a variable is, where that is written, and what it overrides. */
export function addVarsCommand(program: Command): void {
  addSourceOptions(program.command('vars'))
    .description("Show a host's variables: each value, where it is written, and what it overrides.")
    .argument('<host>', 'a host of the inventory, or localhost')
    .argument('[name]', 'one variable: everything that is known about it')
    .option('-p, --playbook <file>', 'as seen from the play of this playbook that runs on the host')
    .option('--task <name>', 'as seen from this task of the playbook')
    .option('--all', 'magic variables too')
    .option('--json', 'as JSON')
    .option('--playbook-dir <dir>', "folder that stands for the playbook's: its group_vars and host_vars count")
    .action(async (host: string, name: string | undefined, flags: VarsFlags) => {
      const { varsCommand } = await import('../vars-command.ts')
      process.exitCode = await varsCommand({ host, name }, flags)
    })
}
