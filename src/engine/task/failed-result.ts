import { ConnectionError } from '../../connection/connection.ts'
import { DiagnosticError } from '../../diagnostics/diagnostic-error.ts'
import { createPaint } from '../../diagnostics/paint.ts'
import { renderDiagnostics } from '../../diagnostics/render.ts'
import { ModuleFailure, type ModuleResult } from '../../module/module.ts'
import { CommandError } from '../../remote/remote.ts'
import { UnknownValueError } from '../../value/unknown.ts'
import type { JsonObject } from '../../value/value.ts'

/** A failure as the result of a module. What is no failure of the task is thrown on. */
export function failedResult(error: unknown): ModuleResult {
  if (error instanceof ConnectionError || error instanceof UnknownValueError) throw error
  return { changed: false, failed: true, msg: messageOf(error), fields: fieldsOf(error) }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

function fieldsOf(error: unknown): JsonObject {
  if (error instanceof ModuleFailure) return error.fields
  if (error instanceof CommandError) {
    const { status, stdout, stderr } = error.result
    return { rc: status, stdout: stdout.toString('utf8'), stderr: stderr.toString('utf8') }
  }
  if (error instanceof DiagnosticError) return { exception: renderDiagnostics(error.diagnostics, createPaint(false)) }
  return isProgrammingError(error) ? { exception: error.stack ?? error.message } : {}
}

/** Ours, not the user's: the stack is what helps. */
function isProgrammingError(error: unknown): error is Error {
  return error instanceof TypeError || error instanceof RangeError || error instanceof ReferenceError
}
