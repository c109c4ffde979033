import type { Diagnostic } from '../../diagnostics/types.ts'
import type { Json } from '../../value/value.ts'
import type { Site } from './site.ts'
import type { ItemEnd } from './item-end.ts'

/** What a module warns of in its result, told to people as Ansible does. */
export function resultWarnings({ play }: Site, { result }: ItemEnd): readonly Diagnostic[] {
  const { config } = play.run.request
  if (!config.get('ACTION_WARNINGS')) return []
  const warnings = listed(result.warnings).map((warning): Diagnostic => ({ code: 'module-warning', severity: 'warning', summary: String(warning) }))
  const deprecations = config.get('DEPRECATION_WARNINGS') ? listed(result.deprecations).map(deprecation) : []
  return [...warnings, ...deprecations]
}

function deprecation(told: Json): Diagnostic {
  const { msg = '', version, date, collection_name: collection } = told as Readonly<Record<string, Json | undefined>>
  const what = String(msg).replace(/\.$/, '')
  const where = typeof collection === 'string' && collection !== 'ansible.builtin' ? collection : 'a future release'
  const when = version !== undefined && version !== null ? ` in version ${String(version)}` : date !== undefined && date !== null ? ` after ${String(date)}` : ''
  return { code: 'module-deprecation', severity: 'warning', summary: `${what}. This feature will be removed from ${where}${when}` }
}

function listed(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : []
}
