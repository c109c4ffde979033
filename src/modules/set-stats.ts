import { defineAction } from '../module/define-module.ts'
import { ModuleFailure } from '../module/module.ts'
import { isJsonObject } from '../value/json.ts'
import type { Json } from '../value/value.ts'
import { isVariableName } from '../value/variable-name.ts'

/** `ansible.builtin.set_stats`: figures shown at the end of the run. */
export const setStats = defineAction({
  name: 'set_stats',
  summary: 'Set figures that are shown at the end of the run.',
  where: 'controller',
  check: 'run',
  args: {
    data: { type: 'raw', default: {}, description: 'The figures.' },
    per_host: { type: 'raw', default: false, description: 'Whether each host has its own.' },
    aggregate: { type: 'raw', default: true, description: 'Whether numbers are added to those before, lists and dicts joined.' },
  },
  examples: [{ name: 'Count merged rows', args: { data: { merged_rows: 120 } } }],
  run: async (args) => {
    const { data } = args
    if (!isJsonObject(data)) throw new ModuleFailure("The 'data' option needs to be a dictionary/hash")
    const wrong = Object.keys(data).find((name) => !isVariableName(name))
    if (wrong !== undefined) throw new ModuleFailure(`The variable name '${wrong}' is not valid. Variables must start with a letter or underscore character, and contain only letters, numbers and underscores.`)
    const [perHost, aggregate] = [means(args.per_host), means(args.aggregate)]
    return {
      changed: false,
      effects: [{ kind: 'stats', data, perHost, aggregate }],
      fields: { ansible_stats: { data, per_host: perHost, aggregate } },
    }
  },
})

/** Words that are not known mean no here, as in Ansible. */
function means(value: Json): boolean {
  return value === true || ['yes', 'true', 'on', 'y', 't', '1', '1.0'].includes(String(value).toLowerCase())
}
