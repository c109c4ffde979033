import type { JsonObject } from '../../value/value.ts'
import type { RawFacts } from './raw-facts.ts'

/** `mounts`: file systems on devices and of other hosts, with their sizes. */
export function mountFacts(raw: RawFacts): JsonObject {
  const sizes = new Map(raw.part('mounts').trim().split('\n').map((line) => {
    const [fragment = 0, block = 0, total = 0, available = 0, inodes = 0, inodesFree = 0] = line.split(' ', 6).map(Number)
    const path = line.split(' ').slice(6).join(' ')
    return [path, {
      size_total: fragment * total, size_available: fragment * available, block_size: block, block_total: total, block_available: available, block_used: total - available,
      inode_total: inodes, inode_available: inodesFree, inode_used: inodes - inodesFree,
    }] as const
  }))
  const uuids = uuidsByDevice(raw)
  const mounts = (raw.file('/proc/self/mounts') ?? '').split('\n').map((line) => line.split(' ').map(unescapeOctal))
  return {
    mounts: mounts.filter(([device = '', , type]) => (device.startsWith('/') || device.includes(':/')) && type !== 'none').map(([device = '', mount = '', fstype = '', options = '']) => ({
      device, mount, fstype, options, ...sizes.get(mount), uuid: uuids.get(device) ?? 'N/A',
    })),
  }
}

function unescapeOctal(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)))
}

function uuidsByDevice(raw: RawFacts): ReadonlyMap<string, string> {
  return new Map([...raw.part('uuids').matchAll(/ (\S+) -> \.\.\/\.\.\/(\S+)$/gm)].map(([, uuid = '', device = '']) => [`/dev/${device}`, uuid]))
}

/** `devices`: block devices and their partitions. */
export function deviceFacts(raw: RawFacts): JsonObject {
  const names = raw.files(/^\/sys\/block\/([^/]+)\/size$/).map(([match]) => match[1] ?? '')
  return { devices: Object.fromEntries(names.map((name) => [name, device(raw, name)])) }
}

function device(raw: RawFacts, name: string): JsonObject {
  const read = (path: string) => raw.file(`/sys/block/${name}/${path}`)
  const sectorSize = read('queue/logical_block_size') ?? '512'
  const sectors = read('size') ?? '0'
  const uuids = uuidsByDevice(raw)
  const partitions = raw.files(new RegExp(`^/sys/block/${escapeRegExp(name)}/([^/]+)/start$`)).map(([match, start]) => {
    const part = match[1] ?? ''
    const size = read(`${part}/size`) ?? '0'
    return [part, { start, sectors: size, sectorsize: Number(sectorSize), size: readableSize(Number(size) * 512), uuid: uuids.get(`/dev/${part}`) ?? null }] as const
  })
  return {
    model: read('device/model') ?? null, vendor: read('device/vendor') ?? null, removable: read('removable') ?? '0', rotational: read('queue/rotational') ?? '0',
    sectors, sectorsize: sectorSize, size: readableSize(Number(sectors) * 512), partitions: Object.fromEntries(partitions),
  }
}

function readableSize(bytes: number): string {
  const units = ['Bytes', 'KB', 'MB', 'GB', 'TB', 'PB']
  const power = bytes === 0 ? 0 : Math.min(units.length - 1, Math.floor(Math.log(bytes) / Math.log(1024)))
  return `${(bytes / 1024 ** power).toFixed(2)} ${units[power] ?? ''}`
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
