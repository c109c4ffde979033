import type { Effects } from '../../../remote/write.ts'

interface Named {
  readonly creates?: string | undefined
  readonly removes?: string | undefined
}

/** What a command touches as far as its task says: in check mode, what it is there to make or to remove too. */
export function touchedBy(affects: readonly string[] | undefined, { creates, removes }: Named): Effects {
  const { paths = [], keys = [] } = affectedBy(affects) ?? {}
  // A pattern is not a path.
  const named = [creates, removes].filter((path) => path?.startsWith('/') === true && !/[*?[]/.test(path)).map(String)
  return { paths: [...paths, ...named], keys }
}

/** The effects that a user declared by `affects`: paths start with a slash, all else is a key. */
export function affectedBy(affects: readonly string[] | undefined): Effects | undefined {
  if (affects === undefined) return undefined
  return {
    paths: affects.filter((name) => name.startsWith('/')),
    keys: affects.filter((name) => !name.startsWith('/')),
  }
}
