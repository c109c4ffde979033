/** State of a whole lab: what a run may change, without what changes by itself. */
export interface LabState {
  readonly hosts: Readonly<Record<string, HostState>>
}

export interface HostState {
  /** Absent from a host that is dead, as everything else but the files. */
  readonly hostname?: string
  /** Files that differ from the seed: path -> kind, mode, owner and checksum or target. */
  readonly files: Readonly<Record<string, string>>
  /** `port/database` -> table -> rows as JSON, sorted. */
  readonly databases: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>
  /** Command line of a service -> when its processes started, in clock ticks since the machine's boot. */
  readonly services: Readonly<Record<string, readonly number[]>>
  readonly cacheKeys: readonly string[]
}

export type Section = keyof HostState
export const sections: readonly Section[] = ['hostname', 'files', 'databases', 'services', 'cacheKeys']
