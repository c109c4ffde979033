import { readFileSync } from 'node:fs'
import type { Config } from '../../config/config.ts'
import { didYouMean } from '../../diagnostics/nearest.ts'
import { locationText } from '../../diagnostics/position.ts'
import { readIni } from '../../config/read-ini.ts'
import { sectionOf } from './list-settings.ts'
import type { SettingGroup } from './setting-groups.ts'

export interface UnknownName {
  readonly name: string
  readonly why: string
}

/** Keys of the config file, or ANSIBLE_* variables, that none of the settings reads. */
export function unknownNames(config: Config, groups: readonly SettingGroup[], format: string): readonly UnknownName[] {
  const settings = groups.flatMap((group) => [...group.settings.values()].map(({ setting }) => setting))
  return format === 'env' ? unknownVariables(config, new Set(settings.flatMap(({ env = [] }) => env))) : unknownKeys(config, new Set(settings.flatMap(({ ini = [] }) => ini)))
}

function unknownKeys({ file }: Config, known: ReadonlySet<string>): readonly UnknownName[] {
  if (file === undefined) return []
  const sections = new Set([...known].map(sectionOf))
  return readIni({ path: file, text: readFileSync(file, 'utf8') }).entries.filter(({ section, key }) => !known.has(`${section}.${key}`)).map(({ section, key, range }) => ({
    name: locationText(range),
    why: sections.has(section) ? withHint(`Found unknown configuration key '${key}' in section '${section}'`, `${section}.${key}`, known) : `Found unknown section '${section}'`,
  }))
}

function unknownVariables({ environment }: Config, known: ReadonlySet<string>): readonly UnknownName[] {
  const given = Object.keys(environment).filter((name) => name.startsWith('ANSIBLE_') && !/^ANSIBLE_(?:TEST_|LINT_)/.test(name) && !['ANSIBLE_CONFIG', 'ANSIBLE_DEV_HOME'].includes(name))
  return given.filter((name) => !known.has(name)).map((name) => ({ name, why: withHint('Found unknown environment variable', name, known) }))
}

function withHint(text: string, name: string, known: Iterable<string>): string {
  const hint = didYouMean(name, known)
  return hint === undefined ? text : `${text}. ${hint}`
}
