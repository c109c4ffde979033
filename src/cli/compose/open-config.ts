import { homedir } from 'node:os'
import type { Config } from '../../config/config.ts'
import { loadConfig } from '../../config/load-config.ts'

/** The settings of this process: the one place that reads its environment. `file` stands in for the one that would be found. */
export function openConfig(flags: object, file?: string): Config {
  return loadConfig({ environment: process.env, folder: process.cwd(), home: process.env['HOME'] ?? homedir(), flags: { ...flags }, ...file !== undefined && { file } })
}
