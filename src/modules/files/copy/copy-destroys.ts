import type { Change } from '../../../module/module.ts'
import type { CopyRequest, CopyState } from './request.ts'

/** Files whose content a copy replaces. */
export function copyDestroys(_request: CopyRequest, { before, after }: Change<CopyState>): readonly string[] {
  return before.entries.flatMap(({ path, sha256, stat }, index) => {
    const next = after.entries[index]
    const gone = next?.sha256 !== sha256 || next?.stat?.type !== stat?.type
    return stat !== undefined && stat.type !== 'directory' && gone ? [path] : []
  })
}
