import { ModuleFailure } from '../../module/module.ts'

/** What the server said about a statement: code (SQLSTATE), detail and hint, and where in the text. */
export interface ServerProblem {
  readonly message: string
  readonly code: string
  readonly detail: string | undefined
  readonly hint: string | undefined
  /** 1-based offset into the statement. */
  readonly position: number | undefined
}

/** The server's answer in an error of `pg`; undefined for errors that did not come from a server. */
export function serverProblem(error: unknown): ServerProblem | undefined {
  if (!(error instanceof Error) || !('code' in error) || !('severity' in error) || typeof error.code !== 'string') return undefined
  const { detail, hint, position } = error as Error & { detail?: unknown; hint?: unknown; position?: unknown }
  return { message: error.message, code: error.code, detail: textOrNothing(detail), hint: textOrNothing(hint), position: Number(position) || undefined }
}

/** Turns a server's answer into a failed task that repeats it; any other error stays what it is. */
export function asFailure(summary: string, error: unknown): unknown {
  const problem = serverProblem(error)
  if (problem === undefined) return error
  const more = [problem.detail, problem.hint].filter((text) => text !== undefined).map((text) => ` (${text})`).join('')
  return new ModuleFailure(`Cannot ${summary}: ${problem.message}${more}`, { sqlstate: problem.code })
}

const textOrNothing = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)
