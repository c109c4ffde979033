import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { InstalledCore } from '../find/python-folders.ts'

/** Names of the arguments that modules of a core know besides their own: it takes any other for a mistake. */
export function internalNames({ path }: InstalledCore): ReadonlySet<string> {
  const text = readFileSync(join(path, 'module_utils/common/parameters.py'), 'utf8')
  const table = /^PASS_VARS = \{([\s\S]*?)^\}/m.exec(text)?.[1] ?? ''
  return new Set([...table.matchAll(/^\s*'(\w+)':/gm)].map((match) => `_ansible_${match[1] ?? ''}`))
}

/** Code of a core that its modules load by names that are no imports: how arguments and results are written as JSON, since 2.19. */
export function loadedByName({ path }: InstalledCore): readonly string[] {
  const profiles = ['_module_legacy_c2m', '_module_legacy_m2c']
  return profiles.filter((name) => existsSync(join(path, 'module_utils/_internal/_json/_profiles', `${name}.py`))).map((name) => `ansible.module_utils._internal._json._profiles.${name}`)
}
