import type { Config } from '../../config/config.ts'
import type { SourceFlags } from '../flags.ts'

/** 0 to 5: each -v adds to what the settings say. */
export function verbosityOf({ verbose = 0 }: SourceFlags, config: Config): number {
  return Math.min(5, verbose + config.get('DEFAULT_VERBOSITY'))
}
