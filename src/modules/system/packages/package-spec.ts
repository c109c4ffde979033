import { matchesGlob } from '../glob-match.ts'
import { compareDebianVersions } from './debian-version.ts'
import type { DpkgState } from './dpkg-probe.ts'

/** `NAME`, `NAME:ARCHITECTURE`, `NAME=VERSION`, where the version may be a glob pattern, `NAME>=VERSION`. */
export interface PackageSpec {
  /** As apt-get takes it. */
  readonly text: string
  readonly name: string
  readonly version: string | undefined
  /** The oldest version that will do. */
  readonly atLeast: string | undefined
}

export function parsePackageSpec(text: string): PackageSpec {
  const [, name = text, comparison, version] = /^([^=>\s]+)\s*(>?=)\s*(\S+)$/.exec(text.trim()) ?? []
  if (comparison === '>=') return { text: name, name, version: undefined, atLeast: version }
  return { text: text.trim().replace(/\s*=\s*/, '='), name: name.trim(), version, atLeast: undefined }
}

/** Whether what is installed is what the spec asks for. */
export function isSatisfied({ version, atLeast }: PackageSpec, state: DpkgState): boolean {
  if (atLeast !== undefined) return state.status === 'installed' && isRecent(state.version, atLeast)
  if (version === undefined) return state.status === 'installed' || state.providedBy !== undefined
  return state.status === 'installed' && state.version !== undefined && matchesGlob(state.version, version)
}

/** Whether a version, if there is one, is no older than another. */
export function isRecent(version: string | null | undefined, atLeast: string): boolean {
  return typeof version === 'string' && compareDebianVersions(version, atLeast) >= 0
}
