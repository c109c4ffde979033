import type { Answers, ArchiveChoice } from './archive-probe.ts'

/** What `tar --diff` says, without what the task sets anyway, or what only root could set. */
export function tarDifferences(answers: Answers, { owner, group, mode }: ArchiveChoice): readonly string[] {
  const isRoot = answers('U')[0] === '0'
  const counts = (line: string): boolean => {
    if (line.endsWith(': Uid differs')) return isRoot && owner === undefined
    if (line.endsWith(': Gid differs')) return isRoot && group === undefined
    if (line.endsWith(': Mode differs')) return mode === undefined || mode === null
    return DIFFERENCE.test(line)
  }
  return [...answers('D'), ...answers('ED')].filter(counts)
}

const DIFFERENCE = /: (?:(?:Mod time|Contents|Size|Symlink|File type|Device number) differs?|Not linked to .*|.*No such file or directory|Invalid (?:owner|group))$/
