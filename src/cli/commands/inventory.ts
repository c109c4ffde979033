import type { Command } from 'commander'
import { addConnectionOptions, addSourceOptions, type SourceFlags } from '../flags.ts'

/** What `tsplay inventory` takes. */
export interface InventoryFlags extends SourceFlags {
  readonly limit?: string
  readonly graph?: boolean
  readonly list?: boolean
  readonly host?: string
  readonly nodes?: string
  readonly vars?: boolean
  readonly yaml?: boolean
  readonly toml?: boolean
  readonly output?: string
}

/** `tsplay inventory --graph|--list|--host|--nodes`: what the inventory comes to. */
export function addInventoryCommand(program: Command): void {
  addConnectionOptions(addSourceOptions(program.command('inventory'))
    .description('Show the inventory, or write the node files of the platform.')
    .argument('[pattern]', 'for --graph and --list: only this group or these hosts')
    .option('-l, --limit <pattern>', 'only hosts that match')
    .option('--graph', 'draw groups and hosts as a tree')
    .option('--list', 'print everything as JSON')
    .option('--host <name>', "print one host's variables as JSON")
    .option('--nodes <dir>', 'write one node file a group: nodes=( a b c );')
    .option('--vars', 'with --graph: variables too')
    .option('-y, --yaml', 'YAML instead of JSON')
    .option('--toml', 'TOML instead of JSON')
    .option('--export', "variables where they are written: hosts' with hosts, groups' with groups")
    .option('--output <file>', 'write to a file')
    .option('--playbook-dir <dir>', "folder that stands for the playbook's: its group_vars and host_vars count"))
    .action(async (pattern: string | undefined, flags: InventoryFlags) => {
      const { inventoryCommand } = await import('../inventory-command.ts')
      process.exitCode = await inventoryCommand(pattern, flags)
    })
}
