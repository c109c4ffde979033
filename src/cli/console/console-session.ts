import { userInfo } from 'node:os'
import { DiagnosticError } from '../../diagnostics/diagnostic-error.ts'
import { createPaint, type Paint } from '../../diagnostics/paint.ts'
import { renderDiagnostics } from '../../diagnostics/render.ts'
import { createModuleRegistry } from '../../module/registry.ts'
import { MODULES } from '../../modules/index.ts'
import { createExecReporter } from '../../report/exec-reporter.ts'
import { wantsColour } from '../../report/create-output.ts'
import type { ConsoleFlags } from '../commands/console.ts'
import { checkAndRun } from '../compose/check-and-run.ts'
import { composeRun } from '../compose/compose-run.ts'
import { readPasswords } from '../compose/connection-options.ts'
import { loadSources, type Sources } from '../compose/load-sources.ts'
import { openConfig } from '../compose/open-config.ts'
import { failOnErrors } from '../compose/problems.ts'
import { verbosityOf } from '../compose/verbosity.ts'
import { docCommand } from '../doc-command.ts'
import { execPlay } from '../exec-play.ts'
import { CONSOLE_SETTINGS, settingFlags } from './console-settings.ts'

/** Reads the inventory, once, for a console. */
export async function openConsole(pattern: string, flags: ConsoleFlags): Promise<ConsoleSession> {
  const config = openConfig(flags)
  const sources = await loadSources(flags, { config, modules: createModuleRegistry(MODULES), passwords: await readPasswords(config) })
  failOnErrors(sources.problems)
  return new ConsoleSession(sources, pattern, flags)
}

type Command = (rest: string) => unknown

/** What a console remembers from line to line: the hosts it is at, and how it runs things there. */
export class ConsoleSession {
  readonly #sources: Sources
  readonly #commands: Readonly<Partial<Record<string, Command>>>
  #pattern: string
  #flags: ConsoleFlags

  constructor(sources: Sources, pattern: string, flags: ConsoleFlags) {
    this.#sources = sources
    this.#pattern = pattern
    this.#flags = flags
    this.#commands = {
      cd: (rest) => { this.#moveTo(rest) },
      list: (rest) => { say(rest === 'groups' ? [...sources.inventory.groups.keys()] : this.#hosts()) },
      help: (rest) => { if (rest === '') say(this.#help()); else return docCommand(rest.split(/\s+/)) },
      '?': () => { say(this.#help()) },
      ...Object.fromEntries(CONSOLE_SETTINGS.map(({ name }) => [name, (rest: string) => { this.#set(name, rest) }])),
    }
  }

  /** `user@hosts (number)[f:forks]$ `, with # for who becomes another user. */
  prompt(): string {
    const config = openConfig(this.#flags)
    const user = config.get('connection.ssh.remote_user') ?? userInfo().username
    return `${user}@${this.#pattern} (${this.#hosts().length})[f:${config.get('DEFAULT_FORKS')}]${config.get('DEFAULT_BECOME') ? '#' : '$'} `
  }

  /** False when the console is to end. Mistakes are told, and that is all. */
  async obey(line: string): Promise<boolean> {
    const [, word = '', rest = ''] = /^(\S+)\s*(.*)$/s.exec(line) ?? []
    if (['exit', 'quit', 'EOF'].includes(word)) return false
    try {
      await this.#do(word, rest, line)
    } catch (error) {
      tell(error, this.#sources)
    }
    return true
  }

  async #do(word: string, rest: string, line: string): Promise<void> {
    const command = this.#commands[word]
    if (command) await command(rest)
    else if (word !== '' && !word.startsWith('#')) await this.#run(word, rest, line)
  }

  /** What may come next on a line. */
  candidates(line: string): readonly string[] {
    const { inventory, modules } = this.#sources
    if (/^cd\s/.test(line)) return [...inventory.groups.keys(), ...inventory.hosts.keys()]
    const [, module] = /^(\S+)\s/.exec(line) ?? []
    const found = module === undefined ? undefined : modules.find(module)
    if (found) return Object.keys(found.args).map((name) => `${name}=`)
    return module === undefined ? [...Object.keys(this.#commands), 'exit', ...modules.names()] : []
  }

  /** A module with its arguments, or a shell command; `!` before it makes a module's name a command. */
  async #run(word: string, rest: string, line: string): Promise<void> {
    const config = openConfig(this.#flags)
    const play = this.#sources.modules.find(word) === undefined
      ? execPlay({ pattern: this.#pattern, shell: line.replace(/^!\s*/, '') }, this.#flags, config)
      : execPlay({ pattern: this.#pattern, shell: undefined }, { ...this.#flags, moduleName: word, args: rest }, config)
    const sources = { ...this.#sources, config }
    const { value: playbook, diagnostics } = await sources.loader.source({ path: '<console>', text: JSON.stringify([play]) }, config.get('PLAYBOOK_DIR') ?? process.cwd())
    failOnErrors(diagnostics)
    const reporter = createExecReporter({ stream: process.stdout, errors: process.stderr, config, verbosity: verbosityOf(this.#flags, config), diff: config.get('DIFF_ALWAYS') }, 'minimal')
    await checkAndRun({ request: await composeRun(this.#flags, { sources, playbooks: [playbook], reporter }), reporter, problems: [] })
  }

  #moveTo(pattern: string): void {
    const wanted = ['', '/', '*'].includes(pattern) ? 'all' : pattern
    if (this.#sources.inventory.select(wanted).length === 0) say([`no host matched ${wanted}`])
    else this.#pattern = wanted
  }

  #hosts(): readonly string[] {
    const { limit } = this.#flags
    return this.#sources.inventory.select(this.#pattern, limit === undefined ? {} : { limit })
  }

  #set(name: string, text: string): void {
    const flags = settingFlags(name, text, this.#flags)
    if (typeof flags === 'string') say([flags])
    else this.#flags = flags
  }

  #help(): readonly string[] {
    return [
      'cd PATTERN           go to these hosts; cd alone: to all',
      'list [groups]        the hosts one is at; groups',
      ...CONSOLE_SETTINGS.map(({ name, value, description }) => `${`${name} ${value}`.padEnd(21)}${description}`),
      'help [MODULE]        this; or the arguments of a module',
      'MODULE ARGS          run a module: service name=nginx state=restarted',
      'COMMAND              any other line, and what comes after a !, is a shell command',
      'exit                 end',
    ]
  }
}

function say(lines: readonly string[]): void {
  process.stdout.write(lines.map((line) => `${line}\n`).join(''))
}

function tell(error: unknown, { config }: Sources): void {
  process.stderr.write(`${errorText(error, createPaint(wantsColour(process.stderr, config)))}\n`)
}

function errorText(error: unknown, paint: Paint): string {
  if (error instanceof DiagnosticError) return renderDiagnostics(error.diagnostics, paint)
  return error instanceof Error ? error.message : String(error)
}
