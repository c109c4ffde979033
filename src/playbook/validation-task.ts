import { basename } from 'node:path'
import type { Dict, Value } from '../value/value.ts'
import type { YamlMapping, YamlNode } from '../yaml/node.ts'
import { valueOf } from '../yaml/value-of.ts'
import type { ArgumentValue, RoleUse, Task } from './ast.ts'
import { NO_KEYWORDS } from './keywords.ts'
import { NO_LOOP_CONTROL } from './read-loop.ts'

/** What a role is checked as. */
export interface Validation {
  /** The file of tasks that is used: `main` or `tasks_from`. */
  readonly entryPoint: string
  /** Parameters written beside the role's name: those that the spec does not know are refused. */
  readonly given: Dict
}

/** The task that checks a role's variables against its argument specs before the role runs; none without a spec for the entry point. */
export function validationTask(use: RoleUse, { entryPoint, given }: Validation): Task[] {
  const { role } = use
  const name = entryPoint.replace(/\.(?:ya?ml|json)$/, '')
  const spec = role.argumentSpecs?.kind === 'mapping' ? childOf(role.argumentSpecs, name) : undefined
  if (spec?.kind !== 'mapping') return []
  const context: Dict = new Map<Value, Value>([['type', 'role'], ['name', basename(role.path)], ['argument_spec_name', name], ['path', role.path]])
  const specs = childOf(spec, 'options')
  const values: readonly (readonly [string, Value])[] = [
    ['argument_spec', specs === undefined ? new Map() : valueOf(specs)],
    ['provided_arguments', given],
    ['validate_args_context', context],
  ]
  const named = new Map(values.map(([key, value]): [string, ArgumentValue] => [key, { value, range: spec.range }]))
  return [{
    kind: 'task', name: `Validating arguments against arg spec '${name}'${aboutText(spec)}`, range: spec.range, keywords: { ...NO_KEYWORDS, tags: ['always'] },
    module: 'validate_argument_spec', moduleRange: spec.range, args: { named, free: undefined, dynamic: undefined }, loop: undefined, loopControl: NO_LOOP_CONTROL,
    register: undefined, until: [], retries: undefined, delay: undefined, changedWhen: undefined, failedWhen: undefined, notify: [], listen: [], async: undefined,
    poll: undefined, isHandler: false, role: use, folder: role.path,
  }]
}

function aboutText(spec: YamlMapping): string {
  const short = childOf(spec, 'short_description')
  return short?.kind === 'scalar' && typeof short.value === 'string' ? ` - ${short.value}` : ''
}

function childOf(node: YamlMapping, name: string): YamlNode | undefined {
  return node.entries.find(({ key }) => key.value === name)?.value
}
