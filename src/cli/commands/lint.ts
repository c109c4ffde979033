import { Option, type Command } from 'commander'
import { addSourceOptions, collect, collectList, type SourceFlags } from '../flags.ts'

/** What `tsplay lint` takes. */
export interface LintFlags extends SourceFlags {
  readonly format: 'text' | 'json' | 'sarif' | 'github'
  readonly skipList?: readonly string[]
  readonly warnList?: readonly string[]
  readonly enableList?: readonly string[]
  readonly exclude?: readonly string[]
  readonly profile?: string
  readonly config?: string
  readonly listRules?: boolean
}

/** `tsplay lint [PATHS]`: everything that a run would refuse, without hosts, and habits worth a second thought. */
export function addLintCommand(program: Command): void {
  const command = program.command('lint')
    .description('Check playbooks and roles without hosts, and look for risky habits.')
    .argument('[paths...]', 'files and folders; this folder unless given')
  addSourceOptions(command)
    .addOption(new Option('--format <format>', 'how findings are printed').choices(['text', 'json', 'sarif', 'github']).default('text'))
    .option('-x, --skip-list <rules>', 'rules to leave out', collectList)
    .option('-w, --warn-list <rules>', 'rules that only warn', collectList)
    .option('--enable-list <rules>', 'rules that are off unless asked for', collectList)
    .option('--exclude <path>', 'path, or pattern of paths, to leave out; may be given several times', collect)
    .option('--profile <profile>', 'min, basic, moderate, safety, shared or production')
    .option('--config <file>', 'settings, in place of .tsplay-lint.yml or .ansible-lint')
    .option('-L, --list-rules', 'list the rules, check nothing')
    .action(async (paths: readonly string[], flags: LintFlags) => {
      const { lintCommand } = await import('../lint-command.ts')
      process.exitCode = await lintCommand(paths, flags)
    })
}
