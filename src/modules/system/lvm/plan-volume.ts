import { ModuleFailure } from '../../../module/module.ts'
import { splitWords } from '../../../text/split-words.ts'
import type { Step } from './step.ts'
import { floatText, inUnit, parseVolumeSize, type VolumeSize } from './volume-size.ts'
import type { LogicalVolume, Volumes } from './volumes-probe.ts'

export interface WantedVolume {
  readonly vg: string
  readonly lv: string | undefined
  readonly size: string | undefined
  readonly opts: string | undefined
  readonly state: 'absent' | 'present'
  readonly force: boolean
  readonly shrink: boolean
  readonly active: boolean
  readonly snapshot: string | undefined
  readonly pvs: readonly string[] | undefined
  readonly resizefs: boolean
  readonly thinpool: string | undefined
}

type Group = NonNullable<Volumes['group']>

/** Commands that make a volume what it is to be. Throws `ModuleFailure` where something stands against it. */
export function planVolume(wanted: WantedVolume, before: Volumes): readonly Step[] {
  const { group } = before
  if (group === null) {
    if (wanted.state === 'absent') return []
    throw new ModuleFailure(`Volume group ${wanted.vg} does not exist.`, { rc: before.rc, err: before.err })
  }
  const size = wanted.size === undefined || wanted.size === '' ? undefined : parseVolumeSize(wanted.size, wanted.snapshot !== undefined)
  checkOrigin(wanted, before)
  const found = foundVolume(wanted, before)
  if (wanted.state === 'absent') return found === undefined ? [] : [removal(wanted, found)]
  if (found === undefined) return creation(wanted, size, before)
  const steps = size === undefined ? [] : resizing({ wanted, found, group, before }, size)
  return found.active === wanted.active ? steps : [...steps, activation(wanted, found.name, wanted.active)]
}

/** The volume in question: a snapshot, a thin pool, or one of another kind. */
export function foundVolume({ lv, snapshot, thinpool }: WantedVolume, { volumes }: Volumes): LogicalVolume | undefined {
  const name = snapshot ?? lv ?? thinpool ?? ''
  return volumes.find((one) => one.name === name || one.name === name.split('/').at(-1))
}

/** Lets a volume be active, or not. */
export function activation({ vg, lv }: WantedVolume, name: string, isActive: boolean): Step {
  return { words: ['lvchange', isActive ? '-ay' : '-an', `${vg}/${name}`], failure: `Failed to ${isActive ? '' : 'de'}activate logical volume ${lv ?? name}` }
}

export function removalStep({ vg, lv }: WantedVolume, name: string): Step {
  return { words: ['lvremove', '--force', `${vg}/${name}`], failure: `Failed to remove logical volume ${lv ?? name}` }
}

function removal(wanted: WantedVolume, { name }: LogicalVolume): Step {
  if (!wanted.force) throw new ModuleFailure(`Sorry, no removal of logical volume ${name} without force=true.`)
  return removalStep(wanted, name)
}

function checkOrigin({ vg, lv = '', snapshot, thinpool }: WantedVolume, { volumes }: Volumes): void {
  if (snapshot !== undefined) {
    const origin = volumes.find(({ name }) => name === lv || name === thinpool)
    if (origin === undefined) throw new ModuleFailure(`Snapshot origin LV ${lv} does not exist in volume group ${vg}.`)
    if (origin.kind === 'thinpool' || thinpool !== undefined) throw new ModuleFailure('Snapshots of thin pool LVs are not supported.')
  } else if (thinpool !== undefined && lv !== '' && !volumes.some(({ name }) => name === thinpool)) {
    throw new ModuleFailure(`Thin pool LV ${thinpool} does not exist in volume group ${vg}.`)
  }
}

function creation(wanted: WantedVolume, size: VolumeSize | undefined, before: Volumes): readonly Step[] {
  checkSize(wanted, size, before)
  const name = wanted.snapshot ?? wanted.lv ?? wanted.thinpool ?? ''
  const made = { words: ['lvcreate', '--yes', ...creationWords(wanted, size)], failure: `Creating logical volume '${wanted.lv ?? name}' failed` }
  return wanted.active ? [made] : [made, activation(wanted, name, false)]
}

function checkSize(wanted: WantedVolume, size: VolumeSize | undefined, { volumes }: Volumes): void {
  if (size === undefined) {
    const isOfThin = wanted.snapshot !== undefined && volumes.some(({ name, kind }) => name === wanted.lv && kind === 'thin')
    if (!isOfThin) throw new ModuleFailure('No size given.')
    return
  }
  if (size.operator === '-') throw new ModuleFailure(`Bad size specification of '${wanted.size ?? ''}' for creating LV`)
  if (isThin(wanted) && size.percent !== undefined) throw new ModuleFailure('Thin volume sizing with percentage not supported.')
}

