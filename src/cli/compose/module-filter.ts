import { existsSync, readFileSync } from 'node:fs'
import type { Config } from '../../config/config.ts'
import type { Diagnostic } from '../../diagnostics/types.ts'
import { textOf } from '../../value/text.ts'
import type { Value } from '../../value/value.ts'
import { parseYaml } from '../../yaml/parse-yaml.ts'
import { valueOf } from '../../yaml/value-of.ts'

/** Modules that nobody may use here. */
export interface ModuleFilter {
  readonly rejected: ReadonlySet<string>
  readonly problems: readonly Diagnostic[]
}

const USUAL = '/etc/ansible/plugin_filters.yml'

/** Reads `module_rejectlist` of the file that `plugin_filters_cfg` names; one that cannot be read is a warning, and filters nothing. */
export function readModuleFilter(config: Config): ModuleFilter {
  const named = config.get('PLUGIN_FILTERS_CFG')
  const path = named ?? USUAL
  if (!existsSync(path)) return named === undefined ? nothing() : nothing(`The plugin filter file, ${path} does not exist. Skipping.`)
  const { value: node, diagnostics } = parseYaml({ path, text: readFileSync(path, 'utf8') })
  if (node === undefined || diagnostics.some(({ severity }) => severity === 'error')) return nothing(`The plugin filter file, ${path} was not parsable. Skipping.`)
  return filterOf(valueOf(node), path)
}

function filterOf(data: Value, path: string): ModuleFilter {
  const version = data instanceof Map ? data.get('filter_version') : undefined
  if (!(data instanceof Map) || version === undefined) return nothing(`The plugin filter file, ${path} was invalid. Skipping.`)
  if (textOf(version).trim() !== '1.0') return nothing(`The plugin filter file, ${path} was a version not recognized by this version of Ansible. Skipping.`)
  const list = data.get('module_rejectlist')
  if (!Array.isArray(list)) return nothing(`Unable to parse the plugin filter file ${path} as module_rejectlist is not a list. Skipping.`)
  const rejected = new Set(list.map(textOf))
  return { rejected, problems: rejected.has('stat') ? [statRejected(path)] : [] }
}

/** tsplay itself would do without, but the file would be none for Ansible. */
function statRejected(path: string): Diagnostic {
  return {
    code: 'setting', severity: 'error',
    summary: `The stat module was specified in the module reject list file, ${path}, but Ansible will not function without the stat module.  Please remove stat from the reject list.`,
  }
}

function nothing(warning?: string): ModuleFilter {
  return { rejected: new Set(), problems: warning === undefined ? [] : [{ code: 'setting', severity: 'warning', summary: warning }] }
}
