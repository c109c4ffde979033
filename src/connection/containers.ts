import { argumentWords } from './argument-words.ts'
import { ConnectionError, type Connection, type ConnectionTarget } from './connection.ts'
import { firstLine } from './process/first-line.ts'
import { ProcessConnection, shellEnd, type Way } from './process/process-connection.ts'
import { dialByRelay } from './process/relay.ts'

/** How each client asks its engine to run a program in a container; none takes a secret in its arguments. */
const CLIENTS: Readonly<Record<string, (target: ConnectionTarget) => Client>> = {
  docker: (target) => containerClient('docker', target),
  // The module that speaks to the engine's socket; the client does the same.
  docker_api: (target) => containerClient('docker', target),
  podman: (target) => containerClient('podman', target),
  kubectl: (target) => clusterClient('kubectl', target),
  oc: (target) => clusterClient('oc', target),
}

interface Client {
  readonly name: string
  /** Up to the program that is to be run. */
  readonly words: readonly string[]
}

/** A container that runs already, entered by the `exec` of its engine's client: docker, podman, kubectl, oc. Rejects when it cannot be entered. */
export async function connectContainer(target: ConnectionTarget): Promise<Connection> {
  const { name, words } = (CLIENTS[target.kind] ?? unknownClient)(target)
  const way: Way = {
    description: `${target.kind} ${name}`,
    user: target.user ?? '',
    argv: (command) => [...words, '/bin/sh', '-c', command],
    dial: (place, start) => dialByRelay(place, start, name),
    endOf: shellEnd,
  }
  return new ProcessConnection({ ...way, user: await userIn(way, target) })
}

/** Asks for the user, which also shows that the container is there. */
async function userIn(way: Way, { host, timeout }: ConnectionTarget): Promise<string> {
  const probe = new ProcessConnection(way)
  const begun = await firstLine(await probe.start('id -un 2>/dev/null || id -u'), `connect to ${host}`, timeout).finally(() => probe.close())
  if (begun.kind === 'line') return begun.line
  throw new ConnectionError('refused', `Cannot enter ${way.description}: ${begun.said}`)
}

function containerClient(program: string, { host, address, user, options = {} }: ConnectionTarget): Client {
  const name = options['container'] ?? address ?? host
  const asUser = user === undefined ? [] : ['-u', user]
  return { name, words: [options['executable'] ?? program, ...argumentWords(options['extraArgs'] ?? ''), 'exec', '-i', ...asUser, name] }
}

function clusterClient(program: string, { host, address, options = {} }: ConnectionTarget): Client {
  const name = options['pod'] ?? address ?? host
  const flags = Object.entries(CLUSTER_FLAGS).flatMap(([option, flag]) => options[option] === undefined ? [] : [`${flag}=${options[option]}`])
  const inside = options['container'] === undefined ? [] : ['-c', options['container']]
  return { name, words: [options['executable'] ?? program, ...argumentWords(options['extraArgs'] ?? ''), ...flags, 'exec', '-i', name, ...inside, '--'] }
}

const CLUSTER_FLAGS: Readonly<Record<string, string>> = {
  kubeconfig: '--kubeconfig', context: '--context', server: '--server', namespace: '--namespace',
  caCert: '--certificate-authority', clientCert: '--client-certificate', clientKey: '--client-key',
}

function unknownClient({ kind }: ConnectionTarget): never {
  throw new ConnectionError('unsupported', `There is no client for containers of kind '${kind}'`)
}
