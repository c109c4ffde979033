import type { Effects } from '../../../remote/write.ts'

/** The effects that a user declared by `affects`: paths start with a slash, all else is a key. */
export function affectedBy(affects: readonly string[] | undefined): Effects | undefined {
  if (affects === undefined) return undefined
  return {
    paths: affects.filter((name) => name.startsWith('/')),
    keys: affects.filter((name) => !name.startsWith('/')),
  }
}
