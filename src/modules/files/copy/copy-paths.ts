import type { CopyState } from './request.ts'

/** The files and folders that a copy places; where it starts from is as it was. */
export function copyPaths({ entries, items }: CopyState): readonly string[] {
  return entries.filter((_, index) => items[index]?.kind !== 'link').map(({ path }) => path)
}
