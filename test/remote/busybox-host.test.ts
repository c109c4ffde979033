import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connect } from '../../src/connection/index.ts'
import { openSession } from '../../src/remote/open-session.ts'
import { connectionContract } from '../connection/connection-contract.ts'
import { busyboxHost, type BusyboxHost } from '../support/busybox-host.ts'
import { remoteContract } from './remote-contract.ts'

let host: BusyboxHost

beforeAll(async () => { host = await busyboxHost() })
afterAll(async () => { await host.stop() })

connectionContract('ssh to dropbear', () => connect(host.target), () => undefined)
remoteContract('ssh to a host of busybox and dropbear', () => Promise.resolve(openSession(host.target, connect)))

describe('a host of busybox and dropbear', () => {
  it('is set up by a playbook, and the second time nothing changes', () => {
    const folder = join(host.root, 'work')
    mkdirSync(folder)
    writeFileSync(join(folder, 'hosts'), host.inventory('tiny', 'root'))
    writeFileSync(join(folder, 'site.yml'), PLAYBOOK)
    const first = play(folder)
    expect(first).toMatch(/tiny +: ok=10 +changed=8 +unreachable=0 +failed=0/)
    expect(readFileSync(join(host.root, 'srv/app/app.conf'), 'utf8')).toBe('port = 81\nhost = tiny\n# BEGIN ANSIBLE MANAGED BLOCK\nlog = yes\n# END ANSIBLE MANAGED BLOCK\n')
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
