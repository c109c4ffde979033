import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../connection/test-server.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const project = resolve(import.meta.dirname, '../..')
let server: TestServer

beforeAll(async () => { server = await startServer({ accounts: false }) })
afterAll(async () => { await server.stop() })

describe('a private key that a variable holds', () => {
  it.each(['ssh', 'openssh'])('opens a connection by %s, and is in no output and no journal', (connection) => {
    const folder = temporaryFolder('given-key')
    const key = readFileSync(server.privateKeyFile, 'utf8')
    const secret = key.split('\n')[1] ?? ''
    writeFileSync(join(folder, 'hosts.ini'), `box ansible_host=127.0.0.1 ansible_port=${server.port} ansible_user=root ansible_ssh_common_args="-F none -o IdentityFile=none -o UserKnownHostsFile=${server.knownHostsFile}"\n`)
    writeFileSync(join(folder, 'site.yml'), `
- hosts: box
  gather_facts: false
  vars: { ansible_private_key: "{{ lookup('file', '${server.privateKeyFile}') }}" }
  tasks:
    - command: echo reached
      register: said
    - debug: { msg: "{{ said.stdout }} with {{ ansible_private_key }}" }
`)
    const args = ['run', 'site.yml', '-i', 'hosts.ini', '-c', connection, '-vvv']
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', join(project, 'node_modules/tsx/dist/esm/index.mjs'), join(project, 'src/cli/main.ts'), ...args], { cwd: folder, encoding: 'utf8' })
    expect(status, stdout + stderr).toBe(0)
    expect(stdout).toContain('reached with')
    expect(stdout + stderr).not.toContain(secret)
    expect(readdirSync(folder)).toContain('.tsplay')
    expect(spawnSync('grep', ['-rlF', secret, folder], { encoding: 'utf8' }).stdout).toBe('')
  })
})
