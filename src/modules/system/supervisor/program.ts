import { quote } from '../../../text/shell-quote.ts'

/** How supervisorctl is called. */
export interface SupervisorAccess {
  readonly config: string | undefined
  readonly server_url: string | undefined
  readonly username: string | undefined
  readonly password: string | undefined
  readonly supervisorctl_path: string | undefined
}

/** Shell source that runs `supervisorctl` with these words (shell source too). A password travels in a file that only the user can read. */
export function supervisorctl(access: SupervisorAccess, words: string): string {
  const program = quote(access.supervisorctl_path ?? 'supervisorctl')
  if (access.username !== undefined || access.password !== undefined) return withCredentials(access, `${program} -c "$c" ${words}`)
  const options = [
    ...access.config === undefined ? [] : ['-c', quote(access.config)],
    ...access.server_url === undefined ? [] : ['-s', quote(access.server_url)],
  ]
  return [program, ...options, words].join(' ')
}

function withCredentials(access: SupervisorAccess, command: string): string {
  const setting = (name: string, value: string | undefined) => value === undefined ? [] : [`${name}=${value.replaceAll('%', '%%')}`]
  const lines = ['[supervisorctl]', ...setting('serverurl', access.server_url ?? 'http://localhost:9001'), ...setting('username', access.username), ...setting('password', access.password)]
  return `(umask 077; c=$(mktemp) || exit; trap 'rm -f -- "$c"' EXIT; printf '%s\\n' ${lines.map(quote).join(' ')} >"$c"; ${command})`
}
