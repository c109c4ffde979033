import { defineAction } from '../module/define-module.ts'
import { ModuleFailure } from '../module/module.ts'
import type { Json, JsonObject } from '../value/value.ts'
import { splitHostPort } from './system/host-port.ts'

/** `ansible.builtin.add_host`: a host for the rest of the run. */
export const addHost = defineAction({
  name: 'add_host',
  summary: 'Add a host to the inventory of this run.',
  where: 'controller',
  check: 'run',
  acceptsAnyArgument: true,
  freeForm: '_raw_params',
  args: {
    name: { type: 'str', aliases: ['hostname', 'host'], description: 'Name, with a port after a colon if need be.' },
    _raw_params: { type: 'str', description: 'No text is taken: a name is needed.' },
    groups: { type: 'raw', aliases: ['group', 'groupname'], description: 'Groups to put it in: a list, or names with commas between. Every other argument is a variable of the host.' },
  },
  examples: [{ name: 'The machine that was just made', args: { name: '172.16.80.120', groups: ['new'], ansible_user: 'deploy' } }],
  run: async ({ name, groups, _raw_params: free, ...rest }) => {
    if (free !== undefined) throw new ModuleFailure(`Cannot add a host from the text '${free}': name=... is needed`)
    if (name === undefined || name === '') throw new ModuleFailure('A name is needed for the host')
    const { host, port } = splitHostPort(name)
    const names = groupNames(groups)
    const variables: JsonObject = { ...rest as JsonObject, ...port === undefined ? {} : { ansible_ssh_port: port } }
    return {
      changed: true,
      effects: [{ kind: 'add-host', name: host, groups: names, variables }],
      fields: { add_host: { host_name: host, groups: names, host_vars: variables } },
    }
  },
})

function groupNames(groups: Json | undefined): readonly string[] {
  if (groups === undefined || groups === null) return []
  const names = Array.isArray(groups) ? groups.map(String) : String(groups).split(',')
  return names.map((name) => name.trim()).filter((name) => name !== '')
}
