import type { Fields } from './fields.ts'
import { KEYWORDS_OF } from './keywords.ts'
import { isLoopKey } from './read-loop.ts'

const CLASSES: ReadonlyMap<string, string> = new Map([['include_tasks', 'TaskInclude'], ['include_role', 'IncludeRole']])

/** What is for the include itself. All other keywords of tasks would neither do anything there nor reach the tasks that are included. */
const OWN: ReadonlySet<string> = new Set([
  'action', 'args', 'collections', 'debugger', 'ignore_errors', 'loop', 'loop_control', 'name', 'no_log', 'register', 'run_once', 'tags', 'timeout', 'vars', 'when', 'listen',
])

/** Refuses keywords that an include does nothing with. */
export function checkIncludeKeywords(fields: Fields, module: string): void {
  const className = CLASSES.get(module)
  if (className === undefined) return
  for (const [name, { key }] of fields.entries) {
    if (OWN.has(name) || isLoopKey(name) || !KEYWORDS_OF.handler.has(name)) continue
    fields.problems.error('unknown-keyword', `Cannot use '${name}' on ${module}: it would not reach the tasks that are included`, {
      range: key.range, ansible: `'${name}' is not a valid attribute for a ${className}`,
      hint: KEYWORDS_OF.apply.has(name) ? `Give it to them by 'apply: {${name}: ...}' within ${module}, or put it on a block around the include` : 'Put it on those tasks',
    })
  }
}
