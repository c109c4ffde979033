import { DiagnosticError } from '../diagnostics/diagnostic-error.ts'
import type { Diagnostic } from '../diagnostics/types.ts'
import { everyTask, stillPlays, type StillPlay } from './check/every-task.ts'
import { checkFiles } from './check/files.ts'
import { checkHandlers } from './check/handlers.ts'
import { checkModule } from './check/modules.ts'
import { checkNames, namesDefinedBy } from './check/names.ts'
import { checkSyntax } from './check/syntax.ts'
import { createRunContext } from './run-context.ts'
import type { RunRequest } from './run-request.ts'

/** Everything wrong with a run that can be told before the first connection. */
export function checkBeforeRun(request: RunRequest): readonly Diagnostic[] {
  try {
    const plays = stillPlays(createRunContext(request))
    return unique(plays.flatMap((still) => checkPlay(still, plays)))
  } catch (error) {
    if (error instanceof DiagnosticError) return error.diagnostics
    throw error
  }
}

function checkPlay(still: StillPlay, plays: readonly StillPlay[]): readonly Diagnostic[] {
  const tasks = everyTask(still)
  const defined = namesDefinedBy(plays)
  return [
    ...checkSyntax(still, tasks),
    ...checkHandlers(still, tasks),
    ...tasks.flatMap((task) => [
      ...checkModule(still, task),
      ...checkNames(still, task, defined),
      ...checkFiles(still, task),
    ]),
  ]
}

/** A role used twice has its mistakes once. */
function unique(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const byPlace = new Map(diagnostics.map((diagnostic) => [
    JSON.stringify([diagnostic.code, diagnostic.summary, diagnostic.range?.file.path, diagnostic.range?.start]), diagnostic,
  ]))
  return [...byPlace.values()]
}
