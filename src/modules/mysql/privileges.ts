import { ModuleFailure } from '../../module/module.ts'
import { quoteName } from './sql-text.ts'

/** Privileges by object: `` `db`.* ``, `*.*`, `` PROCEDURE `db`.`p` ``; GRANT is the right to pass them on. */
export type Privileges = Readonly<Record<string, readonly string[]>>

/** `db.table:SELECT,INSERT(a,b)/db2.*:ALL`, or a dict of such. */
export function parsePrivileges(given: unknown, keepCase: boolean): Privileges {
  const entries = typeof given === 'string'
    ? partsOf(given, '/').map(entryOf)
    : Object.entries(given as Readonly<Record<string, unknown>>).map(([object, names]) => [object, Array.isArray(names) ? names.join(',') : String(names)] as const)
  return withoutUsage(Object.fromEntries(entries.map(([object, names]) => [objectName(object), privilegeNames(names, keepCase)])))
}

/** What `SHOW GRANTS` prints. Roles and proxies are not privileges on objects. */
export function readGrants(lines: readonly string[]): Privileges {
  const found: Record<string, readonly string[]> = {}
  for (const line of lines) {
    const [, names = '', object, rest = ''] = /^GRANT (.+?) ON ((?:TABLE |PROCEDURE |FUNCTION )?(?:\*|`(?:[^`]|``)+`)\.(?:\*|`(?:[^`]|``)+`)) TO (.*)$/s.exec(line) ?? []
    if (object === undefined) continue
    const name = objectName(object)
    found[name] = sorted([...found[name] ?? [], ...privilegeNames(names, true), ...(/ WITH (?:.* )?GRANT OPTION/.test(rest) ? ['GRANT'] : [])])
  }
  return withoutUsage(found)
}

/** USAGE is the privilege to do nothing. */
function withoutUsage(privileges: Privileges): Privileges {
  const kept = Object.entries(privileges).map(([object, names]): [string, readonly string[]] => [object, names.filter((name) => name !== 'USAGE')])
  return Object.fromEntries(kept.filter(([, names]) => names.length > 0))
}

function entryOf(text: string): [string, string] {
  const at = partsOf(text, ':')
  const [object = '', ...names] = at
  if (names.length === 0) throw new ModuleFailure(`invalid privileges string: Privileges are given as database.table:PRIVILEGE, got '${text}'`)
  return [object, names.join(':')]
}

function objectName(object: string): string {
  const [, kind = '', rest = object] = /^(?:(TABLE|PROCEDURE|FUNCTION)\s+)?(.*)$/is.exec(object.trim()) ?? []
  const [database = '*', table = '*'] = partsOf(rest, '.')
  const part = (name: string): string => (name === '*' ? '*' : quoteName(name.replace(/^`(.*)`$/s, '$1').replaceAll('``', '`')))
  return `${kind === '' || kind.toUpperCase() === 'TABLE' ? '' : `${kind.toUpperCase()} `}${part(database)}.${part(table)}`
}

/** Upper case, in one order; columns without spaces and quotes, in alphabetical order. */
function privilegeNames(text: string, keepCase: boolean): readonly string[] {
  return sorted(partsOf(text, ',').map((name) => {
    const [, word = name, columns] = /^([^(]+?)\s*\((.*)\)$/s.exec(name.trim()) ?? []
    const upper = word.trim().toUpperCase().replace(/\s+/g, ' ')
    if (columns === undefined) return upper === 'ALL' ? 'ALL PRIVILEGES' : upper === 'GRANT OPTION' ? 'GRANT' : upper
    const list = columns.split(',').map((column) => column.trim().replaceAll('`', '')).sort().join(',')
    return `${upper}(${keepCase ? list : list.toUpperCase()})`
  }))
}

const sorted = (names: readonly string[]): readonly string[] => [...new Set(names)].filter((name) => name !== '').sort()

/** Splits at a separator that is in no quotes and no parentheses. */
function partsOf(text: string, separator: string): readonly string[] {
  const parts = ['']
  let depth = 0
  let quoted = false
  for (const letter of text) {
    if (letter === '`') quoted = !quoted
    if (!quoted) depth += letter === '(' ? 1 : letter === ')' ? -1 : 0
    if (letter === separator && !quoted && depth === 0) parts.push('')
    else parts[parts.length - 1] += letter
  }
  return parts
}

/** GRANT and REVOKE that make the one of the other for an account. */
export function privilegeStatements(account: string, before: Privileges, after: Privileges): readonly string[] {
  const objects = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  const revoked = (wanted: readonly string[]): readonly string[] => wanted.flatMap((object) => revokeStatements(account, object, missing(before[object], after[object])))
  const isAll = (object: string): boolean => [before, after].some((privileges) => privileges[object]?.includes('ALL PRIVILEGES') === true)
  // A privilege that there is not is refused before anything was taken away, unless what is taken away are all.
  return [
    ...revoked(objects.filter(isAll)),
    ...objects.flatMap((object) => grantStatements(account, object, missing(after[object], before[object]))),
    ...revoked(objects.filter((object) => !isAll(object))),
  ]
}

function missing(from: readonly string[] = [], to: readonly string[] = []): readonly string[] {
  return from.filter((name) => !to.includes(name))
}

function revokeStatements(account: string, object: string, names: readonly string[]): readonly string[] {
  const plain = names.filter((name) => name !== 'GRANT')
  return [...(names.includes('GRANT') ? [`REVOKE GRANT OPTION ON ${object} FROM ${account}`] : []), ...(plain.length === 0 ? [] : [`REVOKE ${plain.map(written).join(', ')} ON ${object} FROM ${account}`])]
}

function grantStatements(account: string, object: string, names: readonly string[]): readonly string[] {
  if (names.length === 0) return []
  const plain = names.filter((name) => name !== 'GRANT')
  return [`GRANT ${plain.length === 0 ? 'USAGE' : plain.map(written).join(', ')} ON ${object} TO ${account}${names.includes('GRANT') ? ' WITH GRANT OPTION' : ''}`]
}

function written(name: string): string {
  if (!/^[A-Z_ ]+(?:\(.*\))?$/s.test(name)) throw new ModuleFailure(`invalid privileges string: '${name}' is no privilege`)
  return name.replace(/\((.*)\)$/s, (_, columns: string) => ` (${columns.split(',').map(quoteName).join(', ')})`)
}
