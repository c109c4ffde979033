import { matchesGlob } from '../glob-match.ts'
import type { DpkgState } from './dpkg-probe.ts'

/** `NAME`, `NAME:ARCHITECTURE`, `NAME=VERSION`, where the version may be a glob pattern. */
export interface PackageSpec {
  readonly text: string
  readonly name: string
  readonly version: string | undefined
}

export function parsePackageSpec(text: string): PackageSpec {
  const [, name = text, version] = /^([^=\s]+)\s*=\s*(\S+)$/.exec(text.trim()) ?? []
  return { text: text.trim().replace(/\s*=\s*/, '='), name: name.trim(), version }
}

/** Whether what is installed is what the spec asks for. */
export function isSatisfied({ version }: PackageSpec, state: DpkgState): boolean {
  if (version === undefined) return state.status === 'installed' || state.providedBy !== undefined
  return state.status === 'installed' && state.version !== undefined && matchesGlob(state.version, version)
}
