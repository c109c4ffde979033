/** A kind of file system: its programs, and how they are called. */
export interface FilesystemKind {
  /** As messages call it. */
  readonly label: string
  /** What blkid calls it. */
  readonly types: readonly string[]
  readonly make: readonly string[]
  /** Options of the program that makes it with which a UUID may be given, the one to use first; and what else it takes then. */
  readonly makeUuid?: { readonly options: readonly string[], readonly more: readonly string[] }
  readonly size?: SizeQuery
  readonly grow?: Growth
  /** The program that gives it another UUID; without an argument it thinks one up. */
  readonly changeUuid?: { readonly words: readonly string[], readonly takesUuid: boolean }
}

interface SizeQuery {
  /** Asked of the device, or of where it is mounted; the latter where `of` says so. */
  readonly words: readonly string[]
  readonly of: 'device' | 'mount' | 'mount-or-device'
  /** Its bytes; undefined where the program said something else. */
  readonly parse: (output: string) => number | undefined
}

interface Growth {
  readonly words: readonly string[]
  readonly of: 'device' | 'mount'
  /** Bytes at the end of a device that it cannot use. */
  readonly slack?: number
}

const EXT: Omit<FilesystemKind, 'label' | 'types' | 'make'> = {
  makeUuid: { options: ['-U'], more: [] },
  size: { words: ['tune2fs', '-l'], of: 'device', parse: (output) => product(numberAfter(output, /^Block count:\s*(\d+)/m), numberAfter(output, /^Block size:\s*(\d+)/m)) },
  grow: { words: ['resize2fs'], of: 'device' },
  changeUuid: { words: ['tune2fs', '-U'], takesUuid: true },
}

const BCACHEFS_UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB']

/** By the name that a task gives. */
export const FILESYSTEM_KINDS = {
  bcachefs: {
    label: 'Bcachefs', types: ['bcachefs'], make: ['mkfs.bcachefs', '--force'], makeUuid: { options: ['-U', '--uuid'], more: [] },
    size: { words: ['bcachefs', 'show-super'], of: 'device', parse: bcachefsSize }, grow: { words: ['bcachefs', 'device', 'resize'], of: 'device' },
  },
  btrfs: {
    label: 'Btrfs', types: ['btrfs'], make: ['mkfs.btrfs', '-f'],
    size: { words: ['btrfs', 'filesystem', 'usage', '-b'], of: 'mount', parse: (output) => numberAfter(output, /Device size:\s*(\d+)/) },
    grow: { words: ['btrfs', 'filesystem', 'resize', 'max'], of: 'mount' },
  },
  ext2: { label: 'Ext2', types: ['ext2'], make: ['mkfs.ext2', '-F'], ...EXT },
  ext3: { label: 'Ext3', types: ['ext3'], make: ['mkfs.ext3', '-F'], ...EXT },
  ext4: { label: 'Ext4', types: ['ext4', 'ext4dev'], make: ['mkfs.ext4', '-F'], ...EXT },
  ext4dev: { label: 'Ext4', types: ['ext4', 'ext4dev'], make: ['mkfs.ext4', '-F'], ...EXT },
  f2fs: {
    label: 'F2fs', types: ['f2fs'], make: ['mkfs.f2fs', '-f'],
    size: { words: ['dump.f2fs'], of: 'device', parse: (output) => product(numberAfter(output, /Info: sector size = (\d+)/), numberAfter(output, /Info: total FS sectors = (\d+)/)) },
    grow: { words: ['resize.f2fs'], of: 'device' },
  },
  lvm: {
    label: 'LVM', types: ['LVM2_member'], make: ['pvcreate', '-f'], makeUuid: { options: ['-u', '--uuid'], more: ['--norestorefile'] },
    size: { words: ['pvs', '--noheadings', '-o', 'pv_size', '--units', 'b', '--nosuffix'], of: 'device', parse: (output) => numberAfter(output, /^\s*(\d+)\s*$/) },
    grow: { words: ['pvresize'], of: 'device' }, changeUuid: { words: ['pvchange', '-u'], takesUuid: false },
  },
  ocfs2: { label: 'Ocfs2', types: ['ocfs2'], make: ['mkfs.ocfs2', '-Fx'] },
  reiserfs: { label: 'Reiserfs', types: ['reiserfs'], make: ['mkfs.reiserfs', '-q'] },
  swap: { label: 'Swap', types: ['swap'], make: ['mkswap', '-f'] },
  ufs: {
    label: 'UFS', types: ['ufs'], make: ['newfs'],
    size: { words: ['dumpfs'], of: 'device', parse: (output) => product(numberAfter(output, /^fsize\s+(\d+)/m), numberAfter(output, /providersize.*?(\d+)\s*$/m)) },
    grow: { words: ['growfs', '-y'], of: 'device' },
  },
  vfat: {
    label: 'VFAT', types: ['vfat'], make: ['mkfs.vfat'],
    size: { words: ['fatresize', '--info'], of: 'device', parse: (output) => numberAfter(output, /^\s*(?:Cur size|Size)\s*:\s*(\d+)\s*$/m) },
    grow: { words: ['fatresize', '-s', 'max'], of: 'device' },
  },
  xfs: {
    label: 'XFS', types: ['xfs'], make: ['mkfs.xfs', '-f'],
    size: { words: ['xfs_info'], of: 'mount-or-device', parse: (output) => product(numberAfter(output, /^data\s*=\s*bsize=(\d+)/m), numberAfter(output, /^data\s.*blocks=(\d+)/m)) },
    // It adds nothing below 64 blocks.
    grow: { words: ['xfs_growfs'], of: 'mount', slack: 64 * 4096 - 1 }, changeUuid: { words: ['xfs_admin', '-U'], takesUuid: true },
  },
} as const satisfies Readonly<Record<string, FilesystemKind>>

export type FilesystemName = keyof typeof FILESYSTEM_KINDS

function numberAfter(text: string, pattern: RegExp): number | undefined {
  const [, digits] = pattern.exec(text) ?? []
  return digits === undefined ? undefined : Number(digits)
}

function product(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined || other === undefined ? undefined : one * other
}

function bcachefsSize(output: string): number | undefined {
  const [, number, unit = ''] = /Size:\s+([\d.]+)\s*(\w+)/.exec(output) ?? []
  const power = BCACHEFS_UNITS.indexOf(unit)
  return number === undefined || power < 0 ? undefined : Math.floor(Number(number) * 1024 ** power)
}
