import type { Diagnostic } from '../../diagnostics/types.ts'
import type { VariableFolder } from '../../inventory/variable-folder.ts'
import { readVariableFolder, type VariableFolderOptions } from '../../inventory/variable-folders.ts'
import type { Play } from '../../playbook/ast.ts'
import type { Loaded } from '../../yaml/loaded.ts'

/** Beside which playbooks `group_vars/` and `host_vars/` count: the one named first, the one a play stands in, or all on the way there. */
export type PlaybookRoot = 'top' | 'bottom' | 'all'

/** The folders of variables beside a play's playbooks. */
export interface PlaybookFolders {
  /** Strongest first; the same list each time for a play. */
  of(play: Play): readonly VariableFolder[]
  /** What is wrong with them. */
  problems(play: Play): readonly Diagnostic[]
}

/** Reads each folder once, when it is asked for. */
export function openPlaybookFolders(root: PlaybookRoot, options: VariableFolderOptions): PlaybookFolders {
  const known = new Map<string, Loaded<VariableFolder>>()
  const lists = new Map<string, readonly VariableFolder[]>()
  const read = (folder: string): Loaded<VariableFolder> => {
    const found = known.get(folder) ?? readVariableFolder(folder, options)
    known.set(folder, found)
    return found
  }
  return {
    of(play) {
      const folders = chosen(play.folders, root)
      const key = folders.join('\n')
      const list = lists.get(key) ?? folders.map((folder) => read(folder).value)
      lists.set(key, list)
      return list
    },
    problems: (play) => chosen(play.folders, root).flatMap((folder) => read(folder).diagnostics),
  }
}

function chosen(folders: readonly string[], root: PlaybookRoot): readonly string[] {
  const strongestFirst = [...new Set(folders.toReversed())]
  if (root === 'all') return strongestFirst
  return root === 'top' ? folders.slice(0, 1) : strongestFirst.slice(0, 1)
}
