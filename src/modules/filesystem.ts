import type { ArgumentsOf } from '../module/argument-spec.ts'
import { defineModule } from '../module/define-module.ts'
import { ModuleFailure, type Change } from '../module/module.ts'
import type { Remote } from '../remote/remote.ts'
import type { Effects } from '../remote/write.ts'
import { quoteAll } from '../text/shell-quote.ts'
import { deviceProbe, type Device } from './system/filesystems/device-probe.ts'
import type { FilesystemKind } from './system/filesystems/kinds.ts'
import { isOfKind, kindOf, plan, wholeMessage, type FilesystemState } from './system/filesystems/plan.ts'
import { restoreScript, signaturesProbe, wipeScript } from './system/filesystems/signatures.ts'
import { sizeProbe } from './system/filesystems/size-probe.ts'

const args = {
  dev: { type: 'path', required: true, aliases: ['device'], description: 'The device, or the file that is one.' },
  fstype: {
    type: 'str', aliases: ['type'], description: 'Kind of file system.',
    choices: ['bcachefs', 'btrfs', 'ext2', 'ext3', 'ext4', 'ext4dev', 'f2fs', 'lvm', 'ocfs2', 'reiserfs', 'xfs', 'vfat', 'swap', 'ufs'],
  },
  state: { type: 'str', default: 'present', choices: ['present', 'absent'], description: 'Whether there is to be one; `absent` takes away the bytes by which it is known.' },
  force: { type: 'bool', default: false, description: 'Make it anew, whatever is there.' },
  resizefs: { type: 'bool', default: false, description: 'Let it grow to the size of its device.' },
  opts: { type: 'str', description: 'Options of the program that makes it.' },
  uuid: { type: 'str', description: 'Its UUID; `random` (ext) and `generate` (xfs) give it another one each time. For lvm its value counts only when it is made.' },
} as const

type Wanted = ArgumentsOf<typeof args>

/** `community.general.filesystem`: file systems of devices and image files. */
export const filesystem = defineModule({
  name: 'filesystem',
  aliases: ['community.general.filesystem'],
  summary: 'Make a file system, let it grow, or take it away.',
  args,
  constraints: { requiredIf: [['state', 'present', ['fstype']]], exclusive: [['resizefs', 'uuid']] },
  examples: [
    { name: 'A file system for data', args: { dev: '/dev/sdb1', fstype: 'ext4' } },
    { name: 'It fills its device', args: { dev: '/dev/sdb1', fstype: 'ext4', resizefs: true } },
  ],
  observe: async (wanted: Wanted, remote): Promise<FilesystemState> => {
    const { dev, state } = wanted
    const device = await remote.read(deviceProbe(dev))
    if (device.kind === 'missing' && state === 'present') throw new ModuleFailure(`Device ${dev} not found.`)
    const isToGo = state === 'absent' && device.type !== ''
    return { device, extent: await extentOf(wanted, device, remote), signatures: isToGo ? await remote.read(signaturesProbe(dev)) : [] }
  },
  diff: (wanted, before) => {
    if (wanted.uuid !== undefined && wanted.state === 'present') checkUuid(kindOf(wanted))
    const planned = plan(wanted, before)
    if (planned === undefined) return undefined
    const { after, msg } = planned
    return { before, after, diff: [{ before: shown(before), after: shown(after) }], ...msg !== undefined && { fields: { msg } } }
  },
  apply: async (wanted, change, remote) => {
    const { stdout } = await remote.write({ summary: summaryOf(wanted, change), command: { script: scriptFor(wanted, change) }, effects: effectsOf(wanted, change) })
    const said = stdout.toString('utf8')
    const { step } = change.after
    return (step === 'grow' || step === 'uuid') && said !== '' ? { msg: said } : undefined
  },
  result: (wanted, { device }) => {
    const msg = device.kind === 'missing' ? `Device ${wanted.dev} not found.` : wanted.state === 'absent' ? undefined : wholeMessage(wanted, kindOf(wanted))
    return msg === undefined ? {} : { msg }
  },
  undo: (_wanted, { after: { step } }) => {
    if (step === 'make') return { impossible: 'what was on the device is overwritten' }
    if (step === 'grow') return { impossible: 'a file system that has grown is not made smaller' }
    return 'swap'
  },
})

