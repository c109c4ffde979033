import type { Command } from 'commander'

/** `tsplay doc [MODULE]`: a module's arguments and examples, from the spec that runs. */
export function addDocCommand(program: Command): void {
  program.command('doc')
    .description('Describe a module; list all of them without a name.')
    .argument('[module]', 'name, with or without its collection')
    .option('-l, --list', 'list all modules')
    .action(async (name: string | undefined) => {
      const { docCommand } = await import('../doc-command.ts')
      process.exitCode = await docCommand(name)
    })
}
