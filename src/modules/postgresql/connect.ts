import type { Duplex } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { checkServerIdentity, type ConnectionOptions } from 'node:tls'
import type { Client } from 'pg'
import { ConnectionError } from '../../connection/connection.ts'
import { ModuleFailure } from '../../module/module.ts'
import type { Remote } from '../../remote/remote.ts'
import { describeLogin, type Encryption, type Login } from './login.ts'
import { serverProblem } from './server-problem.ts'
import { quoteIdentifier } from './sql-text.ts'

/** There is no server at the address, or it does not let us in. */
export class NoServerError extends ModuleFailure {}

/** A client that is logged in. */
export interface Connected {
  readonly client: Client
  leave(): Promise<void>
}

/** Seconds for a server to let us in. */
const PATIENCE = 20

/** Logs in over a stream that the host opens; `onEnd` is told when the connection is gone. */
export async function connect(remote: Remote, login: Login, onEnd: () => void): Promise<Connected> {
  const attempts = attemptsOf(login)
  for (const [index, encrypted] of attempts.entries()) {
    try {
      return await attempt({ remote, login, onEnd, encrypted })
    } catch (error) {
      if (index === attempts.length - 1 || !(error instanceof EncryptionRefusal)) throw error
    }
  }
  throw new TypeError('There is at least one way to connect')
}

/** With or without TLS, in the order in which they are tried. A socket is never encrypted; on the host itself nobody listens. */
function attemptsOf({ target, encryption }: Login): readonly boolean[] {
  if (encryption === undefined || target.kind === 'socket') return [false]
  const { mode } = encryption
  if (mode === 'disable') return [false]
  if (mode === 'prefer') return /^(?:127\.|::1$|localhost$)/.test(target.host) ? [false, true] : [true, false]
  return mode === 'allow' ? [false, true] : [true]
}

/** The server wants TLS, or does not, and would perhaps let us in the other way. */
class EncryptionRefusal extends NoServerError {}

interface Attempt {
  readonly remote: Remote
  readonly login: Login
  readonly encrypted: boolean
  onEnd(): void
}

/** SQLSTATE of a login that no rule of pg_hba.conf allows. */
const NO_RULE = '28000'

async function attempt({ remote, login, encrypted, onEnd }: Attempt): Promise<Connected> {
  const stream = await dial(remote, login)
  const client = await clientOf(login, stream, encrypted)
  // A connection lost while idle is opened again by the next use.
  client.on('error', onEnd)
  client.on('end', onEnd)
  try {
    await client.connect()
    if (login.role !== undefined) await client.query(`SET ROLE ${quoteIdentifier(login.role)}`)
  } catch (error) {
    stream.destroy()
    const summary = `unable to connect to database: Cannot log in to PostgreSQL as ${describeLogin(login)}: ${messageOf(error)}`
    throw serverProblem(error)?.code === NO_RULE || /does not support SSL/.test(messageOf(error)) ? new EncryptionRefusal(summary) : new NoServerError(summary)
  }
  return { client, leave: () => leave(client, stream) }
}

async function clientOf(login: Login, stream: Duplex, encrypted: boolean): Promise<Client> {
  const { default: pg } = await import('pg')
  return new pg.Client({
    // pg would make a socket of its own, and this process may have no way to the server.
    stream: () => asSocket(stream),
    application_name: 'tsplay', connectionTimeoutMillis: (login.patience ?? PATIENCE) * 1000,
    ...login.parameters,
    user: login.user, database: login.database,
    ssl: encrypted && login.encryption !== undefined && login.target.kind === 'tcp' ? tlsOptions(login.encryption, login.target.host) : false,
    ...(login.password === undefined ? {} : { password: login.password }),
    // All values stay as the server prints them.
    types: { getTypeParser: () => (text: string) => text },
  })
}

function tlsOptions({ mode, authority, certificate, key }: Encryption, host: string): ConnectionOptions {
  return {
    rejectUnauthorized: mode === 'verify-ca' || mode === 'verify-full',
    checkServerIdentity: (_, presented) => (mode === 'verify-full' ? checkServerIdentity(host, presented) : undefined),
    ...(authority === undefined ? {} : { ca: authority }), ...(certificate === undefined ? {} : { cert: certificate }), ...(key === undefined ? {} : { key }),
  }
}

/** Seconds for a server to see us off: one that is gone never does. */
const FAREWELL = 2

async function leave(client: Client, stream: Duplex): Promise<void> {
  await Promise.race([client.end().catch(() => undefined), sleep(FAREWELL * 1000, undefined, { ref: false })])
  stream.destroy()
}

async function dial(remote: Remote, login: Login): Promise<Duplex> {
  try {
    return await inTime(remote.dial(login.target), login.patience ?? PATIENCE)
  } catch (error) {
    if (error instanceof ConnectionError && error.kind === 'lost') throw error
    throw new NoServerError(`unable to connect to database: Cannot reach PostgreSQL as ${describeLogin(login)}: ${messageOf(error)}`)
  }
}

/** A server whose machine is gone does not even refuse. */
async function inTime(dialled: Promise<Duplex>, seconds: number): Promise<Duplex> {
  const alarm = new AbortController()
  const late = sleep(seconds * 1000, undefined, { signal: alarm.signal }).then(() => { throw new Error(`no answer for ${seconds} s`) })
  try {
    return await Promise.race([dialled, late])
  } catch (error) {
    dialled.then((stream) => stream.destroy(), () => undefined)
    throw error
  } finally {
    late.catch(() => undefined)
    alarm.abort()
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** `pg` speaks to a `net.Socket`: what it uses of one, over any stream that is connected already. */
function asSocket(stream: Duplex): Duplex {
  const self = (): Duplex => stream
  return Object.assign(stream, { setNoDelay: self, setKeepAlive: self, ref: self, unref: self, connect: () => { queueMicrotask(() => stream.emit('connect')) } })
}
