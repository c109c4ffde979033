import { didYouMean } from '../diagnostics/nearest.ts'
import type { SourceFile } from '../diagnostics/types.ts'
import { Fields } from '../playbook/fields.ts'
import { parseYaml } from '../yaml/parse-yaml.ts'
import type { Problems } from '../yaml/problems.ts'
import { isNamed } from './noqa.ts'
import { PROFILES, type Profile, type Rule } from './rule.ts'

/** What `.tsplay-lint.yml` or `.ansible-lint` says. */
export interface LintSettings {
  readonly profile: Profile
  /** Rules, or parts of them, that are left out. */
  readonly skip: readonly string[]
  /** Rules that only warn. */
  readonly warn: readonly string[]
  /** Rules that are off unless named here. */
  readonly enable: readonly string[]
  /** Paths, or patterns of them, that are left out. */
  readonly exclude: readonly string[]
}

export const DEFAULT_SETTINGS: LintSettings = { profile: 'production', skip: [], warn: [], enable: [], exclude: [] }

/** Where settings are looked for, in the folder that is linted from. */
export const SETTINGS_FILES = ['.tsplay-lint.yml', '.tsplay-lint.yaml', '.ansible-lint', '.ansible-lint.yml', '.ansible-lint.yaml', '.config/ansible-lint.yml', '.config/ansible-lint.yaml'] as const

/** Reads them. What ansible-lint knows and tsplay does not is left alone. */
export function readSettings(file: SourceFile, problems: Problems): LintSettings {
  const { value: node, diagnostics } = parseYaml(file)
  problems.addAll(diagnostics)
  if (node?.kind !== 'mapping') return DEFAULT_SETTINGS
  const fields = new Fields(node, problems)
  const texts = (name: string): readonly string[] => fields.values(name).filter((value) => typeof value === 'string')
  return {
    profile: readProfile(fields),
    skip: texts('skip_list'),
    warn: texts('warn_list'),
    enable: texts('enable_list'),
    exclude: texts('exclude_paths'),
  }
}

function readProfile(fields: Fields): Profile {
  const name = fields.text('profile')
  const known = PROFILES.find((profile) => profile === name)
  if (name === undefined || known !== undefined) return known ?? DEFAULT_SETTINGS.profile
  fields.problems.error('bad-lint-settings', `Cannot use the profile '${name}': there is none of that name`, {
    range: fields.entries.get('profile')?.value.range, hint: didYouMean(name, PROFILES) ?? `It is one of ${PROFILES.join(', ')}`,
  })
  return DEFAULT_SETTINGS.profile
}

/** Whether settings let a rule look at all. */
export function isActive({ id, profile, optional }: Rule, { profile: chosen, skip, enable }: LintSettings): boolean {
  if (skip.some((name) => isNamed(id, name))) return false
  if (enable.some((name) => isNamed(id, name))) return true
  return optional !== true && PROFILES.indexOf(profile) <= PROFILES.indexOf(chosen)
}
