import { EvaluationError } from './evaluation-error.ts'
import type { Session } from './runtime/session.ts'
import type { TemplateFile } from './types.ts'

/** Renders a Nunjucks file. */
export function renderNunjucks(file: TemplateFile, _session: Session): string {
  throw new EvaluationError('template-type', `Cannot render ${file.path}: Nunjucks is not wired up yet`)
}
