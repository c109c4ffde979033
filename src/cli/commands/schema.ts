import type { Command } from 'commander'

/** `tsplay schema [NAME]`: JSON Schemas for editors. */
export function addSchemaCommand(program: Command): void {
  program.command('schema')
    .description('Print a JSON Schema for editors: playbook, tasks, meta, argument_specs, inventory, settings or lint.')
    .argument('[name]', 'which; without a name they are listed')
    .option('--write <folder>', 'write all of them into this folder')
    .action(async (name: string | undefined, flags: { readonly write?: string }) => {
      const { schemaCommand } = await import('../schema-command.ts')
      process.exitCode = schemaCommand(name, flags)
    })
}
