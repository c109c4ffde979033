import { defineModule } from '../module/define-module.ts'
import { ModuleFailure, type Change } from '../module/module.ts'
import { deleteKeys, listKeys } from './memcached/client.ts'

interface Wanted {
  readonly pattern: RegExp
  readonly port: number
}

interface State {
  readonly keys: readonly string[]
}

/** `memcached_keys`: no key of a running memcached matches; the others stay. tsplay's own. */
export const memcachedKeys = defineModule({
  name: 'memcached_keys',
  summary: 'Delete the keys of a running memcached that match a pattern, without flushing the rest.',
  args: {
    pattern: { type: 'str', required: true, aliases: ['name'], description: 'Regular expression that is looked for in each key.' },
    port: { type: 'int', default: 11211, description: 'TCP port on the host itself.' },
    state: { type: 'str', choices: ['absent'], default: 'absent', description: 'Only `absent`: what a cache holds cannot be put back.' },
  },
  examples: [{ name: 'Forget the zones of users', args: { pattern: 'Pitrix\\.Zone\\.Zone\\.UserZone\\.' } }],
  prepare: async ({ pattern, port }): Promise<Wanted> => ({ pattern: compile(pattern), port }),
  observe: async ({ pattern, port }, remote): Promise<State> => ({ keys: (await listKeys(remote, port)).filter((key) => pattern.test(key)).sort() }),
  diff: (_, before): Change<State> | undefined => {
    return before.keys.length === 0 ? undefined : { before, after: { keys: [] }, diff: [{ before: before.keys.map((key) => `${key}\n`).join(''), after: '' }] }
  },
  apply: async ({ port }, { before }, remote) => {
    await deleteKeys(remote, port, before.keys)
    return { deleted: before.keys }
  },
  // Nobody else is told of the keys.
  effects: () => ({}),
  undo: { impossible: 'The values were only in memory' },
})

function compile(pattern: string): RegExp {
  try {
    return new RegExp(pattern)
  } catch (error) {
    throw new ModuleFailure(`Cannot use the pattern '${pattern}': ${error instanceof Error ? error.message : ''}`)
  }
}
