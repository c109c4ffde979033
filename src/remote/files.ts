/** What `stat` tells. Times are seconds since the epoch with fractions. */
export interface FileStat {
  readonly type: FileType
  /** Permission bits with setuid, setgid and sticky: 0..0o7777. */
  readonly mode: number
  readonly owner: string
  readonly group: string
  readonly uid: number
  readonly gid: number
  readonly size: number
  readonly modified: number
  readonly accessed: number
  readonly changed: number
  readonly inode: number
  readonly device: number
  readonly links: number
  /** Where a symbolic link points, as written in it. */
  readonly target?: string
}

export type FileType = 'file' | 'directory' | 'link' | 'fifo' | 'socket' | 'block' | 'character'

/** One entry of a listing; `path` is absolute. */
export interface FileEntry extends FileStat {
  readonly path: string
}

/** Owner, group and permission bits to set; what is absent is left as it is (for a new file: the umask's). */
export interface FileAttributes {
  readonly mode?: number
  readonly owner?: string
  readonly group?: string
  /** Seconds since the epoch. */
  readonly modified?: number
  readonly accessed?: number
  /** Where a file cannot be replaced (it is mounted, its folder may not change), its content is written over, which is not atomic. */
  readonly inPlace?: boolean
}

export interface ListOptions {
  /** 1 lists the folder's own entries; absent means the whole tree. */
  readonly depth?: number
}
