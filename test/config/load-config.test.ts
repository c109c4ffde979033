import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { loadConfig } from '../../src/config/load-config.ts'
import type { SettingValue } from '../../src/config/setting.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

let root: string
beforeEach(() => {
  root = temporaryFolder('config')
  for (const folder of ['here', 'home']) mkdirSync(join(root, folder))
})

function load({ cfg, environment = {}, flags = {} }: { cfg?: string, environment?: Record<string, string>, flags?: Record<string, unknown> }): ReturnType<typeof loadConfig> {
  if (cfg !== undefined) writeFileSync(join(root, 'here/ansible.cfg'), cfg)
  return loadConfig({ environment, flags, folder: join(root, 'here'), home: join(root, 'home') })
}

const VALUES: readonly { readonly setting: string, readonly cfg?: string, readonly environment?: Record<string, string>, readonly flags?: Record<string, unknown>, readonly value: SettingValue, readonly origin?: string }[] = [
  { setting: 'DEFAULT_TIMEOUT', value: 10, origin: 'default' },
  { setting: 'DEFAULT_TIMEOUT', cfg: '[defaults]\ntimeout = 30\n', value: 30, origin: 'ROOT/here/ansible.cfg' },
  { setting: 'DEFAULT_TIMEOUT', cfg: '[defaults]\ntimeout = 30\n', environment: { ANSIBLE_TIMEOUT: '40' }, value: 40, origin: 'env: ANSIBLE_TIMEOUT' },
  { setting: 'DEFAULT_TIMEOUT', environment: { ANSIBLE_TIMEOUT: '40' }, flags: { timeout: 50 }, value: 50, origin: 'cli: timeout' },
  { setting: 'DEFAULT_TIMEOUT', environment: { ANSIBLE_TIMEOUT: '' }, value: 10, origin: 'default' },
  { setting: 'connection.ssh.timeout', environment: { ANSIBLE_TIMEOUT: '40', ANSIBLE_SSH_TIMEOUT: '60' }, value: 60 },
  { setting: 'DEFAULT_HASH_BEHAVIOUR', cfg: '[defaults]\nhash_behaviour=merge\n', value: 'merge' },
  { setting: 'DEFAULT_BECOME', cfg: '[privilege_escalation]\nbecome: Yes\n', value: true },
  { setting: 'ANSIBLE_NOCOLOR', environment: { NO_COLOR: 'please' }, value: true },
  { setting: 'ANSIBLE_NOCOLOR', environment: { NO_COLOR: '' }, value: false },
  { setting: 'CALLBACKS_ENABLED', cfg: "[defaults]\ncallbacks_enabled = timer, 'profile_tasks' ; both\n", value: ['timer', 'profile_tasks'] },
  { setting: 'DEFAULT_MANAGED_STR', cfg: "[defaults]\nansible_managed = 'do not edit'\n# comment\n", value: 'do not edit' },
  { setting: 'DEFAULT_MANAGED_STR', environment: {}, cfg: '[defaults]\nansible_managed = a\n  b\n', value: 'a\nb' },
  { setting: 'DEFAULT_LOG_PATH', cfg: '[defaults]\nlog_path = logs/a.log\n', value: 'ROOT/here/logs/a.log' },
  { setting: 'DEFAULT_LOG_PATH', environment: { ANSIBLE_LOG_PATH: '~/$NAME.log', NAME: 'b' }, value: 'ROOT/home/b.log' },
  { setting: 'DEFAULT_LOG_PATH', cfg: '[defaults]\nlog_path = {{CWD}}/x\n', value: 'ROOT/here/x' },
  { setting: 'DEFAULT_ROLES_PATH', value: ['ROOT/home/.ansible/roles', '/usr/share/ansible/roles', '/etc/ansible/roles'] },
  { setting: 'DEFAULT_ROLES_PATH', environment: { ANSIBLE_HOME: '/opt/a' }, value: ['/opt/a/roles', '/usr/share/ansible/roles', '/etc/ansible/roles'] },
  { setting: 'DEFAULT_ROLES_PATH', cfg: '[defaults]\nroles_path = roles:/srv/roles\n', value: ['ROOT/here/roles', '/srv/roles'] },
  { setting: 'DEFAULT_HOST_LIST', cfg: '[defaults]\ninventory = hosts, more/hosts\n', value: ['ROOT/here/hosts', 'ROOT/here/more/hosts'] },
  { setting: 'CONFIG_FILE', cfg: '', value: 'ROOT/here/ansible.cfg' },
]

