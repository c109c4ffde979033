import type { JsonObject } from '../../../value/value.ts'

/** For `stat -f -c`: what `parseMountSizes` reads. */
export const SIZE_FORMAT = '%S %s %b %a %c %d %n'

/** Sizes by mount point, as Python's statvfs has them. */
export function parseMountSizes(output: string): ReadonlyMap<string, JsonObject> {
  return new Map(output.trim().split('\n').map((line) => {
    const [fragment = 0, block = 0, total = 0, available = 0, inodes = 0, inodesFree = 0] = line.split(' ', 6).map(Number)
    const path = line.split(' ').slice(6).join(' ')
    return [path, {
      size_total: fragment * total, size_available: fragment * available, block_size: block, block_total: total, block_available: available, block_used: total - available,
      inode_total: inodes, inode_available: inodesFree, inode_used: inodes - inodesFree,
    }] as const
  }))
}
