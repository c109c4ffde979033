import type { Remote } from '../../../src/remote/remote.ts'
import type { HostSession } from '../../../src/remote/session.ts'

/** A remote on this machine that is being tested, and a new folder for the test. */
export interface TestedHost {
  readonly session: HostSession
  readonly remote: Remote
  readonly folder: string
  /** Its tools tell times in whole seconds. */
  readonly coarseTimes: boolean
  /** A program that it has besides sh, and what "$BASH_VERSION" begins with there. */
  readonly otherShell: readonly [path: string, version: string]
  /** A path in the folder. */
  here(...parts: readonly string[]): string
}

export const ODD_NAMES = ['with space', "it's", 'quo"te', '-dash', 'new\nline', 'ünïcödé', '$(id)', '`id`', 'back\\slash', 'tab\there', '*', 'semi;colon', ' lead', 'tail ', '%s%n', '!bang', '~', 'a -> b', "' -> '"]

export const EVERY_BYTE = Buffer.from(Array.from({ length: 256 * 40 }, (_, index) => (index * 31 + (index >> 8)) % 256))
