import type { Command } from 'commander'

/** `tsplay doc [MODULE]`: a module's arguments and examples, from the spec that runs. */
export function addDocCommand(program: Command): void {
  program.command('doc')
    .description('Describe a module; list all of them without a name.')
    .argument('[module]', 'name, with or without its collection')
    .option('-l, --list', 'list all modules')
    .option('--write <folder>', 'write a page a module, as Markdown, into a folder')
    .action(async (name: string | undefined, { write }: { readonly write?: string }) => {
      const { docCommand, writePages } = await import('../doc-command.ts')
      process.exitCode = await (write === undefined ? docCommand(name) : writePages(write))
    })
}
