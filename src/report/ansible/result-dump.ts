import type { HostEnded } from '../../run/run-event.ts'
import { fromJson } from '../../value/json.ts'
import type { Json, JsonObject } from '../../value/value.ts'
import { emitYaml } from '../../template/yaml/emitter.ts'
import { valueToTree } from '../../template/yaml/value-to-tree.ts'
import type { ResultForm } from './callback-settings.ts'
import { pythonJson } from './python-json.ts'

/** A result on its way to the screen. */
export interface ShownResult {
  readonly module: string
  readonly result: JsonObject
  /** Modules whose whole point is what they say are shown in full. */
  readonly always: boolean
  /** Its items were shown by themselves. */
  readonly looped: boolean
  readonly args?: HostEnded['args']
}

/** The text of a result, without what is shown otherwise or only by -vvv. */
export function dumpResult(shown: ShownResult, { format, pretty }: ResultForm, verbosity: number): string {
  const fields = shownFields(shown, verbosity)
  const isPretty = pretty ?? (shown.always || format === 'yaml' || verbosity > 2)
  if (format === 'json') return pythonJson(fields, isPretty ? 4 : undefined)
  return `\n${yamlText(fields, { isLossy: pretty !== false, indent: isPretty ? 4 : 2 })}`
}

function yamlText(fields: JsonObject, { isLossy, indent }: { readonly isLossy: boolean, readonly indent: number }): string {
  const tree = valueToTree(fromJson(isLossy ? readable(fields) : fields), { sortKeys: true, flow: false, blocks: isLossy ? 'lossy' : 'exact' })
  return indentText(emitYaml(tree, { indent, width: 80 }).trimEnd(), 4)
}

function shownFields({ module, result, args, looped }: ShownResult, verbosity: number): JsonObject {
  const visible = Object.entries(result).filter(([key]) => !key.startsWith('_ansible_') && !isHidden(key, verbosity) && !(key === 'results' && (looped || 'skipped_reason' in result)))
  const fields = Object.fromEntries(isDebug(module) ? debugFields(visible) : visible)
  return verbosity >= 3 && args !== undefined && !isDebug(module) ? { ...fields, invocation: { module_args: args } } : fields
}

function isHidden(key: string, verbosity: number): boolean {
  return ['failed', 'skipped', 'exception', 'warnings', 'deprecations'].includes(key) || (verbosity < 3 && (key === 'invocation' || key === 'diff'))
}

/** A message stands alone; a variable without what every result has. */
function debugFields(fields: readonly [string, Json][]): readonly [string, Json][] {
  const allowed = ['msg', 'warnings', 'deprecations']
  if (fields.some(([key]) => key === 'msg')) return fields.filter(([key]) => allowed.includes(key))
  return fields.filter(([key]) => !['changed', 'skip_reason'].includes(key))
}

function isDebug(module: string): boolean {
  return module === 'debug' || module === 'ansible.builtin.debug'
}

/** Lines need not be told twice. */
function readable(fields: JsonObject): JsonObject {
  const short = { ...fields }
  for (const name of ['stdout', 'stderr']) if (name in short && `${name}_lines` in short) short[`${name}_lines`] = '<omitted>'
  return short
}

function indentText(text: string, by: number): string {
  return text.split('\n').map((line) => line.trim() === '' ? line : `${' '.repeat(by)}${line}`).join('\n')
}
