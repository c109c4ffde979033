import { DiagnosticError } from '../diagnostics/diagnostic-error.ts'
import type { Diagnostic } from '../diagnostics/types.ts'
import { checkActionGroups } from './check/action-groups.ts'
import { asFarAs } from './check/certainty.ts'
import { type EveryTask, everyTask } from './check/every-task.ts'
import { checkFiles } from './check/files.ts'
import { checkHandlers } from './check/handlers.ts'
import { checkHosts } from './check/hosts.ts'
import { checkModule } from './check/modules.ts'
import { checkNames, type DefinedNames, namesDefinedBy } from './check/names.ts'
import { checkReservedNames } from './check/reserved-names.ts'
import { type StillPlay, stillPlays } from './check/still-plays.ts'
import { checkSyntax } from './check/syntax.ts'
import { checkCalls } from './check/template-calls.ts'
import { checkTemplateFile } from './check/template-files.ts'
import { checkVaultedFile } from './check/vaulted-files.ts'
import { checkVarsFiles, type VarsFilesFound } from './check/vars-files.ts'
import { checkPrompts } from './play/prompt-variables.ts'
import { createRunContext } from './run-context.ts'
import type { RunRequest } from './run-request.ts'

export interface CheckOptions {
  /** False when something could not be read: what it may have defined is not missed. */
  readonly isWhole: boolean
}

/** Everything wrong with a run that can be told before the first connection. */
export async function checkBeforeRun(request: RunRequest, { isWhole }: CheckOptions = { isWhole: true }): Promise<readonly Diagnostic[]> {
  try {
    const plays = await Promise.all(stillPlays(createRunContext(request)).map(readPlay))
    const complete = isWhole && plays.every(({ every, varsFiles }) => [...every.problems, ...varsFiles.problems].every(({ severity }) => severity !== 'error'))
    const defined = complete ? definedIn(plays) : undefined
    const asked = checkPrompts(request, request.playbooks.flatMap((playbook) => playbook.plays))
    return unique([...asked, ...plays.flatMap((play) => checkPlay(play, { defined, complete }))])
  } catch (error) {
    if (error instanceof DiagnosticError) return error.diagnostics
    throw error
  }
}

interface ReadPlay {
  readonly still: StillPlay
  readonly every: EveryTask
  readonly varsFiles: VarsFilesFound
}

async function readPlay(still: StillPlay): Promise<ReadPlay> {
  return { still, every: await everyTask(still), varsFiles: await checkVarsFiles(still) }
}

function definedIn(plays: readonly ReadPlay[]): DefinedNames {
  const modules = plays[0]?.still.context.run.request.modules
  const set = modules && namesDefinedBy(plays.flatMap(({ every }) => every.tasks), modules)
  const read = plays.map(({ varsFiles }) => varsFiles.names)
  if (set === undefined || read.includes(undefined)) return undefined
  return new Set([...set, ...read.flatMap((names) => names ?? [])])
}

interface Known {
  readonly defined: DefinedNames
  readonly complete: boolean
}

function checkPlay({ still, every: { tasks, problems }, varsFiles }: ReadPlay, { defined, complete }: Known): readonly Diagnostic[] {
  return [
    ...still.problems,
    ...checkHosts(still),
    ...checkReservedNames(still, tasks),
    ...checkActionGroups(still, tasks),
    ...varsFiles.problems,
    ...problems,
    ...checkSyntax(still, tasks.filter(({ brought }) => brought === 'certain')),
    ...checkSyntax(still, tasks.filter(({ brought }) => brought === 'conditional')).flatMap((problem) => asFarAs('conditional', problem)),
    ...complete ? checkHandlers(still, tasks) : [],
    ...tasks.flatMap((task) => [
      ...checkModule(still, task),
      ...checkCalls(still, task),
      ...checkNames(still, task, defined),
      ...checkFiles(still, task, tasks),
      ...checkVaultedFile(still, task),
      ...checkTemplateFile(still, task),
    ].flatMap((problem) => asFarAs(task.brought, problem))),
  ]
}

/** A role used twice has its mistakes once; what is certain in one place and may be in another is certain. */
function unique(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const byPlace = new Map<string, Diagnostic>()
  for (const diagnostic of diagnostics) {
    const key = JSON.stringify([diagnostic.code, diagnostic.summary, diagnostic.range?.file.path, diagnostic.range?.start])
    if (byPlace.get(key)?.severity !== 'error') byPlace.set(key, diagnostic)
  }
  return [...byPlace.values()]
}
