import type { ArgumentsOf } from '../module/argument-spec.ts'
import { defineModule } from '../module/define-module.ts'
import { groupProbe, type VolumeGroup } from './system/lvm/group-probe.ts'
import { activation, planGroup } from './system/lvm/plan-group.ts'
import { LVM_EFFECTS, runStep, type Step } from './system/lvm/step.ts'

const args = {
  vg: { type: 'str', required: true, description: 'Name of the volume group.' },
  pvs: { type: 'list', elements: 'str', description: 'Devices that it is made of; they are prepared for it where needed.' },
  pesize: { type: 'str', default: '4', description: 'Size of its extents: megabytes, or with k, m, g.' },
  pv_options: { type: 'str', default: '', description: 'Further options of pvcreate.' },
  pvresize: { type: 'bool', default: false, description: 'Use devices that have grown to their end.' },
  vg_options: { type: 'str', default: '', description: 'Further options of vgcreate.' },
  state: { type: 'str', default: 'present', choices: ['absent', 'present', 'active', 'inactive'], description: 'Whether it is to be there; and its volumes active, or not.' },
  force: { type: 'bool', default: false, description: 'Remove it with the logical volumes in it.' },
  reset_vg_uuid: { type: 'bool', default: false, description: 'Give it another UUID, each time.' },
  reset_pv_uuid: { type: 'bool', default: false, description: 'Give its devices other UUIDs, each time.' },
  remove_extra_pvs: { type: 'bool', default: true, description: 'Take out devices that are not among those given.' },
} as const

type Wanted = ArgumentsOf<typeof args>

interface GroupState {
  readonly group: VolumeGroup
  /** What is done for a state that is wanted. */
  readonly steps?: readonly Step[]
}

/** `community.general.lvg`: volume groups of LVM. */
export const lvg = defineModule({
  name: 'lvg',
  aliases: ['community.general.lvg'],
  asksInEnvironment: true,
  summary: 'Keep a volume group of LVM, and what it is made of.',
  args,
  constraints: { requiredIf: [['reset_pv_uuid', true, ['pvs']]] },
  examples: [
    { name: 'A group of two disks', args: { vg: 'data', pvs: ['/dev/sdb', '/dev/sdc'] } },
    { name: 'No such group', args: { vg: 'data', state: 'absent' } },
  ],
  observe: async ({ vg, pvs = [] }: Wanted, remote): Promise<GroupState> => ({ group: await remote.read(groupProbe(vg, pvs)) }),
  diff: (wanted, before) => {
    const steps = planGroup(wanted, before.group)
    if (steps.length === 0) return undefined
    const after = { group: groupAfter(wanted, before.group), steps }
    return { before, after, diff: [{ before: shown(wanted, before.group), after: shown(wanted, after.group) + steps.map(({ words }) => `# ${words.join(' ')}\n`).join('') }] }
  },
  apply: async ({ vg }, { before, after }, remote) => {
    // Taken back is but what can be: whether its volumes are active.
    const steps = after.steps ?? [...activation(vg, after.group.active > 0, before.group)]
    for (const step of steps) await runStep(step, remote)
    return undefined
  },
  effects: () => LVM_EFFECTS,
  undo: (_wanted, { before, after: { steps = [] } }) => {
    const isActivation = steps.every(({ words }) => words.includes('--activate') || words.includes('--setautoactivation'))
    const isEven = before.group.active === 0 || before.group.inactive === 0
    return isActivation && isEven ? 'swap' : { impossible: 'what LVM writes to its devices takes the place of what was there' }
  },
})

function groupAfter({ state }: Wanted, group: VolumeGroup): VolumeGroup {
  const all = group.active + group.inactive
  if (state === 'absent') return { ...group, volumes: null, active: 0, inactive: 0 }
  const auto = group.autoactivation === null || state === 'present' ? group.autoactivation : state === 'active'
  return { ...group, volumes: group.volumes ?? 0, autoactivation: auto, ...state === 'active' && { active: all, inactive: 0 }, ...state === 'inactive' && { active: 0, inactive: all } }
}

function shown({ vg }: Wanted, { volumes, physical, active, inactive }: VolumeGroup): string {
  if (volumes === null) return ''
  const devices = physical.filter(({ group }) => group === vg).map(({ path }) => path)
  return `${vg}: ${devices.join(', ')}\n${active} active, ${inactive} inactive\n`
}
