import { readFileSync, statSync } from 'node:fs'
import { DiagnosticError } from '../../diagnostics/diagnostic-error.ts'
import type { Diagnostic, SourceFile } from '../../diagnostics/types.ts'
import type { Templar } from '../../template/types.ts'
import { isVaultText } from '../../vault/envelope.ts'
import { shownPath } from '../../yaml/source-store.ts'
import type { PlannedTask } from './every-task.ts'
import { namedFile } from './files.ts'
import type { StillPlay } from './still-plays.ts'

/** A file of the control host as a source, decrypted where need be; undefined when it cannot be. */
export function readableFile(path: string, templar: Templar): SourceFile | undefined {
  const bytes = readFileSync(path)
  if (!isVaultText(bytes)) return { path: shownPath(path), text: bytes.toString('utf8') }
  return lockedBy(path, templar).length > 0 ? undefined : { path: shownPath(path), text: templar.readText(path), secret: true }
}

/** Encrypted files that a task names plainly and whose password is not known. */
export function checkVaultedFile(still: StillPlay, planned: PlannedTask): readonly Diagnostic[] {
  if (planned.certainty !== 'certain' || planned.step.task.args.named.has('decrypt')) return []
  const { path, range } = namedFile(still, planned) ?? {}
  if (path === undefined || !statSync(path).isFile() || !isVaultText(readFileSync(path))) return []
  return lockedBy(path, still.context.run.request.templar).map((diagnostic) => ({ ...diagnostic, ...(range && { range }) }))
}

function lockedBy(path: string, templar: Templar): readonly Diagnostic[] {
  try {
    templar.readText(path)
    return []
  } catch (error) {
    if (error instanceof DiagnosticError) return error.diagnostics
    throw error
  }
}
