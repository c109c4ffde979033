import { resolve } from 'node:path'
import { positionAt } from '../../diagnostics/position.ts'
import type { TaskAddress } from '../../run/run-event.ts'
import type { Display } from './display.ts'

/** Where a task stands: the file and the line. */
export function showPath({ range }: TaskAddress, display: Display): void {
  if (range) display.line(`task path: ${resolve(range.file.path)}:${positionAt(range.file, range.start).line}`, { tone: 'debug' })
}
