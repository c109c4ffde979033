import type { ArgumentsOf } from '../module/argument-spec.ts'
import { defineModule } from '../module/define-module.ts'
import { activation, foundVolume, planVolume, removalStep } from './system/lvm/plan-volume.ts'
import { LVM_EFFECTS, runStep, type Step } from './system/lvm/step.ts'
import { inUnit, parseVolumeSize } from './system/lvm/volume-size.ts'
import { volumesProbe, type Volumes } from './system/lvm/volumes-probe.ts'

const args = {
  vg: { type: 'str', required: true, description: 'The volume group.' },
  lv: { type: 'str', description: 'Name of the logical volume; of a snapshot, its origin.' },
  size: { type: 'str', description: 'Its size: megabytes, or with a unit (`10g`), or a part (`50%FREE`, `80%VG`); by how much it grows or shrinks with `+` or `-`.' },
  opts: { type: 'str', description: 'Further options of lvcreate.' },
  state: { type: 'str', default: 'present', choices: ['absent', 'present'], description: 'Whether it is to be there.' },
  force: { type: 'bool', default: false, description: 'Let it be removed or get smaller, with what is in it.' },
  shrink: { type: 'bool', default: true, description: 'Whether one that is larger gets smaller.' },
  active: { type: 'bool', default: true, description: 'Whether it is to be active.' },
  snapshot: { type: 'str', description: 'Name of a snapshot of it.' },
  pvs: { type: 'list', elements: 'str', description: 'Devices that it is to use.' },
  resizefs: { type: 'bool', default: false, description: 'Resize the file system in it too.' },
  thinpool: { type: 'str', description: 'The thin pool that it is in; without `lv`, the pool itself.' },
} as const

type Wanted = ArgumentsOf<typeof args>

interface VolumeState {
  readonly volumes: Volumes
  /** What is done for a state that is wanted. */
  readonly steps?: readonly Step[]
}

/** `community.general.lvol`: logical volumes of LVM. */
export const lvol = defineModule({
  name: 'lvol',
  aliases: ['community.general.lvol'],
  asksInEnvironment: true,
  summary: 'Keep a logical volume of LVM, its size, and whether it is active.',
  args,
  constraints: { oneOf: [['lv', 'thinpool']] },
  examples: [
    { name: 'A volume of ten gigabytes', args: { vg: 'data', lv: 'postgresql', size: '10g' } },
    { name: 'It takes all that is left', args: { vg: 'data', lv: 'postgresql', size: '+100%FREE', resizefs: true } },
  ],
  observe: async ({ vg }: Wanted, remote): Promise<VolumeState> => ({ volumes: await remote.read(volumesProbe(vg)) }),
  diff: (wanted, before) => {
    const steps = planVolume(wanted, before.volumes)
    if (steps.length === 0) return undefined
    const text = shown(wanted, before.volumes)
    const isNew = foundVolume(wanted, before.volumes) === undefined
    return {
      before, after: { volumes: before.volumes, steps }, diff: [{ before: text, after: text + steps.map(({ words }) => `# ${words.join(' ')}\n`).join('') }],
      fields: isNew ? { msg: '' } : fieldsOf(wanted, before.volumes),
    }
  },
  apply: async (wanted, { before, after }, remote) => {
    for (const step of after.steps ?? reversed(wanted, before)) await runStep(step, remote)
    return undefined
  },
  effects: () => LVM_EFFECTS,
  result: (wanted, { volumes }) => volumes.group === null ? { stdout: `Volume group ${wanted.vg} does not exist.` } : fieldsOf(wanted, volumes),
  undo: (wanted, { before: { volumes }, after: { steps = [] } }) => {
    if (foundVolume(wanted, volumes) === undefined || steps.every(({ words: [program] }) => program === 'lvchange')) return 'swap'
    return { impossible: wanted.state === 'absent' ? 'what was in the volume is gone' : 'a file system in it may depend on the new size' }
  },
})

/** Takes back what was made, or made active or not. */
function reversed(wanted: Wanted, made: VolumeState): readonly Step[] {
  const found = foundVolume(wanted, made.volumes)
  return [found === undefined ? removalStep(wanted, wanted.snapshot ?? wanted.lv ?? wanted.thinpool ?? '') : activation(wanted, found.name, found.active)]
}

function fieldsOf(wanted: Wanted, volumes: Volumes) {
  const found = foundVolume(wanted, volumes)
  if (found === undefined || wanted.state === 'absent') return wanted.state === 'absent' && found !== undefined ? {} : { msg: '' }
  const unit = wanted.size === undefined || wanted.size === '' ? 'm' : parseVolumeSize(wanted.size, wanted.snapshot !== undefined).unit
  return { vg: wanted.vg, lv: found.name, size: inUnit(found.bytes, unit) }
}

function shown(wanted: Wanted, volumes: Volumes): string {
  const found = foundVolume(wanted, volumes)
  return found === undefined ? '' : `${wanted.vg}/${found.name}: ${inUnit(found.bytes, 'm')}m, ${found.active ? 'active' : 'inactive'}\n`
}
