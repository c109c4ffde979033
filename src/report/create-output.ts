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
  }
}

/** Colours are for terminals, unless somebody says otherwise: forced ones win, as with Ansible. */
export function wantsColour(stream: { readonly isTTY?: boolean }, config: Config): boolean {
  if (config.get('ANSIBLE_FORCE_COLOR')) return true
  return !config.get('ANSIBLE_NOCOLOR') && stream.isTTY === true && config.environment['TERM'] !== 'dumb'
}
