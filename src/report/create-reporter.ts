import type { Reporter } from '../run/reporter.ts'
import { createOutput, type ReporterOptions } from './create-output.ts'
import { createPlainReporter } from './plain-reporter.ts'

/** The console reporter that suits a stream: compact with a spinner on a terminal, plain lines elsewhere. */
export async function createReporter(options: ReporterOptions): Promise<Reporter> {
  const output = createOutput(options)
  if (!isTerminal(options)) return createPlainReporter(output)
  const [{ createTerminalReporter }, { createSpinner }] = await Promise.all([import('./terminal-reporter.ts'), import('./spinner.ts')])
  return createTerminalReporter(output, await createSpinner(options.stream))
}

function isTerminal({ stream, config }: ReporterOptions): boolean {
  return stream.isTTY === true && config.environment['TERM'] !== 'dumb' && !config.environment['CI']
}
