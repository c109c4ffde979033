import type { Play } from './ast.ts'
import { NO_KEYWORDS } from './keywords.ts'

/** A play without hosts and tasks: what the inventory is looked at from when there is no playbook. */
export function emptyPlay(folder: string): Play {
  return {
    kind: 'play', name: undefined, range: { file: { path: '<none>', text: '' }, start: 0, end: 0 }, folder, folders: [folder], hosts: [],
    keywords: {
      gatherFacts: undefined, gatherSubset: undefined, gatherTimeout: undefined, factPath: undefined, strategy: undefined, serial: undefined,
      maxFailPercentage: undefined, order: undefined, forceHandlers: undefined,
    },
    shared: NO_KEYWORDS, gatherWhen: [], varsFiles: [], varsPrompt: [], sections: [], handlers: [], roles: [],
  }
}
