import { resolve } from 'node:path'
import { positionAt } from '../../diagnostics/position.ts'
import type { SourceRange } from '../../diagnostics/types.ts'
import type { Display } from './display.ts'

/** Prints where a task stands. */
export function showPath(task: Ranged, display: Display): void {
  const path = taskPath(task)
  if (path !== undefined) display.line(`task path: ${path}`, { tone: 'debug' })
}

/** Where a task or play stands: the file and the line. */
export function taskPath({ range }: Ranged): string | undefined {
  return range && `${resolve(range.file.path)}:${positionAt(range.file, range.start).line}`
}

interface Ranged {
  readonly range: SourceRange | undefined
}
