/** What `git ls-remote --symref` tells. */
export interface RemoteRefs {
  /** Commits by the full name of their reference. */
  readonly commits: ReadonlyMap<string, string>
  /** The branch that HEAD stands for. */
  readonly headBranch: string | undefined
}

/** What a version is. */
export interface Target {
  readonly kind: 'head' | 'branch' | 'tag' | 'commit' | 'unknown'
  /** Branch, for `head` and `branch`. */
  readonly branch?: string
  /** Undefined where only fetching can tell. */
  readonly sha?: string
}

export function parseRefs(lines: readonly string[]): RemoteRefs {
  const parts = lines.map((line) => line.split('\t'))
  const head = parts.find(([what = '', name]) => what.startsWith('ref: refs/heads/') && name === 'HEAD')?.[0]
  return {
    commits: new Map(parts.flatMap(([sha = '', name]) => name === undefined || sha.startsWith('ref: ') ? [] : [[name, sha] as const])),
    headBranch: head?.replace('ref: refs/heads/', ''),
  }
}

export interface KnownRefs {
  readonly refs: RemoteRefs
  /** What the version is in the working copy. */
  readonly known: string | undefined
}

/** Branches come before tags, as with Ansible; a tag with a message stands for its commit. */
export function targetOf(version: string, { refs: { commits, headBranch }, known }: KnownRefs): Target {
  const at = (name: string): string | undefined => commits.get(name)
  if (version === 'HEAD') return { kind: 'head', ...headBranch !== undefined && { branch: headBranch }, ...withSha(at('HEAD')) }
  const branch = at(`refs/heads/${version}`)
  if (branch !== undefined) return { kind: 'branch', branch: version, sha: branch }
  const tag = at(`refs/tags/${version}^{}`) ?? at(`refs/tags/${version}`)
  if (tag !== undefined) return { kind: 'tag', sha: tag }
  return commitOf(version, at(version) ?? known)
}

/** A short name of a commit is known only to a working copy that has it. */
function commitOf(version: string, known: string | undefined): Target {
  if (/^[0-9a-f]{40}$/.test(version)) return { kind: 'commit', sha: version }
  if (known !== undefined && known !== '') return { kind: 'commit', sha: known }
  return { kind: /^[0-9a-f]{4,39}$/.test(version) ? 'commit' : 'unknown' }
}

function withSha(sha: string | undefined): { readonly sha?: string } {
  return sha === undefined ? {} : { sha }
}
