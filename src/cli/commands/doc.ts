import { Option, type Command } from 'commander'
import type { DocOptions } from '../doc-command.ts'

/** `tsplay doc [NAME...]`: arguments, behaviour and examples of modules, from the specs that run; or keywords. */
export function addDocCommand(program: Command): void {
  program.command('doc')
    .description('Describe modules or keywords; list all of them without a name.')
    .argument('[names...]', 'of modules, with or without their collection')
    .addOption(new Option('-t, --type <type>', 'what the names are of').choices(['module', 'keyword']).default('module'))
    .option('-l, --list', 'list all modules, or keywords')
    .option('-s, --snippet', 'a task to begin with')
    .option('-j, --json', 'as JSON, in the form of ansible-doc')
    .option('--write <folder>', 'write a page a module, as Markdown, into a folder')
    .action(async (names: readonly string[], { write, ...options }: DocOptions & { readonly write?: string }) => {
      const { docCommand, writePages } = await import('../doc-command.ts')
      process.exitCode = await (write === undefined ? docCommand(names, options) : writePages(write))
    })
}
