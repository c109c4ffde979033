import type { Scope } from '../../template/types.ts'
import type { Value } from '../../value/value.ts'
import { asText, keyword } from './keyword.ts'
import type { Site } from './site.ts'

/** What a task sees of how its host is reached where no variable says so: keywords, options and settings have the say. `site` sees variables only. */
export function connectionFallback(name: string, site: () => Site, scope: Scope): Value | undefined {
  const fallback = FALLBACKS.get(name)
  if (fallback === undefined) return undefined
  const { others, value } = fallback
  const other = others.find((one) => one !== name && scope.get(one) !== undefined)
  return other === undefined ? value(site()) : scope.get(other)
}

interface Fallback {
  /** Names of the same. */
  readonly others: readonly string[]
  readonly value: (site: Site) => Value | undefined
}

const USER: Fallback = {
  others: ['ansible_user', 'ansible_ssh_user'],
  value: (site) => keyword(site, 'remoteUser') ?? site.play.run.request.options.connection.user,
}

const PORT: Fallback = {
  others: ['ansible_port', 'ansible_ssh_port'],
  value: (site) => keyword(site, 'port') ?? site.play.run.request.options.connection.port,
}

const PASSWORD: Fallback = {
  others: ['ansible_password', 'ansible_ssh_password', 'ansible_ssh_pass'],
  value: ({ play }) => {
    const { options: { connection: { password } }, secrets } = play.run.request
    if (password !== undefined) secrets.addValue(password)
    return password
  },
}

const CONNECTION: Fallback = {
  others: ['ansible_connection'],
  value: (site) => asText(keyword(site, 'connection')) ?? site.play.run.request.options.connection.kind,
}

const FALLBACKS: ReadonlyMap<string, Fallback> = new Map([USER, PORT, PASSWORD, CONNECTION].flatMap((fallback) => fallback.others.map((name) => [name, fallback] as const)))
