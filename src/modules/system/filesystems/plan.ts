import { ModuleFailure } from '../../../module/module.ts'
import type { Device } from './device-probe.ts'
import { FILESYSTEM_KINDS, type FilesystemKind, type FilesystemName } from './kinds.ts'
import type { Signature } from './signatures.ts'
import type { Extent } from './size-probe.ts'

export interface WantedFilesystem {
  readonly dev: string
  readonly fstype: FilesystemName | undefined
  readonly state: 'present' | 'absent'
  readonly opts: string | undefined
  readonly force: boolean
  readonly resizefs: boolean
  readonly uuid: string | undefined
}

export interface FilesystemState {
  readonly device: Device
  /** Asked where it is to grow. */
  readonly extent: Extent | null
  /** Asked where it is to go. */
  readonly signatures: readonly Signature[]
  /** How a state comes about that is wanted. */
  readonly step?: 'make' | 'grow' | 'uuid' | 'wipe'
}

export interface Planned {
  readonly after: FilesystemState
  readonly msg?: string
}

/** What is to be done to a device, if anything. Throws `ModuleFailure` where something stands against it. */
export function plan(wanted: WantedFilesystem, before: FilesystemState): Planned | undefined {
  if (before.device.kind === 'missing') return undefined
  if (wanted.state === 'absent') return before.device.type === '' ? undefined : { after: { ...before, device: { ...before.device, type: '', uuid: '' }, signatures: [], step: 'wipe' } }
  const kind = kindOf(wanted)
  if (!isOfKind(before.device, kind)) return made(wanted, kind, before)
  if (wanted.resizefs) return grown(wanted, kind, before)
  if (wanted.uuid !== undefined && kind.changeUuid !== undefined) return withUuid(wanted.uuid, kind, before)
  return wanted.force ? made(wanted, kind, before) : undefined
}

export function kindOf({ fstype }: Pick<WantedFilesystem, 'fstype'>): FilesystemKind {
  if (fstype === undefined) throw new ModuleFailure('state is present but all of the following are missing: fstype')
  return FILESYSTEM_KINDS[fstype]
}

export function isOfKind({ type }: Device, { types }: FilesystemKind): boolean {
  return types.includes(type)
}

/** What the one in question has to say where it uses the whole of its device. */
export function wholeMessage({ dev, resizefs }: WantedFilesystem, kind: FilesystemKind): string | undefined {
  return resizefs ? `${kind.label} filesystem is using the whole device ${dev}` : undefined
}

function made({ dev, force, uuid }: WantedFilesystem, kind: FilesystemKind, before: FilesystemState): Planned {
  const { device } = before
  if (device.type !== '' && !force) throw new ModuleFailure(`'${dev}' is already used as ${device.type}, use force=true to overwrite`, { rc: device.rc, err: device.err })
  return { after: { ...before, device: { ...device, type: kind.types[0] ?? '', uuid: uuid ?? 'new' }, extent: null, step: 'make' } }
}

function grown({ dev }: WantedFilesystem, kind: FilesystemKind, before: FilesystemState): Planned | undefined {
  if (kind.grow === undefined || before.extent === null) throw new ModuleFailure(`module does not support resizing ${kind.types[0] ?? ''} filesystem yet.`)
  if (before.extent.bytes + (kind.grow.slack ?? 0) >= before.device.bytes) return undefined
  if (kind.grow.of === 'mount' && before.extent.mount === '') throw new ModuleFailure(`${dev} needs to be mounted for ${kind.label} operations`)
  return { after: { ...before, extent: { ...before.extent, bytes: before.device.bytes }, step: 'grow' }, msg: `resizing filesystem ${kind.label} on device ${dev}` }
}

/** `random`, `generate` and the like ask for another one each time. */
function withUuid(uuid: string, kind: FilesystemKind, before: FilesystemState): Planned | undefined {
  if (kind.changeUuid?.takesUuid === true && uuid.toLowerCase() === before.device.uuid.toLowerCase()) return undefined
  return { after: { ...before, device: { ...before.device, uuid: kind.changeUuid?.takesUuid === true ? uuid : 'new' }, step: 'uuid' } }
}
