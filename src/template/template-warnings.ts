import type { Diagnostic } from '../diagnostics/types.ts'
import { type TemplateFault, diagnosticOf } from './template-error.ts'

/** Tells each warning once: a condition is evaluated for every host and item. */
export class TemplateWarnings {
  listener: ((warning: Diagnostic) => void) | undefined
  readonly #told = new Set<string>()

  tell(fault: TemplateFault): void {
    const key = `${fault.code} ${fault.range === undefined ? fault.summary : `${fault.range.file.path}:${fault.range.start}`}`
    if (this.#told.has(key)) return
    this.#told.add(key)
    this.listener?.(diagnosticOf(fault, 'warning'))
  }
}
