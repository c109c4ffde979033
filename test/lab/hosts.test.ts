import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Lab } from '../e2e/lab.ts'

const PROJECT = join(import.meta.dirname, '../..')
const lab = new Lab('small', 'hosts-test')
const folder = mkdtempSync(join(tmpdir(), 'tsplay-hosts-'))

interface LabHost {
  readonly name: string
  readonly address: string
}

let hosts: readonly LabHost[]

beforeAll(() => {
  lab.fresh()
  hosts = JSON.parse(readFileSync(join(lab.folder, 'hosts.json'), 'utf8')) as LabHost[]
  const lines = hosts.map(({ name, address }) => `${name} ansible_host=${address} ansible_user=root ansible_ssh_private_key_file=${lab.folder}/key ansible_ssh_common_args="-F none -o UserKnownHostsFile=${lab.folder}/known_hosts"`)
  write('hosts', `${lines.join('\n')}\n`)
  for (const [path, text] of Object.entries(FILES)) write(path, text, 0o755)
})

afterAll(() => {
  lab.down()
  rmSync(folder, { recursive: true, force: true })
})

function write(path: string, text: string, mode = 0o644): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), text)
  chmodSync(join(folder, path), mode)
}

const PYTHON = `#!/usr/bin/python
from ansible.module_utils.basic import AnsibleModule
import getpass, os
module = AnsibleModule(dict(path=dict(type='path', required=True)), supports_check_mode=True)
there = os.path.exists(module.params['path'])
if not there and not module.check_mode:
    open(module.params['path'], 'w').close()
module.exit_json(changed=not there, user=getpass.getuser())
`

/** One for each way that modules of people's own speak. */
const FILES: Readonly<Record<string, string>> = {
  'library/py_touch.py': PYTHON,
  'library/json_args': `#!/bin/sh\n# WANT_JSON\nread -r line <"$1" || [ -n "$line" ]\ncase $line in *'"word"'*) echo "{\\"changed\\": false, \\"user\\": \\"$(id -un)\\", \\"host\\": \\"$(hostname)\\"}";; *) echo '{"failed": true, "msg": "no word"}'; exit 1;; esac\n`,
  'library/key_value': '#!/bin/sh\n. "$1"\necho "{\\"changed\\": true, \\"said\\": \\"$word\\"}"\n',
  'collections/ansible_collections/acme/tools/plugins/modules/touch.py': PYTHON,
  'collections/ansible_collections/acme/tools/galaxy.yml': 'namespace: acme\nname: tools\nversion: 1.0.0\n',
}

interface Played {
  readonly output: string
  readonly recap: ReadonlyMap<string, string>
}

/** Runs tsplay in the lab's network. */
function play(tasks: string, ...options: readonly string[]): Played {
  write('site.yml', `- hosts: all\n  gather_facts: false\n  tasks:\n${tasks.trim().split('\n').map((line) => `    ${line}\n`).join('')}`)
  const { stdout, stderr } = spawnSync(join(lab.folder, 'net-enter'), ['node', join(PROJECT, 'dist/tsplay.js'), 'run', 'site.yml', '-i', 'hosts', '--no-journal', ...options], { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 28, env: { ...process.env, ANSIBLE_COLLECTIONS_PATH: join(folder, 'collections'), ANSIBLE_STDOUT_CALLBACK: 'default' } })
  const recap = [...stdout.matchAll(/^(\S+) +: ok=(\d+) +changed=(\d+) +unreachable=(\d+) +failed=(\d+)/gm)].map(([, name = '', ...numbers]) => [name, numbers.join(' ')] as const)
  return { output: stdout + stderr, recap: new Map(recap) }
}

/** `ok changed unreachable failed` of every host, where it is the same. */
function everywhere({ recap, output }: Played): string {
  const all = new Set(recap.values())
  if (recap.size !== hosts.length || all.size !== 1) throw new Error(output)
  return [...all].join()
}

describe('modules of one\'s own on many hosts at once', () => {
  const TASKS = `
- user: {name: worker, shell: /bin/sh}
- file: {path: /srv/worker, state: directory, owner: worker}
- py_touch: {path: /srv/worker/mine}
  become: true
  become_method: su
  become_user: worker
  register: made
- assert: {that: made.user == 'worker'}
- acme.tools.touch: {path: /srv/worker/root}
- json_args: {word: hello}
  become: true
  become_method: su
  become_user: worker
  register: told
- assert: {that: "told.user == 'worker' and told.host | length > 0"}
- key_value: {word: hello}
  register: said
- assert: {that: said.said == 'hello'}
`

  it('run in all the ways that they speak, as other users too, and in check mode change nothing', () => {
    expect(everywhere(play(TASKS))).toBe('9 5 0 0')
    expect(everywhere(play(TASKS))).toBe('9 1 0 0')
    expect(everywhere(play('- acme.tools.touch: {path: /srv/worker/other}', '--check'))).toBe('1 1 0 0')
    expect(everywhere(play('- stat: {path: /srv/worker/other}\n  register: found\n- assert: {that: not found.stat.exists}'))).toBe('2 0 0 0')
  })

  it('run over the system\'s ssh, with a connection that is shared, and through another host', () => {
    const [first] = hosts
    const settings = `IdentityFile ${lab.folder}/key\n  UserKnownHostsFile ${lab.folder}/known_hosts\n  StrictHostKeyChecking yes\n`
    write('ssh_config', `Host ${first?.address ?? ''}\n  ${settings}  ProxyJump none\nHost *\n  ${settings}  ControlMaster auto\n  ControlPersist 10\n  ControlPath ${folder}/cm-%h\n  ProxyJump root@${first?.address ?? ''}\n`)
    expect(everywhere(play('- py_touch: {path: /root/over-ssh}\n- command: hostname', '-e', 'ansible_connection=openssh', '-e', JSON.stringify({ ansible_ssh_common_args: `-F ${folder}/ssh_config` })))).toBe('2 2 0 0')
  })
})

describe('a reboot', () => {
  it('is waited for, and the host is another one afterwards', () => {
    const rebooted = play(`
- copy: {content: gone, dest: /run/before}
- reboot: {reboot_timeout: 120}
  register: back
- assert: {that: back.rebooted and back.elapsed < 120}
- stat: {path: /run/before}
  register: before
- assert: {that: not before.stat.exists}
- wait_for_connection: {timeout: 30}
- command: hostname
`, '--limit', hosts[0]?.name ?? '')
    expect([...rebooted.recap.values()], rebooted.output).toEqual(['7 3 0 0'])
  })

  it('that nobody waits for is waited for by wait_for_connection', () => {
    const rebooted = play(`
- shell: sleep 1; reboot
  async: 10
  poll: 0
- wait_for_connection: {delay: 4, timeout: 120}
- command: hostname
`, '--limit', hosts[1]?.name ?? '')
    expect([...rebooted.recap.values()], rebooted.output).toEqual(['3 2 0 0'])
  })
})
