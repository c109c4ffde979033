import type { Reporter } from '../run/reporter.ts'
import { shortName } from './ansible/callback-settings.ts'
import { createDefaultReporter } from './ansible/default-reporter.ts'
import { createDisplay } from './ansible/display.ts'
import { createOutput, isForPeople, type ReporterOptions } from './create-output.ts'
import { createExecReporter } from './exec-reporter.ts'

/** The console reporter that suits a stream: compact with a spinner on a terminal, Ansible's lines elsewhere and for those who name a callback. */
export async function createReporter(options: ReporterOptions): Promise<Reporter> {
  const { config, stream, errors, verbosity } = options
  if (isForPeople(stream, config) && config.find('DEFAULT_STDOUT_CALLBACK')?.origin === 'default') return createTerminal(options)
  const name = shortName(config)
  if (name === 'minimal' || name === 'oneline') return createExecReporter(options, name)
  return createDefaultReporter({ config, display: createDisplay({ config, stdout: stream, stderr: errors, verbosity }) })
}

async function createTerminal(options: ReporterOptions): Promise<Reporter> {
  const [{ createTerminalReporter }, { createSpinner }] = await Promise.all([import('./terminal-reporter.ts'), import('./spinner.ts')])
  return createTerminalReporter(createOutput(options), await createSpinner(options.stream))
}
