import type { Diagnostic } from '../diagnostics/types.ts'
import { type TemplateFault, diagnosticOf } from './template-error.ts'

/** Tells each warning once: a condition is evaluated for every host and item. What is found before anybody listens is kept until then. */
export class TemplateWarnings {
  readonly #told = new Set<string>()
  #listener: ((warning: Diagnostic) => void) | undefined
  #kept: Diagnostic[] = []

  tellTo(listener: (warning: Diagnostic) => void): void {
    this.#listener = listener
    this.#kept.forEach(listener)
    this.#kept = []
  }

  tell(fault: TemplateFault): void {
    const key = `${fault.code} ${fault.range === undefined ? fault.summary : `${fault.range.file.path}:${fault.range.start}`}`
    if (this.#told.has(key)) return
    this.#told.add(key)
    this.pass(diagnosticOf(fault, 'warning'))
  }

  pass(warning: Diagnostic): void {
    if (this.#listener === undefined) this.#kept.push(warning)
    else this.#listener(warning)
  }
}
