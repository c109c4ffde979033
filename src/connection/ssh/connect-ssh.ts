import { connect as connectSocket, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type * as Ssh2 from 'ssh2'
import type { Client } from 'ssh2'
import { ConnectionError, type Connection, type ConnectionTarget } from '../connection.ts'
import { algorithmsFor } from './algorithms.ts'
import { authentication } from './authentication.ts'
import { connectionError, socketError } from './errors.ts'
import { hostKeyCheck } from './host-key.ts'
import { SshConnection } from './ssh-connection.ts'
import { sshSettings, type SshSettings } from './ssh-settings.ts'

/** Connects to a host by SSH, through its jump hosts if it has any. */
export async function connectSsh(target: ConnectionTarget): Promise<Connection> {
  const settings = sshSettings(target)
  const opening = openSocket(settings.jumps[0] ?? settings)
  // Loading takes as long as the server needs to answer; both go on at once.
  const loading = import('ssh2').then(({ default: ssh2 }) => ssh2)
  const socket = await opening
  const clients: Client[] = []
  try {
    let stream: Duplex = socket
    for (const hop of settings.jumps) {
      const client = await handshake(hop, stream, await loading)
      clients.push(client)
      stream = await forward(client, settings.jumps[clients.length] ?? settings)
    }
    clients.push(await handshake(settings, stream, await loading))
    return new SshConnection(settings, clients, socket)
  } catch (error) {
    for (const client of clients) client.destroy()
    socket.destroy()
    throw error
  }
}

function openSocket(settings: SshSettings): Promise<Socket> {
  const socket = connectSocket({ host: settings.address, port: settings.port, noDelay: true })
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      socket.destroy()
      reject(new ConnectionError('timeout', `Cannot connect to ${settings.name}: ${settings.address}:${settings.port} does not answer within ${settings.timeout} s`))
    }, settings.timeout * 1000)
    socket.once('error', (error) => { clearTimeout(timer); reject(socketError(settings, error)) })
    socket.once('connect', () => {
      clearTimeout(timer)
      socket.removeAllListeners('error')
      resolve(socket)
    })
  })
}

async function handshake(settings: SshSettings, sock: Duplex, ssh2: typeof Ssh2): Promise<Client> {
  const check = await hostKeyCheck(settings)
  const client = new ssh2.Client()
  const login = authentication(settings, ssh2.utils.parseKey)
  let refused: ConnectionError | undefined
  const ready = new Promise<void>((resolve, reject) => {
    client.once('ready', resolve)
    // ssh2 may tell more than one error of the same failure.
    client.on('error', (error) => { reject(refused ?? connectionError(settings, error, login.story())) })
    client.once('close', () => { reject(refused ?? new ConnectionError('lost', `Cannot connect to ${settings.name}: the server closed the connection`)) })
  })
  client.connect({
    sock, username: settings.user, authHandler: login.handler, algorithms: algorithmsFor(check.knownTypes),
    readyTimeout: settings.timeout * 1000,
    // The third unanswered question ends the connection: a silent host is noticed within the timeout.
    keepaliveInterval: (settings.timeout * 1000) / 3, keepaliveCountMax: 2,
    hostVerifier: (key: Buffer) => {
      refused = check.refuse(key)
      return refused === undefined
    },
  })
  await ready
  return client
}

function forward(client: Client, next: SshSettings): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    client.forwardOut('127.0.0.1', 0, next.address, next.port, (error, stream) => {
      if (error === undefined) resolve(stream)
      else reject(new ConnectionError('refused', `Cannot connect to ${next.name}: its jump host cannot reach ${next.address}:${next.port}: ${error.message}`))
    })
  })
}
