import { Option, type Command } from 'commander'
import type { SourceFlags } from '../flags.ts'

/** What the commands of `tsplay config` take. */
export interface ConfigFlags extends SourceFlags {
  readonly config?: string
  readonly type: string
  readonly format: string
  readonly onlyChanged?: boolean
  readonly disabled?: boolean
}

const TYPES = ['all', 'base', 'become', 'cache', 'callback', 'cliconf', 'connection', 'httpapi', 'inventory', 'lookup', 'netconf', 'shell', 'vars']

const ACTIONS = {
  list: { description: 'List all settings: what they are for and where they are read from.', formats: ['yaml', 'json'] },
  dump: { description: 'Show the value of each setting, and where it comes from.', formats: ['display', 'yaml', 'json'] },
  view: { description: 'Show the ansible.cfg in use.', formats: [] },
  init: { description: 'Write out all settings with their defaults, to begin a file of your own with.', formats: ['ini', 'env', 'vars'] },
  validate: { description: 'Check the ansible.cfg, or ANSIBLE_* variables, for names that no setting has.', formats: ['ini', 'env'] },
} as const

export type ConfigAction = keyof typeof ACTIONS

/** `tsplay config list|dump|view|init|validate`: what ansible-config does. */
export function addConfigCommand(program: Command): void {
  const config = program.command('config').description('Show settings, and check them.')
  for (const [action, { description, formats }] of Object.entries(ACTIONS) as [ConfigAction, (typeof ACTIONS)[ConfigAction]][]) {
    const command = config.command(action).description(description)
      .argument('[plugins...]', 'with -t: only these plugins')
      .option('-c, --config <file>', 'this file instead of the one that would be found')
      .addOption(new Option('-t, --type <type>', 'base, all, or a type of plugin').choices(TYPES).default('base'))
      .addOption(new Option('-v, --verbose', 'say which file is used').argParser((_value, count: number | undefined) => (count ?? 0) + 1))
    if (formats.length > 0) command.addOption(new Option('-f, --format <form>', 'how to write it').choices([...formats]).default(formats[0]))
    if (action === 'dump') command.option('--only-changed, --changed-only', 'only what differs from the default')
    if (action === 'init') command.option('--disabled', 'as comments')
    command.action(async (plugins: readonly string[], flags: ConfigFlags & { readonly changedOnly?: boolean }) => {
      const { configCommand } = await import('../config/config-command.ts')
      process.exitCode = configCommand({ action, plugins, flags: { ...flags, ...flags.changedOnly && { onlyChanged: true } } })
    })
  }
}
