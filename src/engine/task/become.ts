import type { Config } from '../../config/config.ts'
import type { Become } from '../../remote/session.ts'
import type { Scope } from '../../template/types.ts'
import { asBoolean, asText, keyword, KeywordError, variable } from './keyword.ts'
import type { Site } from './site.ts'

const METHODS = ['sudo', 'su', 'doas'] as const

/** The user a task acts as, when it is not the login user: host variables win over keywords, and those over the command line. */
export function becomeOf(site: Site, scope: Scope): Become | undefined {
  const { config, options: { become: defaults } } = site.play.run.request
  const enabled = variable(site, 'ansible_become', scope) ?? keyword(site, 'become')
  if (!asBoolean(enabled, defaults.enabled)) return undefined
  const method = asMethod(asText(variable(site, 'ansible_become_method', scope) ?? keyword(site, 'becomeMethod')) ?? defaults.method)
  const read = (name: string) => asText(variable(site, `ansible_become_${name}`, scope) ?? variable(site, `ansible_${method}_${name}`, scope))
  const user = read('user') ?? asText(keyword(site, 'becomeUser')) ?? setting(config, method, 'user') ?? 'root'
  return { method, user, ...password(site, method, read), ...program(site, method, read), ...config.get('BECOME_ALLOW_SAME_USER') && { always: true } }
}

type Read = (name: string) => string | undefined

function password(site: Site, method: Become['method'], read: Read): Pick<Become, 'password'> {
  const { config, options, secrets } = site.play.run.request
  const given = read('password') ?? read('pass') ?? options.become.password ?? setting(config, method, 'pass')
  if (given === undefined) return {}
  secrets.add(given)
  return { password: given }
}

function program(site: Site, method: Become['method'], read: Read): Pick<Become, 'flags' | 'executable'> {
  const { config } = site.play.run.request
  const flags = read('flags') ?? asText(keyword(site, 'becomeFlags')) ?? setting(config, method, 'flags')
  const executable = read('exe') ?? asText(keyword(site, 'becomeExe')) ?? setting(config, method, 'exe')
  return { ...(flags !== undefined && { flags }), ...(executable !== undefined && { executable }) }
}

/** What somebody set for a method, or for all of them; each method has defaults of its own. */
function setting(config: Config, method: Become['method'], name: string): string | undefined {
  const found = config.find(`become.${method}.become_${name}`) ?? config.find(`DEFAULT_BECOME_${name.toUpperCase()}`)
  return found === undefined || found.origin === 'default' || found.value === undefined ? undefined : String(found.value)
}

function asMethod(name: string): Become['method'] {
  const method = METHODS.find((known) => known === name.split('.').at(-1))
  if (!method) throw new KeywordError(`Cannot become another user by '${name}': only ${METHODS.join(', ')} are known`)
  return method
}
