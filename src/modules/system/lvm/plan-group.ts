import { ModuleFailure } from '../../../module/module.ts'
import type { PhysicalVolume, VolumeGroup } from './group-probe.ts'
import type { Step } from './step.ts'

export interface WantedGroup {
  readonly vg: string
  readonly pvs: readonly string[] | undefined
  readonly pesize: string
  readonly pv_options: string
  readonly vg_options: string
  readonly pvresize: boolean
  readonly state: 'absent' | 'present' | 'active' | 'inactive'
  readonly force: boolean
  readonly reset_vg_uuid: boolean
  readonly reset_pv_uuid: boolean
  readonly remove_extra_pvs: boolean
}

/** Commands that make a group what it is to be. Throws `ModuleFailure` where something stands against it. */
export function planGroup(wanted: WantedGroup, before: VolumeGroup): readonly Step[] {
  if (wanted.state === 'absent') return before.volumes === null ? [] : [removal(wanted, before.volumes)]
  const devices = checkedDevices(wanted, before)
  if (before.volumes === null) return creation(wanted, devices, before)
  return [
    ...wanted.state === 'present' ? [] : activation(wanted.vg, wanted.state === 'active', before),
    ...wanted.reset_vg_uuid ? [{ words: ['vgchange', '-u', wanted.vg], failure: `Failed to change the UUID of volume group ${wanted.vg}` }] : [],
    ...devices.length === 0 ? [] : resizing(wanted, devices, before),
  ]
}

/** Commands that let a group's volumes be active or not, now and by themselves. */
export function activation(vg: string, isActive: boolean, { active, inactive, autoactivation }: VolumeGroup): readonly Step[] {
  const differs = isActive ? inactive > 0 : active > 0
  const flag = isActive ? 'y' : 'n'
  const failure = `Failed to ${isActive ? '' : 'de'}activate volume group ${vg}`
  return [
    ...autoactivation === !isActive ? [{ words: ['vgchange', '--setautoactivation', flag, vg], failure }] : [],
    ...differs ? [{ words: ['vgchange', '--activate', flag, vg], failure }] : [],
  ]
}

function removal({ vg, force }: WantedGroup, volumes: number): Step {
  if (volumes > 0 && !force) throw new ModuleFailure(`Refuse to remove non-empty volume group ${vg} without force=true`)
  return { words: ['vgremove', '--force', vg], failure: `Failed to remove volume group ${vg}` }
}

function checkedDevices({ vg, pvs = [] }: WantedGroup, before: VolumeGroup): readonly string[] {
  if (pvs.length === 0 && before.volumes === null) throw new ModuleFailure('No physical volumes given.')
  const devices = before.devices.map((path, index) => {
    if (path === null) throw new ModuleFailure(`Device ${pvs[index] ?? ''} not found.`)
    return path
  })
  const used = before.physical.find(({ path, group }) => devices.includes(path) && group !== '' && group !== vg)
  if (used !== undefined) throw new ModuleFailure(`Device ${used.path} is already in ${used.group} volume group.`)
  return devices
}

function creation(wanted: WantedGroup, devices: readonly string[], { autoactivation }: VolumeGroup): readonly Step[] {
  const options = split(wanted.vg_options)
  const tells = autoactivation !== null && wanted.state !== 'present' && !options.includes('--setautoactivation')
  const automatic = tells ? ['--setautoactivation', wanted.state === 'active' ? 'y' : 'n'] : []
  return [
    ...devices.map((device) => preparation(wanted, device)),
    { words: ['vgcreate', ...options, ...automatic, '-s', wanted.pesize, wanted.vg, ...devices], failure: `Creating volume group '${wanted.vg}' failed` },
  ]
}

function preparation({ pv_options: options }: WantedGroup, device: string): Step {
  return { words: ['pvcreate', ...split(options), '-f', device], failure: `Creating physical volume '${device}' failed` }
}

function resizing(wanted: WantedGroup, devices: readonly string[], { physical }: VolumeGroup): readonly Step[] {
  const { vg } = wanted
  const own = physical.filter(({ group }) => group === vg)
  const added = devices.filter((device) => !own.some(({ path }) => path === device))
  const extra = wanted.remove_extra_pvs ? own.map(({ path }) => path).filter((path) => !devices.includes(path)) : []
  return [
    ...own.flatMap((volume) => [
      ...wanted.pvresize && hasGrown(volume) ? [{ words: ['pvresize', volume.path], failure: 'Failed executing pvresize command.' }] : [],
      ...wanted.reset_pv_uuid ? [{ words: ['pvchange', '-u', volume.path], failure: `PV (${volume.path}) UUID change failed` }] : [],
    ]),
    ...added.map((device) => preparation(wanted, device)),
    ...added.length === 0 ? [] : [{ words: ['vgextend', vg, ...added], failure: `Unable to extend ${vg} by ${added.join(' ')}.` }],
    ...extra.length === 0 ? [] : [{ words: ['vgreduce', '--force', vg, ...extra], failure: `Unable to reduce ${vg} by ${extra.join(' ')}.` }],
  ]
}

/** By more than an extent. */
function hasGrown({ deviceBytes, start, bytes, extentBytes }: PhysicalVolume): boolean {
  return deviceBytes - (start + bytes) > extentBytes
}

function split(options: string): readonly string[] {
  return options.split(/\s+/).filter((word) => word !== '')
}
