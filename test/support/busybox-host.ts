import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { connect as connectSocket } from 'node:net'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { ConnectionTarget } from '../../src/connection/connection.ts'
import { freePort, keygen } from '../connection/test-server.ts'
import { busyboxRoot } from './busybox-root.ts'

/** A host with nothing but busybox and dropbear: a root and processes of its own, which shares /tmp with this machine for the tests' files. */
export interface BusyboxHost {
  /** Its files, as this machine reaches them. */
  readonly root: string
  readonly target: ConnectionTarget
  /** A line of an inventory, for one who logs in by key. */
  readonly inventory: (name: string, user: string) => string
  readonly stop: () => Promise<void>
}

/** Boots it; `busybox` is the program, if not this machine's, and `prepare` does something in its root before. Needs root. */
export async function busyboxHost({ busybox, prepare }: { readonly busybox?: string, readonly prepare?: (root: string, publicKey: string) => void } = {}): Promise<BusyboxHost> {
  const root = busyboxRoot(['dropbear', 'dropbearkey'], busybox)
  const port = await freePort()
  keygen('-t', 'ed25519', '-N', '', '-f', join(root, 'key'))
  const publicKey = readFileSync(join(root, 'key.pub'), 'utf8')
  allowKey(join(root, 'root'), publicKey)
  prepare?.(root, publicKey)
  const made = spawnSync('chroot', [root, '/bin/dropbearkey', '-t', 'ed25519', '-f', '/host'], { encoding: 'utf8' })
  writeFileSync(join(root, 'known'), `[127.0.0.1]:${port} ${/^ssh-ed25519 \S+/m.exec(made.stdout)?.[0] ?? ''}\n`)
  const script = `mount --bind /tmp '${root}/tmp' && mount --bind /dev '${root}/dev' && mount -t proc proc '${root}/proc' && exec chroot '${root}' /bin/env -i PATH=/bin HOME=/root /bin/dropbear -F -E -s -p 127.0.0.1:${port} -r /host -P /pid`
  const server = spawn('unshare', ['--mount', '--uts', '--ipc', '--pid', '--fork', '--kill-child', '--propagation', 'private', 'sh', '-c', script], { stdio: 'ignore' })
  for (let tries = 0; !await answers(port); tries++) {
    if (tries > 100) throw new Error('dropbear does not answer')
    await delay(50)
  }
  return {
    root,
    target: { kind: 'ssh', host: 'tiny', address: '127.0.0.1', port, user: 'root', privateKeyFile: join(root, 'key'), knownHostsFile: join(root, 'known'), sshConfigFile: 'none', hostKeyChecking: true, timeout: 10 },
    inventory: (name, user) => `${name} ansible_host=127.0.0.1 ansible_port=${port} ansible_user=${user} ansible_ssh_private_key_file=${root}/key ansible_ssh_common_args="-F none -o UserKnownHostsFile=${root}/known"\n`,
    stop: async () => {
      server.kill('SIGKILL')
      await once(server, 'exit')
    },
  }
}

/** Lets a key into a home. */
export function allowKey(home: string, publicKey: string): void {
  mkdirSync(join(home, '.ssh'), { recursive: true })
  chmodSync(join(home, '.ssh'), 0o700)
  writeFileSync(join(home, '.ssh/authorized_keys'), publicKey, { mode: 0o600 })
}

function answers(at: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connectSocket(at, '127.0.0.1')
    socket.once('connect', () => { socket.destroy(); resolve(true) }).once('error', () => { resolve(false) })
  })
}
