import type { Command } from 'commander'

/** `tsplay explain CODE`: what a diagnostic or a rule of lint means, an example, and how to mend it. */
export function addExplainCommand(program: Command): void {
  program.command('explain')
    .description('Tell more about the code of a diagnostic, such as unknown-keyword.')
    .argument('[code]', 'what stands in brackets after error or warning')
    .option('-l, --list', 'list all codes')
    .action(async (code: string | undefined) => {
      const { explainCommand } = await import('../explain-command.ts')
      process.exitCode = explainCommand(code)
    })
}
