import type { Remote } from '../../../remote/remote.ts'
import type { ScriptProbe } from '../../../remote/probe.ts'

/** Arguments that say who asks. */
export interface LoginArguments {
  readonly url_username: string | undefined
  readonly url_password: string | undefined
  readonly use_netrc: boolean
}

export interface Login {
  readonly user: string | undefined
  readonly password: string | undefined
  /** What a .netrc says goes with every request. */
  readonly headers: Readonly<Record<string, string>>
}

/** User and password: of the task, of the address, or of the host's .netrc. */
export async function loginFor(url: URL, { url_username: name, url_password: word, use_netrc: netrc }: LoginArguments, remote: Remote): Promise<Login> {
  const user = name ?? (url.username === '' ? undefined : decodeURIComponent(url.username))
  if (user !== undefined || !netrc) return { user, password: word ?? decodeURIComponent(url.password), headers: {} }
  const found = netrcLogin(await remote.read(NETRC), url.hostname)
  const headers: Login['headers'] = found === undefined ? {} : { authorization: `Basic ${Buffer.from(`${found.login}:${found.password}`).toString('base64')}` }
  return { user: undefined, password: undefined, headers }
}

const NETRC: ScriptProbe<string> = {
  kind: 'script',
  key: 'netrc',
  script: 'cat "${NETRC:-$HOME/.netrc}" 2>/dev/null; :',
  parse: ({ stdout }) => stdout.toString('utf8'),
}

/** The entry for a machine, or the default one. */
function netrcLogin(text: string, machine: string): { readonly login: string, readonly password: string } | undefined {
  const words = text.replace(/^\s*#.*$/gm, '').split(/\s+/)
  const starts = words.flatMap((word, at) => word === 'machine' || word === 'default' ? [at] : [])
  const entries = starts.map((at, index) => words.slice(at, starts[index + 1]))
  const entry = entries.find(([kind, name]) => kind === 'machine' && name === machine) ?? entries.find(([kind]) => kind === 'default')
  const [login, password] = [valueAfter(entry, 'login'), valueAfter(entry, 'password')]
  return login === undefined || password === undefined ? undefined : { login, password }
}

function valueAfter(words: readonly string[] | undefined, name: string): string | undefined {
  const at = words?.lastIndexOf(name) ?? -1
  return at < 0 ? undefined : words?.[at + 1]
}
