import type { FileStat, FileType } from '../files.ts'

/** Fields that `stat` prints of a file, parted by tabs; the name comes behind them. Times have fractions with GNU only. */
export const GNU_FORMAT = '%f\\t%u\\t%g\\t%U\\t%G\\t%s\\t%.9X\\t%.9Y\\t%.9Z\\t%i\\t%d\\t%h\\t'
export const BUSYBOX_FORMAT = '%f\t%u\t%g\t%U\t%G\t%s\t%X\t%Y\t%Z\t%i\t%d\t%h\t'
/** The same fields by `find -printf`, where a letter and an octal number stand for the mode. */
export const FIND_FORMAT = '=%y%m\\t%U\\t%G\\t%u\\t%g\\t%s\\t%A@\\t%T@\\t%C@\\t%i\\t%D\\t%n\\t'

const FIELDS = 12

const TYPE_BITS: Readonly<Record<number, FileType>> = {
  0o14: 'socket', 0o12: 'link', 0o10: 'file', 0o6: 'block', 0o4: 'directory', 0o2: 'character', 0o1: 'fifo',
}

const TYPE_LETTERS: Readonly<Record<string, FileType>> = {
  s: 'socket', l: 'link', f: 'file', b: 'block', d: 'directory', c: 'character', p: 'fifo',
}

/** Reads the fields of a record; the result's `rest` is what follows them. */
export function parseRecord(record: string): { readonly stat: FileStat, readonly rest: string } {
  const fields: string[] = []
  let at = 0
  for (let index = 0; index < FIELDS; index++) {
    const end = record.indexOf('\t', at)
    fields.push(record.slice(at, end))
    at = end + 1
  }
  const [mode = '', uid = '', gid = '', owner = '', group = '', size, accessed, modified, changed, inode, device, links] = fields
  return {
    stat: {
      ...parseMode(mode), uid: Number(uid), gid: Number(gid), owner: named(owner, uid), group: named(group, gid), size: Number(size),
      accessed: Number(accessed), modified: Number(modified), changed: Number(changed), inode: Number(inode), device: Number(device), links: Number(links),
    },
    rest: record.slice(at),
  }
}

/** Only links have a target. */
export function withTarget(stat: FileStat, target: string): FileStat {
  return stat.type === 'link' ? { ...stat, target } : stat
}

/** `stat` has a word for numbers without a name; `find` shows the number. */
function named(name: string, id: string): string {
  return name === 'UNKNOWN' ? id : name
}

function parseMode(text: string): { readonly type: FileType, readonly mode: number } {
  if (text.startsWith('=')) return { type: TYPE_LETTERS[text[1] ?? ''] ?? 'file', mode: Number.parseInt(text.slice(2), 8) }
  const bits = Number.parseInt(text, 16)
  return { type: TYPE_BITS[bits >> 12] ?? 'file', mode: bits & 0o7777 }
}
