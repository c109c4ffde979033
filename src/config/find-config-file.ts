import { accessSync, constants, existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Diagnostic } from '../diagnostics/types.ts'
import { expandPath, type Place } from './expand-path.ts'

export interface FoundConfigFile {
  readonly path: string | undefined
  readonly warnings: readonly Diagnostic[]
}

/**
 * The first that can be read of: $ANSIBLE_CONFIG (a file, or a folder with one), ./ansible.cfg unless anyone may write to this folder,
 * ~/.ansible.cfg, /etc/ansible/ansible.cfg.
 */
export function findConfigFile(place: Place): FoundConfigFile {
  const named = namedFile(place)
  const isPublic = anyoneMayWrite(place.folder)
  const here = join(place.folder, 'ansible.cfg')
  const candidates = [named, isPublic ? undefined : here, expandPath('~/.ansible.cfg', place), '/etc/ansible/ansible.cfg']
  const path = candidates.find((candidate) => candidate !== undefined && isReadable(candidate))
  const isIgnored = isPublic && existsSync(here) && (named === undefined || path !== named)
  return { path, warnings: isIgnored ? [ignoredFile(place.folder)] : [] }
}

function namedFile(place: Place): string | undefined {
  const given = place.environment['ANSIBLE_CONFIG']
  if (given === undefined) return undefined
  const path = expandPath(given, place)
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ? join(path, 'ansible.cfg') : path
}

function anyoneMayWrite(folder: string): boolean {
  return ((statSync(folder, { throwIfNoEntry: false })?.mode ?? 0) & constants.S_IWOTH) !== 0
}

function isReadable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}

function ignoredFile(folder: string): Diagnostic {
  return {
    code: 'world-writable-folder', severity: 'warning',
    summary: `Ansible is being run in a world writable directory (${folder}), ignoring it as an ansible.cfg source`,
    hint: 'Name it in ANSIBLE_CONFIG if it is yours, or take the right to write away from others: chmod o-w .',
  }
}
