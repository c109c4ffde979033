import type { Play } from '../../playbook/ast.ts'
import { emptyPlay } from '../../playbook/empty-play.ts'
import type { Scope } from '../../template/types.ts'
import { LazyDict } from '../../value/lazy-dict.ts'
import type { Dict, Value } from '../../value/value.ts'
import { playMagic } from '../task/magic-variables.ts'
import { EvaluationGuard } from '../../variables/evaluation-guard.ts'
import type { PlayContext } from './play-context.ts'

/** What a host sees outside of any task. */
export function hostScope(play: PlayContext, host: string): Scope {
  return play.run.request.variables.scope({ host, play: play.play, publicRoles: play.publicRoles, magic: playMagic(play) })
}

/** `hostvars`: the variables of every host, each evaluated in that host's own scope when asked for. */
export function hostvarsOf(play: () => PlayContext): Dict {
  const known = new Map<string, Dict>()
  const guard = new EvaluationGuard()
  const outside = (): Play => emptyPlay(play().play.folder)
  return new LazyDict({
    keys: () => play().run.request.inventory.hosts.keys(),
    get(host) {
      if (typeof host !== 'string' || (!play().run.request.inventory.hosts.has(host) && !LOOPBACK.has(host))) return undefined
      const dict = known.get(host) ?? variablesOf(play(), host, { outside: outside(), guard })
      known.set(host, dict)
      return dict
    },
  })
}

/** The control host is there though no inventory names it. */
const LOOPBACK: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '::1'])

/** What a host has without the play: neither its `vars` nor its roles. Without `hostvars` itself: whoever prints it all would never end. */
function variablesOf(play: PlayContext, host: string, { outside, guard }: { readonly outside: Play, readonly guard: EvaluationGuard }): Dict {
  const scope = play.run.request.variables.scope({ host, play: outside, magic: playMagic(play) })
  return new LazyDict({
    keys: () => [...scope.names()].filter((name) => !HIDDEN.has(name)),
    get: (name) => typeof name === 'string' && !HIDDEN.has(name) ? guard.evaluated(host, name, { scope, templar: play.run.request.templar }) : undefined,
  })
}

const HIDDEN: ReadonlySet<Value> = new Set(['hostvars', 'omit', 'vars'])
