import type { Become } from '../../remote/session.ts'
import type { Scope } from '../../template/types.ts'
import { asBoolean, asText, keyword, KeywordError, variable } from './keyword.ts'
import type { Site } from './site.ts'

const METHODS = ['sudo', 'su', 'doas'] as const

/** The user a task acts as, when it is not the login user: host variables win over keywords, and those over the command line. */
export function becomeOf(site: Site, scope: Scope): Become | undefined {
  const defaults = site.play.run.request.options.become
  const enabled = variable(site, 'ansible_become', scope) ?? keyword(site, 'become')
  if (!asBoolean(enabled, defaults.enabled)) return undefined
  const method = asMethod(asText(variable(site, 'ansible_become_method', scope) ?? keyword(site, 'becomeMethod')) ?? defaults.method)
  const read = (name: string) => asText(variable(site, `ansible_become_${name}`, scope) ?? variable(site, `ansible_${method}_${name}`, scope))
  const user = read('user') ?? asText(keyword(site, 'becomeUser')) ?? defaults.user
  return { method, user, ...password(site, read), ...program(site, read) }
}

type Read = (name: string) => string | undefined

function password(site: Site, read: Read): Pick<Become, 'password'> {
  const { options, secrets } = site.play.run.request
  const given = read('password') ?? read('pass') ?? options.become.password
  if (given === undefined) return {}
  secrets.add(given)
  return { password: given }
}

function program(site: Site, read: Read): Pick<Become, 'flags' | 'executable'> {
  const flags = read('flags') ?? asText(keyword(site, 'becomeFlags'))
  const executable = read('exe') ?? asText(keyword(site, 'becomeExe'))
  return { ...(flags !== undefined && { flags }), ...(executable !== undefined && { executable }) }
}

function asMethod(name: string): Become['method'] {
  const method = METHODS.find((known) => known === name.split('.').at(-1))
  if (!method) throw new KeywordError(`Cannot become another user by '${name}': only ${METHODS.join(', ')} are known`)
  return method
}
