import { textOf } from '../../value/text.ts'
import { typeName } from '../../value/type-name.ts'
import type { Value } from '../../value/value.ts'
import { optionFlag, textArgument } from '../arguments.ts'
import { EvaluationError } from '../evaluation-error.ts'
import { fromPlain } from '../nunjucks/plain-values.ts'
import type { CallContext, Lookup, SourcedSetting } from '../types.ts'

/** Values of settings: `lookup('config', 'DEFAULT_ROLES_PATH')`. */
export const CONFIG_LOOKUPS: readonly (readonly [string, Lookup])[] = [
  ['config', (terms, named, context) => terms.flatMap((term) => setting(term, named, context))],
]

const ON_MISSING = ['error', 'warn', 'skip']

function setting(term: Value, named: ReadonlyMap<string, Value>, context: CallContext): Value[] {
  const missing = textArgument(named.get('on_missing'), 'error')
  if (!ON_MISSING.includes(missing)) throw failed(`"on_missing" must be a string and one of: valid values are ${ON_MISSING.join(', ')}, not ${missing}`)
  if (typeof term !== 'string') throw failed(`Invalid setting identifier, "${textOf(term)}" is not a string, its a ${typeName(term)}`)
  const found = named.has('plugin_type') ? pluginOption(term, named, context) : context.setting(term)
  if (found !== undefined) {
    const value = found.value === undefined ? null : fromPlain(found.value)
    return [optionFlag(named.get('show_origin'), false) ? [value, found.origin] : value]
  }
  if (missing !== 'error') return []
  throw failed(/^[A-Z_\d]+$/.test(term) ? `Unable to find setting ${term}` : `Invalid setting "${term}": Unable to find setting ${term}`)
}

/** Options of plugins are variables of hosts, else settings. */
const PLUGIN_OPTIONS: Readonly<Record<string, { readonly variables: readonly string[], readonly setting?: string }>> = {
  remote_user: { variables: ['ansible_user', 'ansible_ssh_user'], setting: 'DEFAULT_REMOTE_USER' },
  port: { variables: ['ansible_port', 'ansible_ssh_port'], setting: 'DEFAULT_REMOTE_PORT' },
  host: { variables: ['inventory_hostname', 'ansible_host', 'ansible_ssh_host'] },
  private_key_file: { variables: ['ansible_private_key_file', 'ansible_ssh_private_key_file'], setting: 'DEFAULT_PRIVATE_KEY_FILE' },
  remote_tmp: { variables: ['ansible_remote_tmp'], setting: 'DEFAULT_REMOTE_TMP' },
  become_user: { variables: ['ansible_become_user'], setting: 'DEFAULT_BECOME_USER' },
  timeout: { variables: ['ansible_ssh_timeout'], setting: 'DEFAULT_TIMEOUT' },
}

function pluginOption(name: string, named: ReadonlyMap<string, Value>, context: CallContext): SourcedSetting | undefined {
  if (!named.has('plugin_name')) throw failed('Both plugin_type and plugin_name are required, cannot use one without the other')
  const option = Object.hasOwn(PLUGIN_OPTIONS, name) ? PLUGIN_OPTIONS[name] : undefined
  if (option === undefined) return settingOf(name, named, context)
  return fromVariables(option.variables, context) ?? (option.setting === undefined ? { value: undefined, origin: 'default' } : context.setting(option.setting))
}

/** Settings of plugins are called by kind, plugin and option: `connection.ssh.ssh_args`. */
function settingOf(name: string, named: ReadonlyMap<string, Value>, context: CallContext): SourcedSetting | undefined {
  const [kind, plugin] = [textArgument(named.get('plugin_type'), ''), textArgument(named.get('plugin_name'), '')]
  const found = context.setting(`${kind}.${plugin.replace(/^ansible\.(?:builtin|legacy)\./, '')}.${name}`)
  return found && (fromVariables(found.vars ?? [], context) ?? found)
}

function fromVariables(names: readonly string[], context: CallContext): SourcedSetting | undefined {
  for (const name of names.toReversed()) {
    const raw = context.scope.get(name)
    if (raw !== undefined) return { value: context.evaluate(raw), origin: `var: ${name}` }
  }
  return undefined
}

function failed(message: string): EvaluationError {
  return new EvaluationError('lookup-failed', message)
}
