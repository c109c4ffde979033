import { ConnectionError, type Connection, type ConnectionTarget } from './connection.ts'

type Opener = (target: ConnectionTarget) => Promise<Connection>

const openSsh: Opener = async (target) => (await import('./ssh/connect-ssh.ts')).connectSsh(target)

const openContainer: Opener = async (target) => (await import('./containers.ts')).connectContainer(target)

/** One line per connection kind; each is loaded when it is first used. */
const OPENERS: Readonly<Record<string, Opener>> = {
  ssh: openSsh,
  smart: openSsh,
  paramiko: openSsh,
  paramiko_ssh: openSsh,
  openssh: async (target) => (await import('./openssh/connect-openssh.ts')).connectOpenssh(target),
  local: async (target) => (await import('./local.ts')).connectLocal(target),
  chroot: async (target) => (await import('./chroot.ts')).connectChroot(target),
  docker: openContainer,
  docker_api: openContainer,
  podman: openContainer,
  kubectl: openContainer,
  oc: openContainer,
}

/** Opens the connection that a target asks for; rejects with a `ConnectionError`. */
export async function connect(target: ConnectionTarget): Promise<Connection> {
  const name = target.kind.split('.').at(-1) ?? target.kind
  const open = Object.hasOwn(OPENERS, name) ? OPENERS[name] : undefined
  if (open === undefined) {
    throw new ConnectionError('unsupported', `Cannot connect to ${target.host}: there is no connection kind '${target.kind}' (known: ${Object.keys(OPENERS).join(', ')})`)
  }
  return opened(open, { ...target, kind: name }, 0)
}

/** What may be otherwise a moment later. */
const PASSING: ReadonlySet<string> = new Set(['refused', 'timeout', 'resolve', 'lost'])

/** Tries again, after 1, 3, 7 ... seconds, as often as the target says. */
async function opened(open: Opener, target: ConnectionTarget, attempt: number): Promise<Connection> {
  try {
    return await open(target)
  } catch (error) {
    if (attempt >= (target.retries ?? 0) || !(error instanceof ConnectionError) || !PASSING.has(error.kind)) throw error
    await new Promise((resolve) => { setTimeout(resolve, Math.min(2 ** (attempt + 1) - 1, 30) * 1000) })
    return opened(open, target, attempt + 1)
  }
}
