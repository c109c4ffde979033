import type { ArgumentSpec, ArgumentsOf } from '../../../module/argument-spec.ts'

/** Arguments that become fields of a deb822 source, in the order in which they are written. */
export const SOURCE_FIELDS = {
  allow_downgrade_to_insecure: { type: 'bool', description: 'Allow an archive to become an unsigned one.' },
  allow_insecure: { type: 'bool', description: 'Allow an unsigned archive.' },
  allow_weak: { type: 'bool', description: 'Allow a signature by a weak digest.' },
  architectures: { type: 'list', elements: 'str', description: 'Architectures to look for.' },
  by_hash: { type: 'bool', description: 'Fetch indexes by names made of their digests.' },
  check_date: { type: 'bool', description: 'Trust the clock of the host.' },
  check_valid_until: { type: 'bool', description: 'Refuse indexes that have expired.' },
  components: { type: 'list', elements: 'str', description: 'Sections of a suite.' },
  date_max_future: { type: 'int', description: 'Seconds by which an index may be ahead of the clock.' },
  enabled: { type: 'bool', description: 'Whether apt uses it.' },
  inrelease_path: { type: 'str', description: 'Where the InRelease file is, unless in its usual place.' },
  languages: { type: 'list', elements: 'str', description: 'Languages of descriptions to fetch.' },
  name: { type: 'str', required: true, description: 'Name of the archive, from which the names of files are made.' },
  pdiffs: { type: 'bool', description: 'Update indexes by their differences.' },
  signed_by: { type: 'str', description: 'Address of a key, path of a keyring, fingerprints, or the armoured key itself.' },
  suites: { type: 'list', elements: 'str', description: 'Distributions by name, or paths that end in a slash.' },
  targets: { type: 'list', elements: 'str', description: 'What to fetch.' },
  trusted: { type: 'bool', description: 'Take it as trusted, whatever its signature.' },
  types: { type: 'list', elements: 'str', choices: ['deb', 'deb-src'], default: ['deb'], description: 'Binary or source packages.' },
  uris: { type: 'list', elements: 'str', description: 'Where it is.' },
} as const satisfies ArgumentSpec

type SourceFields = ArgumentsOf<typeof SOURCE_FIELDS>

/** The name as part of a file's name. */
export function slugOf(name: string): string {
  return name.toLowerCase().replace(/[_\s]+/g, '-').replace(/[^a-z0-9-]+/g, '')
}

/** The text of a source; `keyPath` is where its key was put, if it was fetched. */
export function sourceText(given: SourceFields, keyPath: string | undefined): string {
  const names = Object.keys(SOURCE_FIELDS) as (keyof SourceFields)[]
  return names.flatMap((name) => {
    const value = name === 'signed_by' ? keyPath ?? given.signed_by : given[name]
    return value === undefined ? [] : [`${fieldName(name)}:${fieldText(value)}\n`]
  }).join('')
}

function fieldName(name: string): string {
  if (name === 'name') return 'X-Repolib-Name'
  if (name === 'uris') return 'URIs'
  return name.split('_').map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('-')
}

function fieldText(value: string | number | boolean | readonly string[]): string {
  if (typeof value === 'boolean') return value ? ' yes' : ' no'
  const text = typeof value === 'object' ? value.join(' ') : String(value)
  if (!text.includes('\n')) return ` ${text}`
  // Lines that go on are indented; an empty one would end the paragraph.
  return text.trim().split('\n').map((line) => `\n    ${line.trim() || '.'}`).join('')
}
