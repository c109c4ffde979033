import type { Config } from '../config/config.ts'
import { createPaint } from '../diagnostics/paint.ts'
import type { Output } from './output.ts'

export interface ReporterOptions {
  readonly stream: NodeJS.WriteStream
  /** For warnings. */
  readonly errors: NodeJS.WriteStream
  readonly config: Config
  readonly verbosity: number
  readonly diff: boolean
}

/** An output onto a stream, with colours where they are wanted. */
export function createOutput({ stream, config, verbosity, diff }: ReporterOptions): Output {
  return {
    line: (text) => { stream.write(`${text}\n`) },
    paint: createPaint(wantsColour(stream, config)),
    width: stream.columns ?? 79,
    verbosity,
    diff,
    diffContext: config.get('DIFF_CONTEXT'),
    largestDiff: config.get('MAX_FILE_SIZE_FOR_DIFF'),
  }
}

/** A terminal where colours are turned off is mostly a program that reads along, such as expect: it gets plain lines, as a pipe does. */
export function isForPeople(stream: { readonly isTTY?: boolean }, config: Config): boolean {
  return stream.isTTY === true && wantsColour(stream, config) && !config.environment['CI']
}

/** Colours are for terminals, unless somebody says otherwise: forced ones win, as with Ansible. */
export function wantsColour(stream: { readonly isTTY?: boolean }, config: Config): boolean {
  if (config.get('ANSIBLE_FORCE_COLOR')) return true
  return !config.get('ANSIBLE_NOCOLOR') && stream.isTTY === true && config.environment['TERM'] !== 'dumb'
}
