import { DiagnosticError } from '../diagnostics/diagnostic-error.ts'
import type { Diagnostic } from '../diagnostics/types.ts'
import type { Dict } from '../value/value.ts'

/**
 * Variables by group or host name. Those that cannot be decrypted are an error where they are asked for: who works on staging need
 * not have the password of production.
 */
export class VariableTable extends Map<string, Dict> {
  readonly #locked = new Map<string, readonly Diagnostic[]>()

  lock(name: string, diagnostics: readonly Diagnostic[]): void {
    this.#locked.set(name, diagnostics)
  }

  override get(name: string): Dict | undefined {
    const locked = this.#locked.get(name)
    if (locked !== undefined) throw new DiagnosticError(locked)
    return super.get(name)
  }
}
