import type { CommandLine } from './control/commands.ts'
import type { Lab } from './control/lab.ts'

/** `snapshot FILE` and `snapshot diff A B`. */
export function snapshotCommand(_lab: Lab, _line: CommandLine): number {
  throw new Error('Cannot take snapshots yet')
}
