import { createHmac, randomBytes } from 'node:crypto'

/** A line of a known_hosts file. */
export interface KnownLine {
  /** `@cert-authority`, `@revoked` or empty. */
  readonly marker: string
  /** Names and patterns with commas between them, or one hashed name. */
  readonly hosts: string
  readonly kind: string
  readonly key: string
}

/** Undefined for comments and what is no such line. */
export function parseLine(line: string): KnownLine | undefined {
  const [, marker = '', hosts, kind, key] = /^\s*(?:(@\S+)\s+)?([^#\s]\S*)\s+(\S+)\s+(\S+)/.exec(line) ?? []
  return hosts === undefined || kind === undefined || key === undefined ? undefined : { marker, hosts, kind, key }
}

/** Whether ssh would find the host by the line: hashed, by name or by a pattern. */
export function matchesHost(hosts: string, name: string): boolean {
  if (hosts.startsWith('|1|')) return isHashOf(hosts, name)
  const patterns = hosts.toLowerCase().split(',')
  if (patterns.some((pattern) => pattern.startsWith('!') && matchesPattern(name, pattern.slice(1)))) return false
  return patterns.some((pattern) => !pattern.startsWith('!') && matchesPattern(name, pattern))
}

/** Whether the line has the host itself, not a pattern that it fits. */
export function namesHost(hosts: string, name: string): boolean {
  return hosts.startsWith('|1|') ? isHashOf(hosts, name) : hosts.toLowerCase().split(',').includes(name)
}

/** Whether the hosts of a known line are written as wanted; undefined stands for any hash. A hash is as good as another one. */
export function sameHostForm(known: string, wanted: string | undefined): boolean {
  return wanted === undefined || wanted.startsWith('|1|') ? known.startsWith('|1|') : known === wanted
}

/** A host that cannot be read from the file. */
export function hashedHost(name: string): string {
  const salt = randomBytes(20)
  return `|1|${salt.toString('base64')}|${createHmac('sha1', salt).update(name).digest('base64')}`
}

function isHashOf(hosts: string, name: string): boolean {
  const [, , salt = '', digest = ''] = hosts.split('|')
  return createHmac('sha1', Buffer.from(salt, 'base64')).update(name).digest('base64') === digest
}

function matchesPattern(name: string, pattern: string): boolean {
  const source = pattern.replace(/[*?]|[^\w]/g, (piece) => (piece === '*' ? '.*' : piece === '?' ? '.' : `\\${piece}`))
  return new RegExp(`^${source}$`).test(name)
}
