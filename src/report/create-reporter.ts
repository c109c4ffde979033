import { createPaint } from '../diagnostics/paint.ts'
import type { Reporter } from '../run/reporter.ts'
import type { Output } from './output.ts'
import { createPlainReporter } from './plain-reporter.ts'

export interface ReporterOptions {
  readonly stream: NodeJS.WriteStream
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly verbosity: number
  readonly diff: boolean
}

/** The console reporter that suits a stream: compact with a spinner on a terminal, plain lines elsewhere. */
export async function createReporter(options: ReporterOptions): Promise<Reporter> {
  const output = createOutput(options)
  if (!isTerminal(options)) return createPlainReporter(output)
  const [{ createTerminalReporter }, { createSpinner }] = await Promise.all([import('./terminal-reporter.ts'), import('./spinner.ts')])
  return createTerminalReporter(output, await createSpinner(options.stream))
}

/** NO_COLOR (no-color.org) and FORCE_COLOR are honoured, and ANSIBLE_FORCE_COLOR as people have it set. */
export function wantsColour(stream: NodeJS.WriteStream, environment: Readonly<Record<string, string | undefined>>): boolean {
  if (environment['NO_COLOR'] || environment['ANSIBLE_NOCOLOR']) return false
  if (environment['FORCE_COLOR'] || environment['ANSIBLE_FORCE_COLOR']) return true
  return stream.isTTY === true && environment['TERM'] !== 'dumb'
}

function isTerminal({ stream, environment }: ReporterOptions): boolean {
  return stream.isTTY === true && environment['TERM'] !== 'dumb' && !environment['CI']
}

function createOutput({ stream, environment, verbosity, diff }: ReporterOptions): Output {
  return {
    line: (text) => { stream.write(`${text}\n`) },
    paint: createPaint(wantsColour(stream, environment)),
    width: stream.columns ?? 79,
    verbosity,
    diff,
  }
}
