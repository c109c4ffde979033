import type { Setting } from '../../config/setting.ts'
import { quote } from '../../text/shell-quote.ts'
import { keyOf, sectionOf } from './list-settings.ts'
import type { SettingGroup } from './setting-groups.ts'

export interface InitOptions {
  readonly format: string
  readonly disabled: boolean
}

interface InitEntry {
  readonly name: string
  readonly setting: Setting
}

/** A first `ansible.cfg`, or environment, or variables file: every setting with what it is for and its default. */
export function initText(groups: readonly SettingGroup[], { format, disabled }: InitOptions): string {
  const entries = groups.flatMap(({ settings }) => [...settings].map(([name, { setting }]) => ({ name, setting })))
  if (format === 'ini') return iniText(entries, disabled ? ';' : '')
  const lines = entries.flatMap((entry) => format === 'env' ? envLines(entry, disabled ? '#' : '') : varsLines(entry, disabled ? '#' : ''))
  return lines.join('\n')
}

/** A key that several settings read is written once. */
function iniText(entries: readonly InitEntry[], mark: string): string {
  const sections = new Map<string, Map<string, string[]>>()
  for (const { setting } of entries) {
    const place = setting.ini?.at(-1)
    if (place === undefined) continue
    const section = sections.get(sectionOf(place)) ?? new Map<string, string[]>()
    sections.set(sectionOf(place), section)
    if (!section.has(keyOf(place))) section.set(keyOf(place), [`# (${setting.type}) ${describe(setting)}`, `${mark}${keyOf(place)}=${plainText(setting)}`, ''])
  }
  return [...sections].flatMap(([section, keys]) => [`[${section}]`, ...[...keys.values()].flat(), '']).join('\n')
}

function envLines({ name, setting }: InitEntry, mark: string): string[] {
  const variable = setting.env?.at(-1)
  if (variable === undefined || variable.startsWith('_')) return []
  const value = setting.type === 'bool' ? String(Number(setting.default ?? false)) : plainText(setting) === '' ? '' : quote(plainText(setting))
  return [`# ${name}(${setting.type}): ${describe(setting)}`, `${mark}${variable}=${value}`, '']
}

function varsLines({ name, setting }: InitEntry, mark: string): string[] {
  const variable = setting.vars?.at(-1)
  return variable === undefined || variable.startsWith('_') ? [] : [`# ${name}(${setting.type}): ${describe(setting)}`, `${mark}${variable}: ${JSON.stringify(setting.default ?? '')}`, '']
}

function plainText({ default: value, type }: Setting): string {
  if (value === undefined) return ''
  if (typeof value === 'object') return value.join(type === 'pathspec' ? ':' : ', ').replaceAll('{{ANSIBLE_HOME}}', '~/.ansible')
  return typeof value === 'boolean' ? (value ? 'True' : 'False') : String(value).replaceAll('{{ANSIBLE_HOME}}', '~/.ansible')
}

function describe({ description, unused }: Setting): string {
  return description ?? `Has no effect in tsplay. ${unused ?? ''}`
}