function isThin({ snapshot, thinpool, lv }: WantedVolume): boolean {
  return snapshot === undefined && thinpool !== undefined && lv !== undefined
}

function creationWords(wanted: WantedVolume, size: VolumeSize | undefined): readonly string[] {
  const { vg, lv = '', snapshot, thinpool, pvs = [] } = wanted
  const sized = size === undefined ? [] : [size.percent === undefined ? '-L' : '-l', size.text]
  const options = optionWords(wanted)
  if (snapshot !== undefined) return [...sized, '-s', '-n', snapshot, ...options, `${vg}/${lv}`]
  if (thinpool === undefined) return ['-n', lv, ...sized, ...options, vg, ...pvs]
  return isThin(wanted) ? ['-n', lv, '-V', size?.text ?? '', ...options, '-T', `${vg}/${thinpool}`] : [...sized, ...options, '-T', `${vg}/${thinpool}`, ...pvs]
}

function optionWords({ opts = '' }: WantedVolume): readonly string[] {
  return splitWords(opts) ?? [opts]
}

interface Resizing {
  readonly wanted: WantedVolume
  readonly found: LogicalVolume
  readonly group: Group
  readonly before: Volumes
}

function resizing(given: Resizing, size: VolumeSize): readonly Step[] {
  const { found, group } = given
  const target = targetBytes(given, size)
  // By how much it is to grow or shrink has no end.
  const isAsked = size.operator !== '' && size.percent === undefined
  if (!isAsked && roundedUp(target, group) === found.bytes) return []
  if (target > found.bytes) return [extension(given, size, target)]
  // What a percentage asks for may be off by an extent.
  const isTooLarge = found.bytes > target + (size.percent === undefined ? 0 : group.extentBytes)
  return isTooLarge && (given.wanted.shrink || isAsked) ? [reduction(given, size, target)] : []
}

function reduction(given: Resizing, size: VolumeSize, target: number): Step {
  const { found: { name }, wanted: { force } } = given
  const isPart = size.percent !== undefined
  if (isPart ? target < 1024 ** 2 : size.bytes === 0) throw new ModuleFailure(`Sorry, no shrinking of ${name} to 0 permitted.`)
  if (!force) throw new ModuleFailure(`Sorry, no shrinking of ${name} without force=true${isPart ? '' : '.'}`)
  return resizeStep(given, size, ['lvreduce', '--force'])
}

function targetBytes({ found, group, wanted, before }: Resizing, { percent, bytes, operator }: VolumeSize): number {
  if (percent === undefined) return operator === '' ? bytes : operator === '+' ? found.bytes + bytes : found.bytes - bytes
  const origin = before.volumes.find(({ name }) => name === wanted.lv)?.bytes ?? 0
  const whole = { VG: group.bytes, PVS: group.bytes, FREE: group.free, ORIGIN: origin }[percent.of]
  const part = percent.number * whole / 100
  const target = operator === '' ? part : operator === '+' ? found.bytes + part : found.bytes - part
  return target - target % group.extentBytes
}

/** Whole extents, as LVM makes them. */
function roundedUp(bytes: number, { extentBytes }: Group): number {
  return Math.ceil(bytes / extentBytes) * extentBytes
}

function extension(given: Resizing, size: VolumeSize, target: number): Step {
  const { found, group: { free } } = given
  if (size.percent !== undefined && (free <= 0 || free < target - found.bytes)) {
    const [needed, available] = [target - found.bytes, free].map((bytes) => floatText(inUnit(bytes, size.unit)))
    throw new ModuleFailure(`Logical Volume ${found.name} could not be extended. Not enough free space left (${needed ?? ''}${size.unit} required / ${available ?? ''}${size.unit} available)`)
  }
  return resizeStep(given, size, ['lvextend'])
}

function resizeStep({ wanted: { vg, lv, resizefs, pvs = [] }, found }: Resizing, size: VolumeSize, tool: readonly string[]): Step {
  const words = [...tool, ...resizefs ? ['--resizefs'] : [], size.percent === undefined ? '-L' : '-l', size.operator + size.text, `${vg}/${found.name}`, ...pvs]
  return { words, failure: `Unable to resize ${lv ?? found.name} to ${size.text}` }
}