describe('settings', () => {
  for (const { setting, value, origin, ...given } of VALUES) {
    it(`${setting} of ${JSON.stringify(given)} is ${String(value)}`, () => {
      const found = load(given).find(setting)
      expect(JSON.parse(JSON.stringify(found?.value ?? null).replaceAll(root, 'ROOT'))).toEqual(value)
      if (origin !== undefined) expect(found?.origin.replace(root, 'ROOT')).toBe(origin)
    })
  }

  it('a name that is not in the table is not found', () => {
    expect(load({}).find('THIS_DOES_NOT_EXIST')).toBeUndefined()
  })
})

const PROBLEMS: readonly { readonly given: Parameters<typeof load>[0], readonly summary: RegExp, readonly severity?: string }[] = [
  { given: { environment: { ANSIBLE_TIMEOUT: 'lola' } }, summary: /^Invalid type for configuration option setting: DEFAULT_TIMEOUT \(from env: ANSIBLE_TIMEOUT\): 'lola'/ },
  { given: { cfg: '[defaults]\nforks = many\n' }, summary: /DEFAULT_FORKS.*a whole number is needed/ },
  { given: { cfg: '[defaults]\ngathering = sometimes\n' }, summary: /Invalid value "sometimes".*DEFAULT_GATHERING.*valid values are: implicit, explicit, smart/ },
  { given: { cfg: '[defaults]\nforce_handlers = perhaps\n' }, summary: /DEFAULT_FORCE_HANDLERS.*yes or no/ },
  { given: { cfg: 'forks = 3\n' }, summary: /begins without a section/ },
  { given: { cfg: '[defaults]\nforks = 3\nforks = 4\n' }, summary: /'forks' occurs twice/ },
  { given: { cfg: '[defaults]\nnonsense\n' }, summary: /neither a section/ },
  { given: { cfg: '[galaxy]\nserver_timeout = soon\n' }, summary: /GALAXY_SERVER_TIMEOUT/, severity: 'warning' },
]

describe('problems of settings', () => {
  for (const { given, summary, severity = 'error' } of PROBLEMS) {
    it(`${JSON.stringify(given)} has one`, () => {
      expect(load(given).problems).toEqual([expect.objectContaining({ summary: expect.stringMatching(summary), severity })])
    })
  }

  it('a value that cannot be used leaves the default', () => {
    expect(load({ environment: { ANSIBLE_TIMEOUT: 'lola' } }).get('DEFAULT_TIMEOUT')).toBe(10)
  })
})

describe('the search for ansible.cfg', () => {
  it('begins with ANSIBLE_CONFIG, a file or a folder', () => {
    writeFileSync(join(root, 'ansible.cfg'), '')
    expect(load({ cfg: '', environment: { ANSIBLE_CONFIG: root } }).file).toBe(join(root, 'ansible.cfg'))
    expect(load({ cfg: '', environment: { ANSIBLE_CONFIG: '../ansible.cfg' } }).file).toBe(join(root, 'ansible.cfg'))
  })

  it('goes on when that is not there, to the home folder at last', () => {
    writeFileSync(join(root, 'home/.ansible.cfg'), '')
    expect(load({ environment: { ANSIBLE_CONFIG: 'nowhere.cfg' } }).file).toBe(join(root, 'home/.ansible.cfg'))
  })

  it('leaves out a folder that anyone may write to, and says so', () => {
    writeFileSync(join(root, 'home/.ansible.cfg'), '')
    chmodSync(join(root, 'here'), 0o777)
    const { file, problems } = load({ cfg: '[defaults]\nforks = 1\n' })
    expect(file).toBe(join(root, 'home/.ansible.cfg'))
    expect(problems).toEqual([expect.objectContaining({ code: 'world-writable-folder', severity: 'warning' })])
  })
})
