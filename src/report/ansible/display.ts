import type { Config } from '../../config/config.ts'
import { wantsColour } from '../create-output.ts'
import { painter, type Tone } from './colours.ts'
import { openLog, type LogLevel } from './log-file.ts'
import { wrapText } from './wrap-text.ts'

export interface LineOptions {
  readonly tone?: Tone
  readonly stderr?: boolean
  /** Shown from this many -v on; the log file may want more or less. */
  readonly verbosity?: number
  readonly only?: 'screen' | 'log'
  readonly level?: LogLevel
}

/** Ansible's display: lines for the screen, and the same without colours for the log file. */
export interface Display {
  readonly verbosity: number
  line(text: string, options?: LineOptions): void
  banner(title: string): void
  /** Told once, on standard error; with its `[WARNING]`, or another such word, where it has one. */
  warning(text: string): void
  /** Coloured where colours are wanted. */
  paint(text: string, tone: Tone): string
}

/** What is needed of a stream. */
export type Screen = Partial<Pick<NodeJS.WriteStream, 'isTTY' | 'columns'>> & { write(text: string): unknown }

export interface DisplayOptions {
  readonly config: Config
  readonly stdout: Screen
  readonly stderr: Screen
  readonly verbosity: number
}

export function createDisplay({ config, stdout, stderr, verbosity }: DisplayOptions): Display {
  const paint = painter(config)
  const columns = Math.max(79, (stdout.columns ?? 0) - 1)
  const log = openLog(config)
  const logVerbosity = config.get('LOG_VERBOSITY') ?? verbosity
  const warned = new Set<string>()
  const streamOf = ({ stderr: isError = false, verbosity: from = 0 }: LineOptions): Screen => isError || (from > 0 && config.get('VERBOSE_TO_STDERR')) ? stderr : stdout
  const show = (text: string, options: LineOptions): void => {
    const stream = streamOf(options)
    stream.write(`${options.tone !== undefined && wantsColour(stream, config) ? paint(text, options.tone) : text}\n`)
  }
  const line = (text: string, options: LineOptions = {}): void => {
    const { verbosity: from = 0, only, level = 'INFO' } = options
    if (only !== 'log' && verbosity >= from) show(text, options)
    if (only !== 'screen' && logVerbosity >= from) log(text, level)
  }
  return {
    verbosity,
    line,
    banner: (title) => { line(`\n${title.trim()} ${'*'.repeat(Math.max(3, columns - columnsOf(title.trim())))}`) },
    warning(text) {
      if (warned.has(text)) return
      warned.add(text)
      line(wrapText(text.startsWith('[') && text.includes('WARNING]: ') ? text : `[WARNING]: ${text}`, columns), { tone: text.startsWith('[DEPRECATION') ? 'deprecate' : 'warn', stderr: true, level: 'WARNING' })
    },
    paint: (text, tone) => wantsColour(stdout, config) ? paint(text, tone) : text,
  }
}

/** Wide characters of East Asian scripts and emoji take two columns. */
function columnsOf(text: string): number {
  return [...text].reduce((sum, character) => sum + (/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u.test(character) ? 2 : /\p{M}/u.test(character) ? 0 : 1), 0)
}
