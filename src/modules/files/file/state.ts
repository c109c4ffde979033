import type { Json } from '../../../value/value.ts'
import type { KnownStat } from '../attributes.ts'

export const FILE_STATES = ['absent', 'directory', 'file', 'hard', 'link', 'touch'] as const

/** Arguments of `file`. */
export interface FileWanted {
  readonly path: string
  readonly state: typeof FILE_STATES[number] | undefined
  readonly src: string | undefined
  readonly recurse: boolean
  readonly force: boolean
  readonly follow: boolean
  readonly modification_time: string | undefined
  readonly modification_time_format: string
  readonly access_time: string | undefined
  readonly access_time_format: string
  /** Only tell whether the content looks binary; Ansible's own action plugins ask so. */
  readonly _diff_peek: boolean | undefined
  readonly mode: Json | undefined
  readonly owner: string | undefined
  readonly group: string | undefined
}

/** What is at a path, before or after. */
export interface FileState {
  /** What is worked on: links followed where that was asked for. */
  readonly path: string
  readonly stat: KnownStat | undefined
  /** With `recurse`, everything below. */
  readonly below: readonly Below[]
  /** What `src` names. */
  readonly source: { readonly path: string, readonly stat: KnownStat | undefined } | undefined
  /** Where a link at the path leads, for attributes that go through it. */
  readonly target: { readonly path: string, readonly stat: KnownStat } | undefined
  /** Whether a folder at the path holds something; only known where a link shall replace it. */
  /** What is in a folder that is to go. */
  readonly content?: { readonly directories: readonly string[], readonly files: readonly string[] }
  readonly isEmpty: boolean
  readonly times: Times
  /** Whether times that are `now` were set. */
  readonly touched: boolean
  /** Whether the content looks binary, where only that was asked. */
  readonly isBinary: boolean | undefined
  /** Seconds that the host's clock is ahead of ours; 0 where it does not matter. */
  readonly clock: number
}

export interface Below {
  readonly path: string
  readonly stat: KnownStat
}

/** Times to set; absent ones are left alone. */
export interface Times {
  readonly modified?: number | 'now'
  readonly accessed?: number | 'now'
}
