import { readFile } from 'node:fs/promises'
import { connect } from '../../connection/index.ts'
import type { ConnectionTarget } from '../../connection/connection.ts'
import type { RunOptions, RunRequest } from '../../engine/run-request.ts'
import { noJournal, openFileJournal } from '../../journal/file-journal.ts'
import { newRunId } from '../../journal/run-id.ts'
import type { Playbook } from '../../playbook/ast.ts'
import { openSession } from '../../remote/open-session.ts'
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
    openSession: (_host, target) => openSession(target, connect),
    localSession: openSession(localTarget(sources.config.get('connection.ssh.timeout')), connect),
    journal: flags.journal === false ? noJournal : sealedJournal(await openFileJournal(flags.journal, id), sources),
    emit: (event) => { parts.reporter.report(event) },
    isInteractive: process.stdin.isTTY === true,
    prompt: askAtTerminal,
    readFile: async (path, { decrypt = true } = {}) => decrypt ? sources.vault.content(await readFile(path)) : readFile(path),
    secrets: sources.secrets,
    config: sources.config,
    options: { ...runOptions(flags, sources), ...parts.options },
    signal: interruptSignal(),
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
    ...flags.limit !== undefined ? { limit: flags.limit } : {},
    ...flags.lookAhead !== undefined ? { lookAhead: flags.lookAhead } : {},
  }
}

function localTarget(timeout: number): ConnectionTarget {
  return { kind: 'local', host: 'localhost', hostKeyChecking: true, timeout }
}

/** The first Ctrl-C lets running tasks end; the second one ends the process. */
function interruptSignal(): AbortSignal {
  const abort = new AbortController()
  process.once('SIGINT', () => { abort.abort() })
  process.once('SIGTERM', () => { abort.abort() })
  return abort.signal
}