/** How much it uses, where that is asked. */
async function extentOf(wanted: Wanted, device: Device, remote: Remote): Promise<FilesystemState['extent']> {
  const { dev, state, resizefs } = wanted
  if (state === 'absent' || !resizefs || !isOfKind(device, kindOf(wanted))) return null
  const size = sizeProbe(dev, kindOf(wanted))
  if (size !== undefined && device.kind === 'other') throw new ModuleFailure(`Target device not supported: ${dev}`)
  return size === undefined ? null : remote.read(size)
}

function checkUuid(kind: FilesystemKind): void {
  if (kind.changeUuid === undefined && kind.makeUuid === undefined) throw new ModuleFailure(`module does not support UUID option for this filesystem (${kind.types[0] ?? ''}) yet.`)
}

function shown({ device: { type, uuid }, extent }: FilesystemState): string {
  const parts = [type === '' ? 'no file system' : type, ...uuid === '' ? [] : [`UUID ${uuid}`], ...extent === null ? [] : [`${extent.bytes} bytes`]]
  return `${parts.join(', ')}\n`
}

function summaryOf({ dev }: Wanted, { before, after }: Change<FilesystemState>): string {
  const { type } = after.device
  if (after.step === 'make') return `Make ${type} on ${dev}`
  if (after.step === 'grow') return `Let ${type} on ${dev} grow`
  if (type === '') return `Wipe ${before.device.type} off ${dev}`
  return before.device.type === '' ? `Put ${type} back on ${dev}` : `Give ${type} on ${dev} another UUID`
}

function scriptFor(wanted: Wanted, { before, after }: Change<FilesystemState>): string {
  const { dev } = wanted
  if (after.step === 'make') return makeScript(wanted, kindOf(wanted))
  if (after.step === 'grow') return growScript(wanted, { kind: kindOf(wanted), mount: after.extent?.mount ?? '' })
  if (after.device.type === '') return wipeScript(dev)
  if (before.device.type === '') return restoreScript(dev, after.signatures)
  return uuidScript(wanted, { kind: kindOf(wanted), uuid: after.device.uuid })
}

function makeScript({ dev, opts = '', uuid }: Wanted, kind: FilesystemKind): string {
  const given = opts.split(/\s+/).filter((word) => word !== '')
  const making = `${quoteAll([...kind.make, ...given, ...uuid === undefined ? [] : uuidWords(uuid, given, kind), dev])} >/dev/null`
  const { makeUuid, changeUuid } = kind
  return uuid === undefined || makeUuid !== undefined || changeUuid === undefined ? making : `${making} && ${quoteAll([...changeUuid.words, uuid, dev])}`
}

/** What the task's own options say goes before. */
function uuidWords(uuid: string, given: readonly string[], { makeUuid }: FilesystemKind): readonly string[] {
  const [option] = makeUuid?.options ?? []
  return makeUuid === undefined || option === undefined || makeUuid.options.some((one) => given.includes(one)) ? [] : [option, uuid, ...makeUuid.more]
}

function growScript({ dev }: Wanted, { kind: { grow }, mount }: { readonly kind: FilesystemKind, readonly mount: string }): string {
  return quoteAll([...grow?.words ?? [], grow?.of === 'mount' ? mount : dev])
}

function uuidScript({ dev }: Wanted, { kind: { changeUuid }, uuid }: { readonly kind: FilesystemKind, readonly uuid: string }): string {
  return quoteAll([...changeUuid?.words ?? [], ...changeUuid?.takesUuid === true ? [uuid] : [], dev])
}

/** The UUID of what is made is unknown, but whether it is there is not. */
function effectsOf({ dev }: Wanted, { after }: Change<FilesystemState>): Effects {
  const device = deviceProbe(dev)
  return {
    keys: [`filesystem:${dev}:*`, 'facts:*'],
    ...after.device.kind === 'file' && { paths: [dev] },
    predictions: [{ probe: device, answer: after.device }],
  }
}
