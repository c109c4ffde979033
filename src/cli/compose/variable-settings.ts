import type { Config } from '../../config/config.ts'
import { DiagnosticError } from '../../diagnostics/diagnostic-error.ts'
import type { Diagnostic } from '../../diagnostics/types.ts'
import { type FactCache, NO_FACT_CACHE } from '../../variables/facts/fact-cache.ts'
import { isGroupSource } from '../../variables/levels.ts'
import type { VariableSettings } from '../../variables/settings.ts'

/** How variables combine, by the settings. */
export function variableSettings(config: Config): VariableSettings {
  return {
    mergesDicts: config.get('DEFAULT_HASH_BEHAVIOUR') === 'merge',
    groupSources: config.get('VARIABLE_PRECEDENCE'),
    injectsFacts: config.get('INJECT_FACTS_AS_VARS'),
  }
}

/** What is strange about those settings. */
export function variableWarnings(config: Config): readonly Diagnostic[] {
  const unknown = config.get('VARIABLE_PRECEDENCE').filter((name) => !isGroupSource(name))
  const cache = config.get('CACHE_PLUGIN')
  return [
    ...unknown.map((name): Diagnostic => ({ code: 'setting', severity: 'warning', summary: `Ignoring unknown variable precedence entry: ${name}` })),
    ...isKnownCache(cache) ? [] : [{ code: 'setting', severity: 'warning', summary: `Unable to load the facts cache plugin (${cache}): facts are kept for this run only`, hint: 'There are memory, jsonfile and postgresql' } satisfies Diagnostic],
  ]
}

/** Where facts are kept between runs. */
export async function openFactCache(config: Config): Promise<FactCache> {
  const kind = named(config.get('CACHE_PLUGIN'))
  if (kind === 'postgresql') return openDatabase(config)
  return kind === 'jsonfile' ? openFolder(config) : NO_FACT_CACHE
}

async function openDatabase(config: Config): Promise<FactCache> {
  const { openPostgresqlFactCache } = await import('../../variables/facts/postgresql-fact-cache.ts')
  return openPostgresqlFactCache({
    address: config.get('cache.postgresql._uri'), prefix: config.get('cache.postgresql._prefix') ?? '', timeout: config.get('cache.postgresql._timeout'),
    warn: (message) => { process.stderr.write(`[WARNING]: ${message}\n`) },
  })
}

async function openFolder(config: Config): Promise<FactCache> {
  const folder = config.get('cache.jsonfile._uri')
  if (folder === undefined) {
    throw new DiagnosticError([{
      code: 'setting', severity: 'error', summary: "Cannot keep facts: the fact cache 'jsonfile' needs the setting fact_caching_connection, a folder",
      hint: 'ANSIBLE_CACHE_PLUGIN_CONNECTION, or fact_caching_connection in ansible.cfg',
    }])
  }
  const { openJsonFactCache } = await import('../../variables/facts/json-fact-cache.ts')
  return openJsonFactCache({ folder, prefix: config.get('cache.jsonfile._prefix') ?? '', timeout: config.get('cache.jsonfile._timeout') })
}

function isKnownCache(name: string): boolean {
  return ['memory', 'jsonfile', 'postgresql'].includes(named(name))
}

function named(name: string): string {
  return name.replace(/^ansible\.(?:builtin|legacy)\./, '')
}
