import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { connect, createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { ensureImage, NETWORK, pathsIn } from '../../parity/host/image.ts'
import { startMirror } from '../../parity/host/mirror.ts'
import { startRelay } from '../../parity/host/network.ts'
import { ParityHost } from '../../parity/host/parity-host.ts'
import { ensureStock } from '../../parity/host/stock.ts'

/** A fresh Debian with the packages of packages.txt, that this process reaches by ssh, and that reaches Debian's packages. */
export interface ExampleHost {
  readonly host: ParityHost
  /** An inventory with the host, reached from this machine. */
  readonly inventory: string
  /** Boots it anew, whatever was done to it. */
  readonly fresh: () => Promise<void>
  readonly down: () => Promise<void>
}

export async function exampleHost(folder: string): Promise<ExampleHost> {
  mkdirSync(folder, { recursive: true })
  const { cache } = pathsIn(folder)
  const image = await ensureImage(pathsIn(folder))
  const host = new ParityHost(join(folder, 'host'), image)
  await host.connect()
  const socket = join(folder, 'mirror.sock')
  const closeMirror = await startMirror(socket, { cache, root: image.root })
  const closeRelay = await startRelay(host, socket)
  const forward = await startForward(host, join(folder, 'ssh.sock'))
  const packages = readFileSync(join(import.meta.dirname, '../packages.txt'), 'utf8').trim().split('\n')
  const stock = await ensureStock(host, image, packages)
  const fresh = (): Promise<void> => host.fresh([stock])
  await fresh()
  return {
    host, fresh,
    inventory: inventoryOf(host.folder, forward.port),
    down: async () => {
      forward.close()
      closeRelay()
      closeMirror()
      await host.down()
    },
  }
}

interface Forward {
  readonly port: number
  readonly close: () => void
}

/** A port of this machine that is the host's sshd. */
async function startForward({ through }: ParityHost, socket: string): Promise<Forward> {
  const [program = '', ...words] = through
  const far = spawn(program, [...words, process.execPath, join(import.meta.dirname, 'forward.mjs'), socket, NETWORK.address, '22'], { stdio: ['pipe', 'pipe', 'inherit'] })
  await once(far.stdout, 'data')
  const near = createServer((client) => {
    const target = connect(socket)
    client.on('error', () => { target.destroy() }).pipe(target).on('error', () => { client.destroy() }).pipe(client)
  })
  await once(near.listen(0, '127.0.0.1'), 'listening')
  return {
    port: (near.address() as AddressInfo).port,
    close: () => {
      near.close()
      far.stdin.end()
    },
  }
}

function inventoryOf(folder: string, port: number): string {
  const knownHosts = join(folder, 'known_hosts.forwarded')
  writeFileSync(knownHosts, readFileSync(join(folder, 'known_hosts'), 'utf8').replace(NETWORK.address, `[127.0.0.1]:${String(port)}`))
  const variables = {
    ansible_host: '127.0.0.1', ansible_port: port, ansible_user: 'root', ansible_ssh_private_key_file: join(folder, 'key'), ansible_python_interpreter: '/usr/bin/python3',
    ansible_ssh_common_args: `-o UserKnownHostsFile=${knownHosts} -o StrictHostKeyChecking=yes`,
  }
  return `host ${Object.entries(variables).map(([name, value]) => `${name}=${JSON.stringify(value)}`).join(' ')}\n`
}
