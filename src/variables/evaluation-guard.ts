import { TemplateError } from '../template/template-error.ts'
import type { Scope, Templar } from '../template/types.ts'
import type { Value } from '../value/value.ts'

/** Which variables of which hosts are being evaluated: one that is needed for its own value is an error with the way round. */
export class EvaluationGuard {
  readonly #active: string[] = []

  /** A variable of a host, evaluated in that host's scope. */
  evaluated(host: string, name: string, { scope, templar }: { readonly scope: Scope, readonly templar: Templar }): Value | undefined {
    const raw = scope.get(name)
    return typeof raw === 'object' && raw !== null ? this.#run(`hostvars['${host}'].${name}`, () => templar.evaluate(raw, scope)) : raw
  }

  #run<Result>(label: string, evaluate: () => Result): Result {
    const from = this.#active.indexOf(label)
    if (from >= 0) throw circle([...this.#active.slice(from), label])
    this.#active.push(label)
    try {
      return evaluate()
    } finally {
      this.#active.pop()
    }
  }
}

function circle([first = '', ...others]: readonly string[]): TemplateError {
  return new TemplateError({
    code: 'template-recursion',
    summary: `Cannot evaluate ${first}: it needs its own value${others.length > 1 ? `: it needs ${others.slice(0, -1).join(', which needs ')}, which needs it again` : ''}`,
    hint: 'Rename one of the variables that are defined by each other',
  })
}
