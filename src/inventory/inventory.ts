import type { Diagnostic } from '../diagnostics/types.ts'
import type { Value } from '../value/value.ts'

/** Hosts, groups and what they know, from all sources, in the order they were first named. Names are unique. */
export interface Inventory {
  readonly hosts: ReadonlyMap<string, Host>
  /** Always holds `all` and `ungrouped`. */
  readonly groups: ReadonlyMap<string, Group>
  /** Hosts that a pattern (`a:b:&c:!d`, `~re`, `g[0:2]`, globs), or all patterns of a list, selects, in inventory order. `limit` narrows it. Throws DiagnosticError for a bad pattern. */
  select(pattern: string | readonly string[], options?: SelectOptions): readonly string[]
  /** Groups a host is in (parents included), sorted as variables merge: depth, then priority, then name. */
  groupsOf(host: string): readonly Group[]
  /** `groups` magic variable's content: hosts of every group, children included. */
  hostsOf(group: string): readonly string[]
  /** Groups directly below a group; those without another parent are below `all`. */
  childrenOf(group: string): readonly string[]
  addHost(name: string, groups: readonly string[], variables: ReadonlyMap<string, Value>): boolean
  addToGroup(host: string, group: string, parents: readonly string[]): boolean
}

export interface SelectOptions {
  /** A pattern, or `@file` with one pattern a line. */
  readonly limit?: string
  /** Told of parts that match nothing, unless those are to be an error or nothing at all. */
  readonly warn?: (diagnostic: Diagnostic) => void
  readonly mismatch?: 'warning' | 'error' | 'ignore'
}

export interface Host {
  readonly name: string
  /** The file, script or list that named it first; undefined when none did. */
  readonly source: string | undefined
  /** Where that is; null for what is nowhere, such as a list. */
  readonly sourceFolder: string | null
  /** Made up because it was asked for: the control host. */
  readonly implicit: boolean
  readonly variables: ReadonlyMap<string, Value>
}

export interface Group {
  readonly name: string
  readonly variables: ReadonlyMap<string, Value>
  readonly children: ReadonlySet<string>
  readonly hosts: ReadonlySet<string>
  /** Longest distance from `all`. */
  readonly depth: number
  /** `ansible_group_priority`, 1 unless set. */
  readonly priority: number
}
