import type { Setting, SettingType } from '../config/setting.ts'
import type { Json } from '../value/value.ts'
import { object, type Schema, schemaFile } from './shapes.ts'

/** `ansible.cfg` as a mapping of sections: what each entry takes, from the table that settings are read by. */
export function settingsSchema(table: ReadonlyMap<string, Setting>): Schema {
  const sections = new Map<string, Record<string, Json>>()
  for (const [name, setting] of table) {
    for (const key of setting.ini ?? []) {
      const dot = key.lastIndexOf('.')
      const section = sections.get(key.slice(0, dot)) ?? {}
      section[key.slice(dot + 1)] = entryOf(name, setting)
      sections.set(key.slice(0, dot), section)
    }
  }
  const properties = [...sections].map(([section, entries]): [string, Schema] => [section, { type: 'object', properties: entries }])
  return schemaFile('Settings of tsplay: ansible.cfg by sections', { type: 'object', properties: Object.fromEntries(properties) })
}

const TYPES: Readonly<Record<SettingType, Schema>> = {
  bool: { anyOf: [{ type: 'boolean' }, { enum: ['yes', 'no', 'on', 'off', 'true', 'false', 'True', 'False', 1, 0] }] },
  flag: { type: ['boolean', 'string'] }, int: { type: ['integer', 'string'] }, float: { type: ['number', 'string'] },
  string: { type: ['string', 'number', 'boolean'] }, list: { type: ['array', 'string'] }, path: { type: 'string' }, tmppath: { type: 'string' }, pathlist: { type: ['array', 'string'] }, pathspec: { type: ['array', 'string'] },
  dict: { type: ['object', 'string'] },
}

function entryOf(name: string, { type, choices, description, default: fallback, unused, env = [] }: Setting): Schema {
  const facts = [description, unused === undefined ? undefined : `Changes nothing: ${unused}`, env.length > 0 ? `Also ${env.join(', ')}.` : undefined]
  return {
    description: [name, ...facts.filter((fact) => fact !== undefined)].join(': ').replace(': Also', ' Also'),
    ...fallback !== undefined && { default: fallback as Json },
    ...choices === undefined ? TYPES[type] : { enum: [...choices] },
  }
}

/** `.tsplay-lint.yml`. */
export function lintSchema({ profiles, rules }: { readonly profiles: readonly string[], readonly rules: readonly string[] }): Schema {
  const families = rules.map((rule) => rule.replace(/\[.*/, ''))
  const names: Schema = { type: 'array', items: { anyOf: [{ enum: [...new Set([...rules, ...families])].sort() }, { type: 'string' }] } }
  return schemaFile('Settings of tsplay lint', {
    anyOf: [{ type: 'null' }, object({
      profile: { anyOf: [{ enum: [...profiles] }, { type: 'null' }], description: 'The set of rules to check.' },
      skip_list: { ...names, description: 'Rules, or codes of diagnostics, to leave out.' },
      warn_list: { ...names, description: 'Rules that only warn.' },
      enable_list: { ...names, description: 'Rules that are off unless named here.' },
      exclude_paths: { type: 'array', items: { type: 'string' }, description: 'Paths, or patterns of them, to leave out.' },
    }, { additionalProperties: true })],
  })
}
