import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Lab } from './lab.ts'
import { insideNetwork } from './namespace.ts'
import type { PlannedHost } from './plan.ts'
import { delay, run } from './run.ts'

type Check = (lab: Lab, host: PlannedHost) => Promise<string | undefined> | string | undefined

/** Resolves when the hosts' init has started everything; what a host carries is not looked at, since a merge changes it. */
export const waitForBoot = (lab: Lab, hosts: readonly PlannedHost[]): Promise<void> => waitFor(lab, hosts, notBooted)

/** Resolves when all services that the site gives the hosts answer, standbys stream, and proxies reach their servers. */
export const waitForServices = (lab: Lab, hosts: readonly PlannedHost[]): Promise<void> =>
  waitFor(lab, hosts, async (...args) => notBooted(...args) ?? notServing(...args) ?? (await notProxying(...args)))

async function waitFor(lab: Lab, hosts: readonly PlannedHost[], check: Check): Promise<void> {
  const end = Date.now() + 120_000
  // reading a socket table is slow enough to be felt: a host that is ready is not asked again
  for (let left = hosts; ; await delay(150)) {
    const found = await Promise.all(left.map(async (host) => ({ host, missing: await check(lab, host) })))
    const waiting = found.filter(({ missing }) => missing !== undefined)
    if (waiting.length === 0) return
    if (Date.now() > end) throw new Error(`Not ready after 120 s: ${waiting.map(({ host, missing }) => `${host.name} (${missing ?? ''})`).join(', ')}`)
    left = waiting.map(({ host }) => host)
  }
}

function notBooted(lab: Lab, host: PlannedHost): string | undefined {
  const pid = lab.pidOf(host)
  if (pid === undefined) return 'dead'
  return existsSync(lab.pathOn(pid, '/run/booted')) ? undefined : 'booting'
}

function notServing(lab: Lab, host: PlannedHost): string | undefined {
  const sockets = socketsOf(`/proc/${lab.outer.pid}/root/proc/${lab.pidOf(host) ?? ''}/net`)
  const listening = new Set(sockets.filter(({ state }) => state === '0A').map(({ localPort }) => localPort))
  const missing = host.ports.filter((port) => !listening.has(port))
  if (missing.length > 0) return `port ${missing.join(', ')}`
  const { primaryPort } = host
  const streams = primaryPort === undefined || sockets.some(({ state, remotePort }) => state === '01' && remotePort === primaryPort)
  return streams ? notSupervising(lab, host) : 'does not stream'
}

/** supervisor starts its programs one by one after its init script has returned. */
function notSupervising(lab: Lab, host: PlannedHost): string | undefined {
  const onHost = (path: string): string => lab.pathOn(lab.pidOf(host) ?? '', path)
  const programs = readdirSync(onHost('/etc/supervisor/conf.d')).filter((name) => name.endsWith('.conf'))
  try {
    const pid = readFileSync(onHost('/run/supervisord.pid'), 'utf8').trim()
    const children = readFileSync(onHost(`/proc/${pid}/task/${pid}/children`), 'utf8').trim().split(' ')
    return children.length >= programs.length ? undefined : 'supervisor starts programs'
  } catch {
    return 'supervisor'
  }
}

/** A proxy listens before it knows that its servers do. */
async function notProxying(lab: Lab, { address, proxiedPorts }: PlannedHost): Promise<string | undefined> {
  if (proxiedPorts.length === 0) return undefined
  const script = `for port in ${proxiedPorts.join(' ')}; do exec 3<>/dev/tcp/${address}/$port && read -r -t 2 line <&3 && [ -n "$line" ] || exit 1; done`
  return run('nsenter', insideNetwork(lab.outer, ['bash', '-c', script])).then(() => undefined, () => 'reaches no server')
}

interface Socket {
  readonly localPort: number
  readonly remotePort: number
  readonly state: string
}

function socketsOf(folder: string): readonly Socket[] {
  const lines = ['tcp', 'tcp6'].flatMap((name) => (existsSync(join(folder, name)) ? readFileSync(join(folder, name), 'utf8').trim().split('\n').slice(1) : []))
  return lines.map((line) => {
    const [, local = '', remote = '', state = ''] = line.trim().split(/\s+/)
    return { localPort: portOf(local), remotePort: portOf(remote), state }
  })
}

const portOf = (address: string): number => parseInt(address.split(':')[1] ?? '', 16)
