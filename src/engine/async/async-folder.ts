import type { Config } from '../../config/config.ts'

/** Where the settings want jobs to be looked after; the variable of the environment may also be one of the host's. */
export function asyncFolder(config: Config): string | undefined {
  const found = config.find('shell.sh.async_dir')
  return found === undefined || found.origin === 'default' ? undefined : String(found.value)
}
