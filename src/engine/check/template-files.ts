import { statSync } from 'node:fs'
import type { Diagnostic } from '../../diagnostics/types.ts'
import { TemplateString } from '../../value/template-string.ts'
import { controlName } from '../flow/control-name.ts'
import type { TaskStep } from '../plan/steps.ts'
import type { PlannedTask } from './every-task.ts'
import { namedFile } from './files.ts'
import type { StillPlay } from './still-plays.ts'
import { unknownCalls } from './template-calls.ts'
import { readableFile } from './vaulted-files.ts'

/** Template files that cannot be parsed. */
export function checkTemplateFile(still: StillPlay, planned: PlannedTask): readonly Diagnostic[] {
  if (controlName(planned.step) !== 'template' || planned.certainty === 'expected' || hasOwnMarks(planned.step)) return []
  const path = namedFile(still, planned)?.path
  if (path === undefined || path.endsWith('.njk') || !statSync(path).isFile()) return []
  const { templar } = still.context.run.request
  const file = readableFile(path, templar)
  if (file === undefined) return []
  const text = new TemplateString(file.text, { file, start: 0, end: file.text.length })
  const broken = templar.check(text, 'file')
  const problems: readonly Diagnostic[] = [
    ...broken.map(({ message, range }): Diagnostic => ({ code: 'template-syntax', severity: 'error', summary: message, ...(range && { range }) })),
    ...unknownCalls(templar, text, 'template'),
  ]
  return planned.certainty === 'certain' ? problems : problems.map((problem) => ({ ...problem, severity: 'warning' }))
}

function hasOwnMarks({ task }: TaskStep): boolean {
  return [...task.args.named.keys()].some((name) => /^(?:block|variable|comment)_(?:start|end)_string$/.test(name))
}
