import { statSync } from 'node:fs'
import { hostname } from 'node:os'
import { TemplateString } from '../value/template-string.ts'
import type { Value } from '../value/value.ts'
import { strftime } from './dates/strftime.ts'
import { zoneAt } from './dates/zone.ts'
import { ownerName } from './owner-name.ts'
import type { Scope, SourcedSetting } from './types.ts'

/** What a template file sees besides the variables of its task. */
export interface TemplateOrigin {
  /** Where the file was found. */
  readonly path: string
  /** The name that asked for it. */
  readonly name: string
  /** Where what it renders to is written. */
  readonly destination?: string | undefined
  readonly setting: (name: string) => SourcedSetting | undefined
}

/** A scope with `ansible_managed` and what else tells where a template comes from and when. */
export function templateScope(scope: Scope, origin: TemplateOrigin): Scope {
  return {
    ...scope,
    get(name) {
      const value = scope.get(name)
      return value === undefined ? TEMPLATE_VARIABLES[name]?.(origin) : value
    },
    names: () => new Set([...scope.names(), ...Object.keys(TEMPLATE_VARIABLES)]),
  }
}

const TEMPLATE_VARIABLES: Readonly<Partial<Record<string, (origin: TemplateOrigin) => Value | undefined>>> = {
  ansible_managed: managed,
  template_host: () => hostname(),
  template_uid: ({ path }) => fileOwner(path),
  template_path: ({ name }) => name,
  template_fullpath: ({ path }) => path,
  template_destpath: ({ destination }) => destination ?? null,
  template_mtime: ({ path }) => timeText(statSync(path).mtime),
  template_run_date: () => timeText(new Date()),
}

/** The file's, host's and user's name are put in as variables: whatever they hold, it is not evaluated. */
const PLACES: Readonly<Record<string, string>> = { '{file}': '{{ template_path }}', '{host}': '{{ template_host }}', '{uid}': '{{ template_uid }}', '{{': '{', '}}': '}' }

/** The setting of that name, a template too; times in it are the file's. */
function managed({ path, setting }: TemplateOrigin): Value {
  const text = String(setting('DEFAULT_MANAGED_STR')?.value ?? 'Ansible managed')
  const epoch = statSync(path).mtimeMs / 1000
  const zone = zoneAt(epoch, false)
  const timed = text.includes('%') ? strftime(text, { date: new Date((epoch + zone.minutes * 60) * 1000), microseconds: 0, zone, epoch }) : text
  const source = timed.replace(/\{(?:file|host|uid)\}|\{\{|\}\}/g, (place) => PLACES[place] ?? place)
  return source.includes('{{') || source.includes('{%') ? new TemplateString(source) : source
}

function fileOwner(path: string): Value {
  const { uid } = statSync(path)
  return ownerName('passwd', uid) ?? uid
}

function timeText(time: Date): string {
  return time.toISOString().replace('T', ' ').replace('Z', '')
}
