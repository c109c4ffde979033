import { ConnectionError, type Connection, type ConnectionTarget } from './connection.ts'

type Opener = (target: ConnectionTarget) => Promise<Connection>

const openSsh: Opener = async (target) => (await import('./ssh/connect-ssh.ts')).connectSsh(target)

/** One line per connection kind; each is loaded when it is first used. */
const OPENERS: Readonly<Record<string, Opener>> = {
  ssh: openSsh,
  smart: openSsh,
  paramiko: openSsh,
  paramiko_ssh: openSsh,
  local: async (target) => (await import('./local.ts')).connectLocal(target),
}

/** Opens the connection that a target asks for; rejects with a `ConnectionError`. */
export async function connect(target: ConnectionTarget): Promise<Connection> {
  const name = target.kind.split('.').at(-1) ?? target.kind
  const open = Object.hasOwn(OPENERS, name) ? OPENERS[name] : undefined
  if (open === undefined) {
    throw new ConnectionError('unsupported', `Cannot connect to ${target.host}: there is no connection kind '${target.kind}' (known: ${Object.keys(OPENERS).join(', ')})`)
  }
  return open(target)
}
