import type { Reporter } from '../run/reporter.ts'

/** Several reporters as one, told in this order. */
export function bothReporters(...reporters: readonly Reporter[]): Reporter {
  return {
    report: (event) => { for (const reporter of reporters) reporter.report(event) },
    suspend: () => { for (const reporter of reporters) reporter.suspend?.() },
    resume: () => { for (const reporter of reporters) reporter.resume?.() },
    close: async () => { for (const reporter of reporters) await reporter.close() },
  }
}
