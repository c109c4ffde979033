import { defineAction } from '../module/define-module.ts'
import { ModuleFailure } from '../module/module.ts'

/** `ansible.builtin.set_stats`: figures shown at the end of the run. */
export const setStats = defineAction({
  name: 'set_stats',
  summary: 'Set figures that are shown at the end of the run.',
  where: 'controller',
  check: 'run',
  args: {
    data: { type: 'dict', required: true, description: 'The figures.' },
    per_host: { type: 'bool', default: false, description: 'Whether each host has its own.' },
    aggregate: { type: 'bool', default: true, description: 'Whether numbers are added to those before, lists and dicts joined.' },
  },
  examples: [{ name: 'Count merged rows', args: { data: { merged_rows: 120 } } }],
  run: async ({ data, per_host: perHost, aggregate }) => {
    const wrong = Object.keys(data).find((name) => !/^[A-Za-z_]\w*$/.test(name))
    if (wrong !== undefined) throw new ModuleFailure(`The variable name '${wrong}' is not valid`)
    return {
      changed: false,
      effects: [{ kind: 'stats', data, perHost, aggregate }],
      fields: { ansible_stats: { data, per_host: perHost, aggregate } },
    }
  },
})
