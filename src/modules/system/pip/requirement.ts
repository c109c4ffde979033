import { ModuleFailure } from '../../../module/module.ts'
import { compareVersions } from '../../../template/version/compare-versions.ts'

/** A package as pip is to be asked for it. */
export interface Requirement {
  readonly text: string
  /** Undefined for what is no name with versions: an address, a path. */
  readonly name: string | undefined
  readonly versions: readonly VersionRange[]
}

interface VersionRange {
  readonly operator: string
  readonly version: string
}

/** Requirements of a list whose commas may have been taken for its own. */
export function parseRequirements(names: readonly string[], version: string | undefined): readonly Requirement[] {
  const found = rejoined(names).map(parse)
  if (version === undefined || version === '') return found
  const [only, ...others] = found
  if (only === undefined) return []
  if (others.length > 0) throw new ModuleFailure("'version' argument is ambiguous when installing multiple package distributions. Please specify version restrictions next to each package in 'name' argument.")
  if (only.versions.length > 0) throw new ModuleFailure("The 'version' argument conflicts with any version specifier provided along with a package name. Please keep the version specifier, but remove the 'version' argument.")
  return [parse(`${only.text}${/^\d/.test(version.trim()) ? '==' : ' '}${version.trim()}`)]
}

/** The name by which the index knows it: case, dots and underscores do not count. */
export function canonicalName(name: string): string {
  return name.replace(/[-_.]+/g, '-').toLowerCase()
}

/** Whether what is installed will do; versions by canonical name. */
export function isSatisfied({ name, versions }: Requirement, installed: ReadonlyMap<string, string>): boolean {
  const found = name === undefined ? undefined : installed.get(canonicalName(name))
  return found !== undefined && versions.every((range) => isWithin(found, range))
}

function rejoined(names: readonly string[]): readonly string[] {
  return names.flatMap((name) => name.split(',')).map((part) => part.trim()).filter((part) => part !== '').reduce<string[]>((all, part) => {
    const last = all.at(-1)
    const goesOn = last !== undefined && (/^[<>=!~]/.test(part) || (last.includes('[') && !last.includes(']')))
    return goesOn ? [...all.slice(0, -1), `${last},${part}`] : [...all, part]
  }, [])
}

function parse(text: string): Requirement {
  const [, name, ranges = ''] = /^([A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?)\s*(?:\[[^\]]*\])?\s*(?:\(?([^();@/]*)\)?)$/.exec(text) ?? []
  const versions = ranges.split(',').map((part) => part.trim()).filter((part) => part !== '').map((part) => /^(===|==|!=|<=|>=|~=|<|>)\s*(\S+)$/.exec(part))
  if (name === undefined || versions.some((range) => range === null)) return { text, name: undefined, versions: [] }
  return { text, name, versions: versions.flatMap((range) => range === null ? [] : [{ operator: range[1] ?? '', version: range[2] ?? '' }]) }
}

function isWithin(found: string, { operator, version }: VersionRange): boolean {
  if (operator === '===') return found === version
  if (version.endsWith('.*')) return startsAs(found, version.slice(0, -2)) === (operator === '==')
  if (operator === '~=') return compare(found, '>=', version) && startsAs(found, version.split('.').slice(0, -1).join('.'))
  return compare(found, operator, version)
}

function startsAs(found: string, prefix: string): boolean {
  return `${found}.`.startsWith(`${prefix}.`)
}

/** What cannot be compared is left to pip. */
function compare(found: string, operator: string, version: string): boolean {
  try {
    return compareVersions(found, version, { operator, type: 'pep440' })
  } catch {
    return false
  }
}
