import { readFile } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { connect } from '../../connection/index.ts'
import type { ConnectionTarget } from '../../connection/connection.ts'
import type { RunOptions, RunRequest } from '../../engine/run-request.ts'
import { noJournal, openFileJournal } from '../../journal/file-journal.ts'
import { newRunId } from '../../journal/run-id.ts'
import type { PromptQuestion } from '../../module/controller.ts'
import type { Playbook } from '../../playbook/ast.ts'
import { openSession } from '../../remote/open-session.ts'
import { isCallbackEnabled } from '../../report/callbacks/index.ts'
import type { Reporter } from '../../run/reporter.ts'
import type { RunFlags } from '../flags.ts'
import { askAtTerminal } from '../prompt.ts'
import { becomeDefaults, connectionDefaults } from './connection-options.ts'
import type { Sources } from './load-sources.ts'
import { sealedJournal } from './sealed-journal.ts'
import { verbosityOf } from './verbosity.ts'

/** What differs between `run` and `exec`. */
export interface RunParts {
  readonly sources: Sources
  readonly playbooks: readonly Playbook[]
  readonly reporter: Reporter
  readonly options?: Partial<RunOptions>
}

/** Puts a run together from the command line's flags and what was loaded. */
export async function composeRun(flags: RunFlags, parts: RunParts): Promise<RunRequest> {
  const id = newRunId(new Date())
  const abort = abortedByInterrupt()
  const { sources } = parts
  return {
    id,
    playbooks: parts.playbooks,
    inventory: sources.inventory,
    refreshInventory: sources.refreshInventory,
    loader: sources.loader,
    variables: sources.variables,
    templar: sources.templar,
    modules: sources.modules,
    openSession: (host, target) => {
      const tell = (text: string): void => { parts.reporter.report({ kind: 'displayed', text: `<${host}> ${text}`, verbosity: 3 }) }
      tellConnection(target, tell)
      return openSession(target, connect, (command) => { tell(`EXEC ${command}`) })
    },
    localSession: openSession(localTarget(sources.config.get('connection.ssh.timeout')), connect),
    journal: flags.journal === false ? noJournal : sealedJournal(await openFileJournal(flags.journal, id), sources),
    emit: (event) => { parts.reporter.report(event) },
    isInteractive: process.stdin.isTTY === true,
    prompt: (question) => askQuietly(parts.reporter, question),
    readFile: async (path, { decrypt = true } = {}) => decrypt ? sources.vault.content(await readFile(path)) : readFile(path),
    secrets: sources.secrets,
    config: sources.config,
    options: { ...runOptions(flags, sources), ...parts.options },
    signal: abort.signal,
    interrupt: () => { abort.abort() },
  }
}

function runOptions(flags: RunFlags, { config, passwords, inventorySources }: Sources): RunOptions {
  return {
    check: flags.check ?? false,
    diff: config.get('DIFF_ALWAYS'),
    tags: [...config.get('TAGS_RUN'), ...flags.tags ?? []],
    skipTags: [...config.get('TAGS_SKIP'), ...flags.skipTags ?? []],
    step: false,
    forks: config.get('DEFAULT_FORKS'),
    verbosity: verbosityOf(flags, config),
    connection: connectionDefaults(config, passwords.login),
    become: becomeDefaults(config, passwords.become),
    inventorySources,
    tellArguments: config.get('DISPLAY_ARGS_TO_STDOUT') || isCallbackEnabled(config, 'junit'),
    ...flags.limit !== undefined ? { limit: flags.limit } : {},
    ...flags.lookAhead !== undefined ? { lookAhead: flags.lookAhead } : {},
  }
}

async function askQuietly(reporter: Reporter, question: PromptQuestion): Promise<string> {
  reporter.suspend?.()
  try {
    return await askAtTerminal(question)
  } finally {
    reporter.resume?.()
  }
}

/** What -vvv says. All tasks of a host go through this one shell. */
function tellConnection({ kind, user, port }: ConnectionTarget, say: (text: string) => void): void {
  say(`ESTABLISH ${kind.toUpperCase()} CONNECTION FOR USER: ${user ?? (kind === 'local' ? userInfo().username : 'None')}${port === undefined ? '' : ` on PORT ${port}`}`)
  say('EXEC /bin/sh')
}

function localTarget(timeout: number): ConnectionTarget {
  return { kind: 'local', host: 'localhost', hostKeyChecking: true, timeout }
}

/** The first Ctrl-C lets running tasks end; the second one ends the process. */
function abortedByInterrupt(): AbortController {
  const abort = new AbortController()
  process.once('SIGINT', () => { abort.abort() })
  process.once('SIGTERM', () => { abort.abort() })
  return abort
}
