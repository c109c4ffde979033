import { DiagnosticError } from '../../diagnostics/diagnostic-error.ts'
import type { Diagnostic, SourceRange } from '../../diagnostics/types.ts'

/** A module that is not there, met while the playbook runs: the playbook is wrong, not the host. */
export class UnknownModuleError extends DiagnosticError {}

/** What is said of a name that is no module's. */
export function unknownModule(name: string, near: readonly string[], range: SourceRange | undefined): Diagnostic {
  return {
    code: 'unknown-module', severity: 'error',
    summary: `Cannot find module '${name}'`,
    ansible: `couldn't resolve module/action '${name}'. This often indicates a misspelling, missing collection, or incorrect module path.`,
    ...(near.length > 0 && { hint: `Did you mean ${near.map((candidate) => `'${candidate}'`).join(' or ')}?` }),
    ...(range && { range }),
  }
}
