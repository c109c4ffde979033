import { ModuleFailure, type Change } from '../../../module/module.ts'
import type { ProgramState, SupervisorState } from './probe.ts'
import type { SupervisorAccess } from './program.ts'

/** What a task wants of programs of supervisord. */
export interface WantedPrograms extends SupervisorAccess {
  readonly name: string
  readonly state: 'present' | 'started' | 'stopped' | 'restarted' | 'absent' | 'signalled'
  readonly signal: string | undefined
  readonly stop_before_removing: boolean
}

/** The change that makes it so. Throws when supervisord cannot be asked, or knows no such program. */
export function supervisorChange(wanted: WantedPrograms, before: SupervisorState): Change<SupervisorState> | undefined {
  if (before.problem !== undefined) throw new ModuleFailure(`Cannot ask supervisord: ${before.problem}`)
  return DIFFS[wanted.state](wanted, before)
}

/** Whether a program runs, or is about to. One that ends again and again (BACKOFF) does not. */
export function isRunning({ state }: ProgramState): boolean {
  return state === 'RUNNING' || state === 'STARTING'
}

/** Whether there is something to stop. */
export function isUp(program: ProgramState): boolean {
  return isRunning(program) || program.state === 'BACKOFF'
}

type Diff = (wanted: WantedPrograms, before: SupervisorState) => Change<SupervisorState> | undefined

const DIFFS: Readonly<Record<WantedPrograms['state'], Diff>> = {
  present: ({ name }, before) => {
    const bare = name.replace(/:\*?$/, '')
    return before.programs.some(covers(name)) ? undefined : { before, after: { programs: [...before.programs, { name: bare, state: 'RUNNING' }] } }
  },
  absent: ({ name, stop_before_removing: stopsFirst }, before) => {
    const present = before.programs.filter(covers(name))
    if (!stopsFirst && present.some(isUp)) throw new ModuleFailure(`Cannot remove ${name}: it is running`)
    return present.length === 0 ? undefined : { before, after: { programs: before.programs.filter((one) => !present.includes(one)) } }
  },
  started: (wanted, before) => turned(wanted, before, { state: 'RUNNING', isSo: isRunning }),
  stopped: (wanted, before) => turned(wanted, before, { state: 'STOPPED', isSo: (one) => !isUp(one) }),
  restarted: (wanted, before) => {
    const names = found(wanted, before)
    return { before, after: { programs: before.programs.map((one) => names.includes(one) ? { ...one, state: 'RUNNING' } : one), action: 'restart' }, ...affected(names) }
  },
  signalled: (wanted, before) => {
    const up = found(wanted, before).filter(isUp)
    return up.length === 0 ? undefined : { before, after: { ...before, action: 'signal' } }
  },
}

interface Goal {
  readonly state: string
  readonly isSo: (one: ProgramState) => boolean
}

function turned(wanted: WantedPrograms, before: SupervisorState, goal: Goal): Change<SupervisorState> | undefined {
  const wrong = found(wanted, before).filter((one) => !goal.isSo(one))
  if (wrong.length === 0) return undefined
  return { before, after: { programs: before.programs.map((one) => wrong.includes(one) ? { ...one, state: goal.state } : one) }, ...affected(wrong) }
}

const affected = (programs: readonly ProgramState[]): Pick<Change<SupervisorState>, 'fields'> => ({ fields: { affected: programs.map(({ name }) => name) } })

function found({ name }: WantedPrograms, { programs }: SupervisorState): readonly ProgramState[] {
  const matching = programs.filter(covers(name))
  if (matching.length === 0 && name !== 'all') throw new ModuleFailure(`${name}: ERROR (no such process)`)
  return matching
}

function covers(name: string): (one: ProgramState) => boolean {
  if (name === 'all') return () => true
  const group = /^(.+):\*?$/.exec(name)?.[1]
  // Supervisord shows a group of one program of the same name as the program.
  return (one) => group === undefined ? one.name === name : one.name === group || one.name.startsWith(`${group}:`)
}
