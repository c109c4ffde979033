import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { startServer } from '../connection/test-server.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const project = resolve(import.meta.dirname, '../..')
let folder: string
beforeEach(() => { folder = temporaryFolder('bad') })

/** What a user sees for a mistake, and that nothing was done: every play would write `done`. */
describe('a mistake is told with its place before anything is changed', () => {
  it('a settings file with a broken line', () => {
    write('inventory.yml', 'plugin: settings\nfolder: settings\nzones: [z1]\n')
    write('settings/z1-web0', 'role="webservice"\nzone_id="z1\nhostname="z1-web0"\nmgmt_network_address="10.0.0.1"\n')
    const { status, text } = play({ inventory: 'inventory.yml' })
    expect(status).toBe(4)
    expect(text).toMatch(/ERROR! .*\n.*settings\/z1-web0:2:9\n.*\n2 \| zone_id="z1\n/)
  })

  it('two hosts with one address', () => {
    write('inventory.yml', 'plugin: settings\nfolder: settings\nzones: [z1]\n')
    for (const name of ['z1-web0', 'z1-web1']) write(`settings/${name}`, `role="webservice"\nzone_id="z1"\nhostname="${name}"\nmgmt_network_address="10.0.0.1"\n`)
    const { status, text } = play({ inventory: 'inventory.yml' })
    expect(status).toBe(4)
    expect(text).toMatch(/10\.0\.0\.1/)
    expect(text).toMatch(/z1-web0[\s\S]*z1-web1|z1-web1[\s\S]*z1-web0/)
    expect(text).toMatch(/settings\/z1-web[01]:4:\d+/)
  })

  it('everything wrong in a playbook at once: keyword, module, argument, undefined variable, template error', () => {
    const { status, text } = play({ tasks: [
      'debug: {msg: hi}\n  wen: true',
      'copyy: {dest: /x}',
      'copy: {destt: /x, content: x}',
      "debug: {msg: '{{ no_such_variable }}'}",
      "debug: {msg: '{{ 1 + }}'}",
    ] })
    expect(status).toBe(4)
    expect(text).toMatch(/ERROR! 'wen' is not a valid attribute for a Task\n[\s\S]*site\.yml:\d+:\d+[\s\S]*Did you mean 'when'/)
    expect(text).toMatch(/ERROR! couldn't resolve module\/action 'copyy'[\s\S]*Did you mean 'copy'/)
    expect(text).toMatch(/destt[\s\S]*\^{5}/)
    expect(text).toMatch(/code: template-syntax/)
  })

  it('an undefined variable', () => {
    const { status, text } = play({ tasks: ["debug: {msg: '{{ web_prot }}'}"], variables: 'web_port: 80' })
    expect(status).toBe(4)
    expect(text).toMatch(/ERROR! .*web_prot[\s\S]*site\.yml:\d+:\d+[\s\S]*\^{8}/)
    expect(text).toMatch(/web_port/)
  })

  it('a wrong host key', async () => {
    const server = await startServer()
    try {
      write('known_hosts', `[127.0.0.1]:${server.port} ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFiyZ3ZSnPJbHYFZJuZJZPYuZ9Z0Z7ZxZJZkZJZvZJZJ\n`)
      write('hosts.ini', `box ansible_host=127.0.0.1 ansible_port=${server.port} ansible_user=root ansible_ssh_private_key_file=${server.privateKeyFile} ansible_ssh_common_args="-F none -o UserKnownHostsFile=${join(folder, 'known_hosts')}"\n`)
      const { status, text } = play({ inventory: 'hosts.ini', connection: 'ssh' })
      expect(status).toBe(4)
      expect(text).toMatch(/UNREACHABLE!/)
      expect(text).toMatch(/host key/i)
      expect(text).toContain(`${join(folder, 'known_hosts')}:1`)
    } finally {
      await server.stop()
    }
  })
})

interface Settings {
  readonly tasks?: readonly string[]
  readonly variables?: string
  readonly inventory?: string
  readonly connection?: string
}

function play({ tasks = [], variables = 'unused: 1', inventory = 'localhost,', connection = 'local' }: Settings): { readonly status: number | null, readonly text: string } {
  const all = [`command: touch ${join(folder, 'done')}`, ...tasks].map((task) => `  - ${task.replaceAll('\n', '\n  ')}`)
  write('site.yml', `- hosts: all\n  gather_facts: false\n  vars:\n    ${variables}\n  tasks:\n${all.join('\n')}\n`)
  const args = ['run', 'site.yml', '-i', inventory, '-c', connection, '--no-journal']
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', join(project, 'node_modules/tsx/dist/esm/index.mjs'), join(project, 'src/cli/main.ts'), ...args], {
    cwd: folder, encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' },
  })
  const text = `${stdout}${stderr}`
  expect(spawnSync('test', ['-e', join(folder, 'done')]).status, `a task ran\n${text}`).toBe(1)
  return { status, text }
}

function write(name: string, text: string): void {
  mkdirSync(dirname(join(folder, name)), { recursive: true })
  writeFileSync(join(folder, name), text)
}
