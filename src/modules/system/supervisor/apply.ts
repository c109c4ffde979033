import { ModuleFailure, type Change } from '../../../module/module.ts'
import type { Remote } from '../../../remote/remote.ts'
import { quote } from '../../../text/shell-quote.ts'
import { supervisorProbe, type SupervisorState } from './probe.ts'
import { supervisorctl } from './program.ts'
import { isRunning, isUp, type WantedPrograms } from './wanted.ts'

/** Makes a change of programs. Driven by the change, so that undo can turn it round. */
export async function applySupervisor(wanted: WantedPrograms, change: Change<SupervisorState>, remote: Remote): Promise<void> {
  const { summary, script } = commandFor(wanted, change)
  const result = await remote.write({
    summary,
    command: { script },
    effects: { keys: ['supervisor', 'supervisor:*', 'processes'], predictions: [{ probe: supervisorProbe(wanted), answer: { programs: change.after.programs } }] },
  })
  const problems = result.stdout.toString('utf8').split('\n').filter((line) => /\bERROR\b/.test(line) && !/\((?:not running|already started)\)/.test(line))
  if (problems.length > 0) throw new ModuleFailure(problems.join('\n'))
}

interface Command { readonly summary: string, readonly script: string }

function commandFor(wanted: WantedPrograms, { before, after }: Change<SupervisorState>): Command {
  const call = (...words: readonly string[]) => words.map((one) => supervisorctl(wanted, one)).join(' && ')
  const target = quote(wanted.name.replace(/:$/, ':*'))
  const bare = quote(wanted.name.replace(/:\*?$/, ''))
  if (after.action === 'restart') return { summary: `Restart ${wanted.name} of supervisord`, script: call('update', `restart ${target}`) }
  if (after.action === 'signal') return { summary: `Signal ${wanted.name} of supervisord`, script: call(`signal ${quote(wanted.signal ?? '')} ${target}`) }
  if (after.programs.length > before.programs.length) return { summary: `Add ${wanted.name} to supervisord`, script: call('reread', `add ${bare}`) }
  if (after.programs.length < before.programs.length) {
    return { summary: `Remove ${wanted.name} from supervisord`, script: call(...wanted.stop_before_removing ? [`stop ${target}`] : [], 'reread', `remove ${bare}`) }
  }
  return startOrStop(call, { before, after })
}

function startOrStop(call: (words: string) => string, { before, after }: Change<SupervisorState>): Command {
  const names = (state: SupervisorState, goal: typeof isUp) => state.programs.filter(goal).map((one) => one.name)
  const [running, upAfter] = [names(after, isRunning), names(after, isUp)]
  const started = running.filter((name) => !names(before, isRunning).includes(name))
  const stopped = names(before, isUp).filter((name) => !upAfter.includes(name))
  // The way back from a restart of what ran.
  if (started.length + stopped.length === 0) return { summary: 'Leave programs of supervisord as they are', script: ':' }
  // `all` takes them side by side, names one after another.
  const words = (names: readonly string[], all: boolean) => all ? 'all' : names.map(quote).join(' ')
  return started.length > 0
    ? { summary: `Start ${started.join(', ')} of supervisord`, script: call(`start ${words(started, running.length === after.programs.length)}`) }
    : { summary: `Stop ${stopped.join(', ')} of supervisord`, script: call(`stop ${words(stopped, upAfter.length === 0)}`) }
}
