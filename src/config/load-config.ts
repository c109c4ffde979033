import { readFileSync } from 'node:fs'
import { extname } from 'node:path'
import type { Diagnostic, SourceRange } from '../diagnostics/types.ts'
import { coerceSetting } from './coerce-setting.ts'
import type { Config, FoundSetting, SourcedValue } from './config.ts'
import { expandPath, type Place } from './expand-path.ts'
import { findConfigFile } from './find-config-file.ts'
import { readIni, type IniEntry, type IniFile } from './read-ini.ts'
import type { Setting, SettingValue } from './setting.ts'
import { SETTING_TABLE, type SettingName, type SettingValues } from './settings.ts'

export interface ConfigSources extends Place {
  /** Options of the command line that were given, as commander names them. */
  readonly flags?: Readonly<Record<string, unknown>>
  /** This file instead of the one that would be found. */
  readonly file?: string
}

/** Reads the settings; a value that cannot be used becomes a problem and leaves the default. */
export function loadConfig(sources: ConfigSources): Config {
  const found = sources.file === undefined ? findConfigFile(sources) : { path: sources.file, warnings: [] }
  const ini = found.path === undefined ? NO_INI : readConfigFile(found.path)
  const resolver = new Resolver(sources, ini, found.path)
  const problems = [...found.warnings, ...ini.problems, ...resolver.check()]
  return {
    // The table's types are what the coercion of each type makes.
    get: <Name extends SettingName>(name: Name) => resolver.value(name)?.value as SettingValues[Name],
    find: (name) => withVariables(name, resolver.value(name)),
    read: (setting) => resolver.read(setting),
    environment: sources.environment,
    file: found.path,
    problems,
  }
}

function withVariables(name: string, found: SourcedValue | undefined): FoundSetting | undefined {
  const vars = SETTING_TABLE.get(name)?.vars
  return found === undefined || vars === undefined ? found : { ...found, vars }
}

const NO_INI: IniFile = { entries: [], problems: [] }
const EXTENSIONS: ReadonlySet<string> = new Set(['.cfg', '.ini'])

function readConfigFile(path: string): IniFile {
  const extension = extname(path)
  if (!EXTENSIONS.has(extension)) return { entries: [], problems: [{ code: 'config-file', severity: 'error', summary: `Unsupported configuration file extension for ${path}: ${extension}`, hint: 'Name it .cfg or .ini' }] }
  try {
    return readIni({ path, text: readFileSync(path, 'utf8') })
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return { entries: [], problems: [{ code: 'config-file', severity: 'error', summary: `Cannot read the config file '${path}': ${reason}`, ansible: `The provided configuration file is missing or not accessible: ${path}` }] }
  }
}

interface Resolved {
  readonly sourced: SourcedValue
  readonly given?: GivenValue
  readonly problems: readonly Diagnostic[]
}

interface GivenValue {
  readonly given: string | number | boolean | readonly string[]
  readonly origin: string
  readonly range?: SourceRange
}

class Resolver {
  readonly #sources: ConfigSources
  readonly #file: string | undefined
  readonly #entries: ReadonlyMap<string, IniEntry>
  readonly #known = new Map<string, SourcedValue>()

  constructor(sources: ConfigSources, ini: IniFile, file: string | undefined) {
    this.#sources = sources
    this.#file = file
    this.#entries = new Map(ini.entries.map((entry) => [`${entry.section}.${entry.key}`, entry]))
  }

  value(name: string): SourcedValue | undefined {
    if (name === 'CONFIG_FILE') return { value: this.#file, origin: '' }
    const known = this.#known.get(name)
    if (known) return known
    const setting = SETTING_TABLE.get(name)
    if (!setting) return undefined
    const resolved = this.#resolve(name, setting).sourced
    this.#known.set(name, resolved)
    return resolved
  }

  read(setting: Setting): SourcedValue {
    return this.#resolve('', setting).sourced
  }

  /** What is wrong with the values that somebody gave; each is told of once, however many settings it is for. */
  check(): Diagnostic[] {
    const found = new Map<string, Diagnostic>()
    for (const [name, setting] of SETTING_TABLE) {
      const { given, problems } = this.#resolve(name, setting)
      const key = `${given?.origin} ${given?.range?.start}`
      for (const problem of problems) if (!found.has(key)) found.set(key, problem)
    }
    return [...found.values()]
  }

  #resolve(name: string, setting: Setting): Resolved {
    const resolved = this.#resolveOne(name, setting)
    const folders = this.#added(setting)
    return folders.length === 0 ? resolved : { ...resolved, sourced: { value: [...folders, ...resolved.sourced.value as readonly string[]], origin: `cli: ${setting.cliAdds}` } }
  }

