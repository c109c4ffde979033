import type { FileStat } from '../../remote/files.ts'
import type { JsonObject } from '../../value/value.ts'

const BITS: Readonly<Record<string, number>> = {
  wusr: 0o200, rusr: 0o400, xusr: 0o100, wgrp: 0o020, rgrp: 0o040, xgrp: 0o010, woth: 0o002, roth: 0o004, xoth: 0o001, isuid: 0o4000, isgid: 0o2000,
}

const TYPES: Readonly<Record<string, FileStat['type']>> = {
  isdir: 'directory', ischr: 'character', isblk: 'block', isreg: 'file', isfifo: 'fifo', islnk: 'link', issock: 'socket',
}

/** What `stat` and `find` tell of everything: type and permission flags, ids, times. */
export function statFields(stat: FileStat): JsonObject {
  const flags = Object.entries(BITS).map(([name, bit]) => [name, (stat.mode & bit) !== 0])
  const types = Object.entries(TYPES).map(([name, type]) => [name, stat.type === type])
  return {
    mode: stat.mode.toString(8).padStart(4, '0'), ...Object.fromEntries(types) as JsonObject, uid: stat.uid, gid: stat.gid, size: stat.size, inode: stat.inode, dev: stat.device,
    nlink: stat.links, atime: stat.accessed, mtime: stat.modified, ctime: stat.changed, ...Object.fromEntries(flags) as JsonObject, pw_name: stat.owner, gr_name: stat.group,
  }
}
