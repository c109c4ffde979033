import { createPaint } from '../diagnostics/paint.ts'
import type { Output } from './output.ts'

export interface ReporterOptions {
  readonly stream: NodeJS.WriteStream
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly verbosity: number
  readonly diff: boolean
}

/** An output onto a stream, with colours where they are wanted. */
export function createOutput({ stream, environment, verbosity, diff }: ReporterOptions): Output {
  return {
    line: (text) => { stream.write(`${text}\n`) },
    paint: createPaint(wantsColour(stream, environment)),
    width: stream.columns ?? 79,
    verbosity,
    diff,
  }
}

/** NO_COLOR (no-color.org) and FORCE_COLOR are honoured, and ANSIBLE_FORCE_COLOR as people have it set. */
export function wantsColour(stream: NodeJS.WriteStream, environment: Readonly<Record<string, string | undefined>>): boolean {
  if (environment['NO_COLOR'] || environment['ANSIBLE_NOCOLOR']) return false
  if (environment['FORCE_COLOR'] || environment['ANSIBLE_FORCE_COLOR']) return true
  return stream.isTTY === true && environment['TERM'] !== 'dumb'
}
