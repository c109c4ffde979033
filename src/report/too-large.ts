import type { TextDiff } from '../module/module.ts'

/** Why a difference is not shown: one of its sides has more bytes than the settings allow. */
export function tooLarge({ before, after }: TextDiff, limit: number): string | undefined {
  const which = Buffer.byteLength(before) > limit ? 'destination' : Buffer.byteLength(after) > limit ? 'source' : undefined
  return which && `diff skipped: ${which} file size is greater than ${limit}`
}
