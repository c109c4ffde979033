import { defineAction } from '../module/define-module.ts'

/** `ansible.builtin.group_by`: puts each host in a group that its variables name. */
export const groupBy = defineAction({
  name: 'group_by',
  summary: 'Put the host in a group for the rest of the run.',
  where: 'controller',
  check: 'run',
  args: {
    key: { type: 'str', required: true, description: 'Name of the group; spaces become dashes.' },
    parents: { type: 'list', elements: 'str', default: ['all'], description: 'Groups that the group belongs to.' },
  },
  examples: [{ name: 'Group by what it runs', args: { key: 'os_Debian', parents: ['os'] } }],
  run: async ({ key, parents }) => {
    const group = dashed(key)
    return {
      changed: false,
      effects: [{ kind: 'add-to-groups', groups: [group], parents: parents.map(dashed) }],
      fields: { add_group: group, parent_groups: parents.map(dashed) },
    }
  },
})

function dashed(name: string): string {
  return name.replaceAll(' ', '-')
}
