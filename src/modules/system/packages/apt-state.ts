import type { AptCacheAge } from './apt-cache-age.ts'
import type { AptOptions } from './apt-command.ts'
import type { AptPlan } from './apt-plan.ts'
import type { Tries } from './package-lists.ts'

/** What a task wants of packages. */
export interface WantedPackages {
  readonly name: readonly string[]
  readonly state: 'present' | 'absent' | 'latest' | 'fixed' | 'build-dep'
  readonly deb: string | undefined
  /** Remove packages from apt's cache that no archive has any more, where nothing else is asked for. */
  readonly autoclean: boolean
  /** Empty apt's cache first. */
  readonly clean: boolean
  readonly tries: Tries
  readonly upgrade: 'yes' | 'safe' | 'full' | 'dist' | undefined
  /** Whether package lists may have to be fetched. */
  readonly updates: boolean
  /** Seconds for which package lists are fresh enough. */
  readonly cacheValidTime: number
  readonly options: AptOptions
  /** Paths and keys that setting up the packages changes, where the user told. */
  readonly affects: readonly string[] | undefined
}

/** What is there, and what apt would do about it. */
export interface AptState {
  /** Versions of the packages asked for; null is not installed. */
  readonly installed: Readonly<Record<string, string | null>>
  /** Package lists are older than wanted. */
  readonly stale: boolean
  readonly age: AptCacheAge
  /** Words of the apt-get command that is needed. */
  readonly words: readonly string[] | null
  /** Null: nothing is needed, or nobody can tell yet. */
  readonly plan: AptPlan | null
  /** Packages asked for by name that count as installed for others only: apt might take them away again. */
  readonly automatic: readonly string[]
  /** The cache is to be emptied, and is not empty. */
  readonly cleans: boolean
  /** Package lists were fetched for this. */
  readonly refreshed: boolean
}
