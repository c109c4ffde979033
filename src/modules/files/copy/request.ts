import type { KnownStat, WantedAttributes } from '../attributes.ts'

/** What `copy` and `template` want to be on the host. */
export interface CopyRequest {
  /** As given; a slash at its end says that it is a folder. */
  readonly dest: string
  /** Name that a single file gets inside a folder; undefined for content without a name. */
  readonly name: string | undefined
  /** A single file, or a tree below `dest`. */
  readonly tree: boolean
  /** Where it came from, for the result. */
  readonly source: string | undefined
  /** Undefined where the host has the source: it is looked at when observing. */
  readonly items: readonly SourceItem[] | undefined
  readonly attributes: WantedAttributes
  readonly directoryMode: WantedAttributes['mode']
  readonly force: boolean
  readonly backup: boolean
  readonly validate: string | undefined
  readonly follow: boolean
  /** Copy what links of a source folder point to, instead of the links. */
  readonly localFollow: boolean
  /** `checksum` argument: the sha1 that the source must have. */
  readonly checksum: string | undefined
}

/** One thing to be placed; `relative` is below the destination, empty for a single file. */
export type SourceItem = SourceFile | SourceDirectory | SourceLink

export interface SourceFile {
  readonly kind: 'file'
  readonly relative: string
  readonly sha256: string
  /** Of a single source on the host, for the result. */
  readonly sha1?: string
  /** Present unless the file is on the host. */
  readonly content?: Buffer
  /** Path of a source on the host. */
  readonly from?: string
  readonly size: number
  /** Permissions of the source, for `preserve`. */
  readonly mode: number | undefined
  readonly keepsMode?: boolean
}

export interface SourceDirectory {
  readonly kind: 'directory'
  readonly relative: string
  readonly mode: number | undefined
  /** Inside a folder of the host: what is new has the permissions of its source, where none are asked for. */
  readonly keepsMode?: boolean
}

export interface SourceLink {
  readonly kind: 'link'
  readonly relative: string
  readonly target: string
}

/** What is on the host, before or after. */
export interface CopyState {
  /** The destination itself once folders and links are considered; in results. */
  readonly base: string
  readonly items: readonly SourceItem[]
  readonly entries: readonly Entry[]
  /** Why nothing can be placed. */
  readonly problem: string | undefined
}

export interface Entry {
  readonly path: string
  /** Of the path itself, links not followed; undefined when nothing is there. */
  readonly stat: KnownStat | undefined
  readonly sha256: string | undefined
  /** Content, where it is small text: shown in diffs. */
  readonly text: string | undefined
}

/** Greatest size, in bytes, of content that is shown in a diff. */
export const SHOWN_LIMIT = 1 << 20

/** The bytes of an item, where the request has them. */
export function contentOf({ items }: CopyRequest, { relative }: SourceFile): Buffer | undefined {
  const item = items?.find((one) => one.relative === relative && one.kind === 'file')
  return item?.kind === 'file' ? item.content : undefined
}
