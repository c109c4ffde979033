import { defineAction } from '../module/define-module.ts'
import { ModuleFailure, type ControlEffect } from '../module/module.ts'
import type { Json, JsonObject } from '../value/value.ts'
import { isVariableName, variableNameHint } from '../value/variable-name.ts'

/** `ansible.builtin.set_fact`: variables of a host for the rest of the run. */
export const setFact = defineAction({
  name: 'set_fact',
  summary: 'Set variables of a host for the rest of the run.',
  where: 'controller',
  check: 'run',
  acceptsAnyArgument: true,
  freeForm: '_raw_params',
  args: {
    _raw_params: { type: 'str', description: 'No text is taken: variables need names.' },
    cacheable: { type: 'bool', default: false, description: 'Whether they are kept as facts too, in the fact cache.' },
  },
  examples: [{ name: 'Name the primary', args: { primary: 'devops1ar01n02', ports: [5433, 9999] } }],
  run: async ({ cacheable, _raw_params: free, ...given }, { controller }) => {
    if (free !== undefined) throw new ModuleFailure(`Cannot set variables from the text '${free}': name=value is needed`)
    const read = (value: Json): Json => controller.jinjaIsNative === false ? withBooleans(value) : value
    const variables = Object.fromEntries(Object.entries(given as JsonObject).map(([name, value]) => [checked(name), read(value)]))
    if (Object.keys(variables).length === 0) throw new ModuleFailure('No variable is given: at least one is needed')
    const effects: ControlEffect[] = [{ kind: 'variables', variables }]
    if (cacheable) effects.push({ kind: 'facts', facts: variables, cacheable: true })
    return { changed: false, effects, fields: { ansible_facts: variables } }
  },
})

function checked(name: string): string {
  if (name.startsWith('_ansible_')) throw new ModuleFailure(`Invalid parameter specified beginning with keyword '_ansible_' for action 'set_fact': '${name}'. The prefix '_ansible_' is reserved for internal use only.`)
  if (isVariableName(name)) return name
  throw new ModuleFailure(`The variable name '${name}' is not valid. ${variableNameHint(name)}`)
}

/** As Ansible did with every text before its templates were native. */
function withBooleans(value: Json): Json {
  if (typeof value !== 'string' || !/^(?:true|false|yes|no)$/i.test(value)) return value
  return /^(?:true|yes)$/i.test(value)
}
