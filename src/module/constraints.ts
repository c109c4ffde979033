import type { ArgumentProblem } from './argument-problem.ts'
import type { Constraints } from './module.ts'

/** What was given, and what is still open (a template that may turn out to be `omit`). */
export interface Taken {
  readonly constraints: Constraints
  readonly given: ReadonlySet<string>
  readonly open: ReadonlySet<string>
  readonly taken: Readonly<Record<string, unknown>>
}

/** Checks which arguments go together; what an open value decides is not complained of. */
export function checkConstraints(state: Taken, { prefix, problems }: { readonly prefix: string, readonly problems: ArgumentProblem[] }): void {
  const complaint = (more: Pick<ArgumentProblem, 'isIncomplete'>): Complain => (message, names) => {
    problems.push({ code: 'conflicting-arguments', argument: prefix + (names[0] ?? ''), message, ...more })
  }
  const lack = complaint({ isIncomplete: true })
  checkExclusive(state, complaint({}))
  checkOneOf(state, lack)
  checkTogether(state, lack)
  checkRequiredIf(state, lack)
  checkRequiredAnyIf(state, lack)
}

type Complain = (message: string, names: readonly string[]) => void

function checkExclusive({ constraints, given, open }: Taken, complain: Complain): void {
  for (const names of constraints.exclusive ?? []) {
    const present = names.filter((name) => given.has(name) && !open.has(name))
    if (present.length > 1) complain(`parameters are mutually exclusive: ${names.join('|')}`, present)
  }
}

function checkOneOf({ constraints, given }: Taken, lack: Complain): void {
  for (const names of constraints.oneOf ?? []) {
    if (!names.some((name) => given.has(name))) lack(`one of the following is required: ${names.join(', ')}`, [])
  }
}

function checkTogether({ constraints, given, open }: Taken, lack: Complain): void {
  for (const names of constraints.together ?? []) {
    const present = names.filter((name) => given.has(name))
    if (present.length > 0 && present.length < names.length && !present.every((name) => open.has(name))) {
      lack(`parameters are required together: ${names.join(', ')}`, present)
    }
  }
}

function checkRequiredIf({ constraints, given, taken }: Taken, lack: Complain): void {
  for (const [name, value, needed] of constraints.requiredIf ?? []) {
    if (taken[name] !== value) continue
    const missing = needed.filter((other) => !given.has(other))
    if (missing.length > 0) lack(`${name} is ${String(value)} but the following are missing: ${missing.join(', ')}`, [name])
  }
}

function checkRequiredAnyIf({ constraints, given, taken }: Taken, lack: Complain): void {
  for (const { when, any } of constraints.requiredAnyIf ?? []) {
    const conditions = Object.entries(when)
    if (any.some((name) => given.has(name)) || conditions.some(([name, value]) => taken[name] !== value)) continue
    lack(`${conditions.map(([name, value]) => `${name} is ${String(value)}`).join(' and ')} but any of the following are missing: ${any.join(', ')}`, conditions.map(([name]) => name))
  }
}
