import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { connect as connectSocket } from 'node:net'
import { join, resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ConnectionTarget } from '../../src/connection/connection.ts'
import { connect } from '../../src/connection/index.ts'
import { openSession } from '../../src/remote/open-session.ts'
import { connectionContract } from '../connection/connection-contract.ts'
import { freePort, keygen } from '../connection/test-server.ts'
import { busyboxRoot } from '../support/busybox-root.ts'
import { remoteContract } from './remote-contract.ts'

/** A host with nothing but busybox and dropbear: a root of its own in a mount namespace, which shares /tmp with this machine for the tests' files. */
let root: string
let port: number
let server: ChildProcess

beforeAll(async () => {
  root = busyboxRoot(['dropbear', 'dropbearkey'])
  port = await freePort()
  keygen('-t', 'ed25519', '-N', '', '-f', join(root, 'key'))
  mkdirSync(join(root, 'root/.ssh'), { mode: 0o700 })
  writeFileSync(join(root, 'root/.ssh/authorized_keys'), readFileSync(join(root, 'key.pub')), { mode: 0o600 })
  const made = spawnSync('chroot', [root, '/bin/dropbearkey', '-t', 'ed25519', '-f', '/host'], { encoding: 'utf8' })
  writeFileSync(join(root, 'known'), `[127.0.0.1]:${port} ${/^ssh-ed25519 \S+/m.exec(made.stdout)?.[0] ?? ''}\n`)
  const script = `mount --bind /tmp '${root}/tmp' && mount --bind /dev '${root}/dev' && mount -t proc proc '${root}/proc' && exec chroot '${root}' /bin/env -i PATH=/bin HOME=/root /bin/dropbear -F -E -s -p 127.0.0.1:${port} -r /host -P /pid`
  server = spawn('unshare', ['--mount', '--propagation', 'private', 'sh', '-c', script], { stdio: 'ignore' })
  for (let tries = 0; !await answers(port); tries++) {
    if (tries > 100) throw new Error('dropbear does not answer')
    await delay(50)
  }
})

afterAll(async () => {
  server.kill()
  await once(server, 'exit')
})

const target = (): ConnectionTarget => ({
  kind: 'ssh', host: 'tiny', address: '127.0.0.1', port, user: 'root', privateKeyFile: join(root, 'key'), knownHostsFile: join(root, 'known'), sshConfigFile: 'none', hostKeyChecking: true, timeout: 10,
})

connectionContract('ssh to dropbear', () => connect(target()), () => undefined)
remoteContract('ssh to a host of busybox and dropbear', () => Promise.resolve(openSession(target(), connect)))

describe('a host of busybox and dropbear', () => {
  it('is set up by a playbook, and the second time nothing changes', () => {
    const folder = join(root, 'work')
    mkdirSync(folder)
    writeFileSync(join(folder, 'hosts'), `tiny ansible_host=127.0.0.1 ansible_port=${port} ansible_user=root ansible_ssh_private_key_file=${root}/key ansible_ssh_common_args="-F none -o UserKnownHostsFile=${root}/known"\n`)
    writeFileSync(join(folder, 'site.yml'), PLAYBOOK)
    const first = play(folder)
    expect(first).toMatch(/tiny +: ok=10 +changed=8 +unreachable=0 +failed=0/)
    expect(readFileSync(join(root, 'srv/app/app.conf'), 'utf8')).toBe('port = 81\nhost = tiny\n# BEGIN ANSIBLE MANAGED BLOCK\nlog = yes\n# END ANSIBLE MANAGED BLOCK\n')
    expect(play(folder)).toMatch(/tiny +: ok=10 +changed=0 +unreachable=0 +failed=0/)
  })
})

const PLAYBOOK = `
- hosts: tiny
  tasks:
  - {file: {path: /srv/app, state: directory, mode: '0750'}}
  - {copy: {dest: /srv/app/app.conf, content: "port = 80\\nhost = {{ inventory_hostname }}\\n", force: false}}
  - {copy: {dest: /srv/app/data, content: "{{ ansible_facts.system }}\\n"}}
  - {lineinfile: {path: /etc/hosts, line: 10.0.0.1 tiny, create: true}}
  - {command: mkdir /srv/made, args: {creates: /srv/made}}
  - {file: {src: /srv/app, dest: /srv/link, state: link}}
  - {blockinfile: {path: /srv/app/app.conf, block: log = yes}}
  - {replace: {path: /srv/app/app.conf, regexp: "port = 80", replace: port = 81}}
  - {stat: {path: /srv/app/data, checksum_algorithm: sha256}, register: data, failed_when: data.stat.size != 6}
`

function play(folder: string): string {
  const project = resolve(import.meta.dirname, '../..')
  const { stdout, stderr } = spawnSync(process.execPath, ['--import', join(project, 'node_modules/tsx/dist/loader.mjs'), join(project, 'src/cli/main.ts'), 'run', 'site.yml', '-i', 'hosts', '--no-journal'], { cwd: folder, encoding: 'utf8' })
  return stdout + stderr
}

function answers(at: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connectSocket(at, '127.0.0.1')
    socket.once('connect', () => { socket.destroy(); resolve(true) }).once('error', () => { resolve(false) })
  })
}
