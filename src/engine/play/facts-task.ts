import type { ArgumentValue, Play, Task } from '../../playbook/ast.ts'
import type { Value } from '../../value/value.ts'
import { NO_KEYWORDS } from '../../playbook/keywords.ts'

const NO_LOOP_CONTROL: Task['loopControl'] = {
  loopVar: undefined, indexVar: undefined, label: undefined, pause: undefined, extended: undefined, extendedAllitems: undefined, breakWhen: [],
}

/** A task that no playbook spells out. */
function syntheticTask(play: Play, parts: Pick<Task, 'name' | 'module' | 'args'> & { readonly tags?: readonly Value[] }): Task {
  return {
    kind: 'task', name: parts.name, module: parts.module, args: parts.args,
    range: play.range, moduleRange: play.range, folder: play.folder,
    // Facts of one host are not those of all, whatever the play says.
    keywords: { ...NO_KEYWORDS, tags: parts.tags ?? [], when: play.gatherWhen, runOnce: false },
    loop: undefined, loopControl: NO_LOOP_CONTROL, register: undefined,
    until: [], retries: undefined, delay: undefined, changedWhen: undefined, failedWhen: undefined,
    notify: [], listen: [], async: undefined, poll: undefined, isHandler: false, role: undefined,
  }
}

/** "Gathering Facts", which runs whatever tags are asked for unless the play has tags of its own. */
export function factsTask(play: Play): Task {
  const { gatherSubset, gatherTimeout, factPath } = play.keywords
  const named = new Map<string, ArgumentValue>()
  for (const [name, value] of [['gather_subset', gatherSubset], ['gather_timeout', gatherTimeout], ['fact_path', factPath]] as const) if (value !== undefined) named.set(name, { value, range: play.range })
  return syntheticTask(play, { name: 'Gathering Facts', module: 'gather_facts', args: { named, free: undefined, dynamic: undefined }, tags: play.shared.tags.length > 0 ? [] : ['always'] })
}
