import type { ScriptProbe } from '../../../remote/probe.ts'
import type { Remote } from '../../../remote/remote.ts'

/** The proxy that the environment of the host and the task names for an address, as Python's urllib finds it. */
export async function proxyFor(url: URL, remote: Remote): Promise<URL | undefined> {
  const variables = await proxiesOf(remote)
  const named = variables.get(`${url.protocol.slice(0, -1)}_proxy`) ?? variables.get('all_proxy')
  if (named === undefined || named === '' || isExempt(url, variables.get('no_proxy') ?? '')) return undefined
  const text = named.includes('://') ? named : `http://${named}`
  return URL.canParse(text) ? new URL(text) : undefined
}

/** What the environment says of proxies; asked once for all requests. */
export function proxiesOf(remote: Remote): Promise<ReadonlyMap<string, string>> {
  return remote.read(PROXIES)
}

const PROXIES: ScriptProbe<ReadonlyMap<string, string>> = {
  kind: 'script',
  key: 'proxies',
  script: "env | grep -iE '^(https?|all|no)_proxy='; :",
  parse: ({ stdout }) => {
    const pairs = stdout.toString('utf8').split('\n').flatMap((line) => (line.includes('=') ? [[line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)] as const] : []))
    // Those in lower case win.
    return new Map([...pairs.filter(([name]) => /[A-Z]/.test(name)).map(([name, value]) => [name.toLowerCase(), value] as const), ...pairs.filter(([name]) => !/[A-Z]/.test(name))])
  },
}

function isExempt({ hostname, host }: URL, exempt: string): boolean {
  const patterns = exempt.split(',').map((one) => one.trim().replace(/^\./, '')).filter((one) => one !== '')
  return patterns.some((one) => one === '*' || [hostname, host].some((name) => name === one || name.endsWith(`.${one}`)))
}