  /** Folders that the command line puts before those of a setting. */
  #added({ cliAdds }: Setting): readonly string[] {
    const given = cliAdds === undefined ? undefined : this.#sources.flags?.[cliAdds]
    return given === undefined ? [] : [given].flat().flatMap((text) => String(text).split(':')).filter((path) => path !== '').map((path) => expandPath(path, this.#sources))
  }

  #resolveOne(name: string, setting: Setting): Resolved {
    const given = this.#given(setting)
    if (!given) return { sourced: this.#default(setting), problems: [] }
    const coerced = coerceSetting(setting, given.given, {
      path: (text) => expandPath(this.#withHome(text), this.#sources, given.range && this.#file),
      unquote: given.range !== undefined,
    })
    if ('value' in coerced) return { sourced: { value: coerced.value, origin: given.origin }, given, problems: [] }
    return { sourced: this.#default(setting), given, problems: [unusable({ name, setting, given, reason: coerced.problem })] }
  }

  #default(setting: Setting): SourcedValue {
    if (setting.default === undefined) return { value: undefined, origin: 'default' }
    const coerced = coerceSetting(setting, setting.default, { path: (text) => expandPath(this.#withHome(text), this.#sources), unquote: false })
    return { value: 'value' in coerced ? coerced.value : undefined, origin: 'default' }
  }

  #withHome(text: string): string {
    return text.includes('{{ANSIBLE_HOME}}') ? text.replaceAll('{{ANSIBLE_HOME}}', String(this.value('ANSIBLE_HOME')?.value)) : text
  }

  #given(setting: Setting): GivenValue | undefined {
    return this.#fromFlag(setting) ?? this.#fromEnvironment(setting) ?? this.#fromFile(setting)
  }

  #fromFlag({ cli }: Setting): GivenValue | undefined {
    const given = cli === undefined ? undefined : this.#sources.flags?.[cli]
    return given === undefined ? undefined : { given: asGiven(given), origin: `cli: ${cli}` }
  }

  /** An empty variable counts as none, except where a text may be empty. */
  #fromEnvironment({ env = [], type }: Setting): GivenValue | undefined {
    const name = env.findLast((variable) => this.#sources.environment[variable] !== undefined)
    const given = name === undefined ? undefined : this.#sources.environment[name]
    return given === undefined || (given === '' && type !== 'string') ? undefined : { given, origin: `env: ${name}` }
  }

  #fromFile({ ini = [] }: Setting): GivenValue | undefined {
    const entry = ini.map((place) => this.#entries.get(place)).findLast((found) => found !== undefined)
    return entry && { given: entry.value, origin: entry.range.file.path, range: entry.range }
  }
}

function asGiven(flag: unknown): GivenValue['given'] {
  if (Array.isArray(flag)) return flag.map(String)
  return typeof flag === 'number' || typeof flag === 'boolean' ? flag : String(flag)
}

interface Unusable {
  readonly name: string
  readonly setting: Setting
  readonly given: GivenValue
  readonly reason: string
}

/** A setting that changes nothing is no reason to stop. */
function unusable({ name, setting, given, reason }: Unusable): Diagnostic {
  return {
    code: 'setting', severity: setting.unused === undefined ? 'error' : 'warning',
    summary: setting.choices
      ? `Invalid value "${shown(given.given)}" for configuration option "setting: ${name}", ${reason}`
      : `Invalid type for configuration option setting: ${name} (from ${given.origin}): '${shown(given.given)}' is given, ${reason}`,
    ...given.range ? { range: given.range } : {},
  }
}

function shown(value: SettingValue): string {
  return Array.isArray(value) ? value.join(', ') : String(value)
}
