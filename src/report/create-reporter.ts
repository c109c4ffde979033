import type { Reporter } from '../run/reporter.ts'
import { createDefaultReporter } from './ansible/default-reporter.ts'
import { createDisplay, type Screen } from './ansible/display.ts'
import { bothReporters } from './both-reporters.ts'
import { shortCallbackName } from './callbacks/callback.ts'
import { enabledCallbacks } from './callbacks/index.ts'
import { createOutput, isForPeople, type ReporterOptions } from './create-output.ts'
import { createExecReporter } from './exec-reporter.ts'

/** The reporter of the screen, as it suits the stream and the settings, together with the reports that `callbacks_enabled` asks for. */
export async function createReporter(options: ReporterOptions): Promise<Reporter> {
  const { config, stream, verbosity } = options
  const isTerminal = isForPeople(stream, config) && config.find('DEFAULT_STDOUT_CALLBACK')?.origin === 'default'
  const screen = isTerminal ? await createTerminal(options) : await createScreen(shortCallbackName(config.get('DEFAULT_STDOUT_CALLBACK')), options)
  const others = await enabledCallbacks({ config, verbosity, isForPeople: isTerminal, say: (text) => { screen.report({ kind: 'displayed', text, verbosity: 0 }) } })
  return others.length === 0 ? screen : bothReporters(screen, ...others)
}

async function createScreen(name: string, options: ReporterOptions): Promise<Reporter> {
  const { config, stream, errors, verbosity } = options
  if (name === 'minimal' || name === 'oneline') return createExecReporter(options, name)
  const display = createDisplay({ config, stdout: SILENT.has(name) ? NOWHERE : stream, stderr: errors, verbosity })
  if (name !== 'json' && name !== 'jsonl') return createDefaultReporter({ config, display })
  const { createJsonReporter } = await import('./json/json-reporter.ts')
  return createJsonReporter({ config, display, form: name === 'json' ? 'document' : 'lines' })
}

/** Callbacks that write files, or nothing. */
const SILENT: ReadonlySet<string> = new Set(['null', 'junit', 'tree'])
const NOWHERE: Screen = { write: () => true }

/** A log file has what would be in a pipe. */
async function createTerminal(options: ReporterOptions): Promise<Reporter> {
  const { config, verbosity, stream } = options
  const [{ createTerminalReporter }, { createSpinner }] = await Promise.all([import('./terminal-reporter.ts'), import('./spinner.ts')])
  const terminal = createTerminalReporter(createOutput(options), await createSpinner(stream))
  if (config.get('DEFAULT_LOG_PATH') === undefined) return terminal
  return bothReporters(terminal, createDefaultReporter({ config, display: createDisplay({ config, stdout: NOWHERE, stderr: NOWHERE, verbosity }) }))
}
