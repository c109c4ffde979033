import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Config } from '../../config/config.ts'
import { DiagnosticError } from '../../diagnostics/diagnostic-error.ts'
import type { ConfigAction, ConfigFlags } from '../commands/config.ts'
import { openConfig } from '../compose/open-config.ts'
import { failOnErrors, showWarnings } from '../compose/problems.ts'
import { EXIT } from '../exit-codes.ts'
import { dumpSettings } from './dump-settings.ts'
import { galaxyServers } from './galaxy-servers.ts'
import { initText } from './init-text.ts'
import { listSettings } from './list-settings.ts'
import { settingGroups, type SettingGroup } from './setting-groups.ts'
import { unknownNames } from './unknown-names.ts'

export interface ConfigRequest {
  readonly action: ConfigAction
  readonly plugins: readonly string[]
  readonly flags: ConfigFlags
}

interface ConfigWork {
  readonly config: Config
  readonly groups: readonly SettingGroup[]
  readonly flags: ConfigFlags
}

const ACTIONS: Readonly<Record<ConfigAction, (work: ConfigWork) => number>> = {
  list: ({ groups, flags }) => print(listSettings(groups, flags.format)),
  dump: ({ config, groups, flags }) => print(dumpSettings(withServers(groups, config, flags), { config, format: flags.format, onlyChanged: flags.onlyChanged ?? false })),
  view: ({ config }) => print(readFileSync(fileOf(config), 'utf8')),
  init: ({ groups, flags }) => print(initText(groups, { format: flags.format, disabled: flags.disabled ?? false })),
  validate,
}

/** `tsplay config ACTION`: exit code 1 when `validate` finds something. */
export function configCommand({ action, plugins, flags }: ConfigRequest): number {
  const config = openConfig({}, flags.config === undefined ? undefined : resolve(flags.config))
  if ((flags.verbose ?? 0) > 0) print(config.file === undefined ? 'No config file found; using defaults' : `Using ${config.file} as config file`)
  // A file that somebody named must be there; what is wrong in it is for validate to tell.
  failOnErrors(config.problems.filter(({ code }) => code === 'config-file' && (flags.config !== undefined || action === 'view')))
  showWarnings(config.problems, config)
  return ACTIONS[action]({ config, groups: settingGroups(flags.type, plugins), flags })
}

function withServers(groups: readonly SettingGroup[], config: Config, { type }: ConfigFlags): readonly SettingGroup[] {
  return ['base', 'all'].includes(type) ? [...groups, ...galaxyServers(config)] : groups
}

function fileOf({ file }: Config): string {
  if (file !== undefined) return file
  throw new DiagnosticError([{ code: 'no-config-file', severity: 'error', summary: 'Invalid or no config file was supplied', hint: 'tsplay config init > ansible.cfg begins one' }])
}

function validate({ config, groups, flags }: ConfigWork): number {
  const unknown = unknownNames(config, withServers(groups, config, flags), flags.format)
  for (const { name, why } of unknown) process.stderr.write(`${name}: ${why}\n`)
  if (unknown.length > 0 || config.problems.some(({ severity }) => severity === 'error')) return EXIT.error
  return print('All configurations seem valid!')
}

function print(text: string): number {
  process.stdout.write(text.endsWith('\n') || text === '' ? text : `${text}\n`)
  return EXIT.ok
}
