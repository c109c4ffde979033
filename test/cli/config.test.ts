import { describe, expect, it } from 'vitest'
import { dumpSettings } from '../../src/cli/config/dump-settings.ts'
import { galaxyServers } from '../../src/cli/config/galaxy-servers.ts'
import { initText } from '../../src/cli/config/init-text.ts'
import { listSettings } from '../../src/cli/config/list-settings.ts'
import { settingGroups } from '../../src/cli/config/setting-groups.ts'
import { unknownNames } from '../../src/cli/config/unknown-names.ts'
import { loadConfig } from '../../src/config/load-config.ts'
import { readIni } from '../../src/config/read-ini.ts'

const load = (environment: Record<string, string> = {}) => loadConfig({ environment, folder: '/', home: '/home/a', file: '/dev/null' })

describe('tsplay config', () => {
  it('dump shows what differs from the defaults, and where it comes from', () => {
    const dump = dumpSettings(settingGroups('base', []), { config: load({ ANSIBLE_FORKS: '3', ANSIBLE_CALLBACKS_ENABLED: 'timer, junit' }), format: 'display', onlyChanged: true })
    expect(dump.split('\n').filter((line) => !line.startsWith('CONFIG_FILE'))).toEqual(["CALLBACKS_ENABLED(env: ANSIBLE_CALLBACKS_ENABLED) = ['timer', 'junit']", 'DEFAULT_FORKS(env: ANSIBLE_FORKS) = 3'])
  })

  it('dump has a heading for each plugin', () => {
    const dump = dumpSettings(settingGroups('connection', ['ssh']), { config: load(), format: 'display', onlyChanged: false })
    expect(dump).toContain('CONNECTION:\n==========\n\nssh:\n___\n')
    expect(dump).toContain('\ntimeout(default) = 10')
  })

  it('dump as JSON names value and origin', () => {
    const dump: unknown = JSON.parse(dumpSettings(settingGroups('base', []), { config: load(), format: 'json', onlyChanged: false }))
    expect(dump).toContainEqual({ name: 'DEFAULT_TIMEOUT', origin: 'default', value: 10 })
  })

  it('dump shows the servers of Galaxy that are listed', () => {
    const config = load({ ANSIBLE_GALAXY_SERVER_LIST: 'mine', ANSIBLE_GALAXY_SERVER_MINE_URL: 'https://galaxy.example/' })
    const servers = galaxyServers(config)
    const dump = JSON.parse(dumpSettings(servers, { config, format: 'json', onlyChanged: false })) as readonly [{ GALAXY_SERVERS: Record<string, Record<string, unknown>> }]
    expect(dump[0].GALAXY_SERVERS['mine']).toMatchObject({ url: ['url', 'https://galaxy.example/', 'env: ANSIBLE_GALAXY_SERVER_MINE_URL', null], timeout: ['timeout', 60, 'default', null] })
    expect(dumpSettings(servers, { config, format: 'display', onlyChanged: true })).toBe('\nGALAXY_SERVERS:\n\n\nmine\n====\nurl(env: ANSIBLE_GALAXY_SERVER_MINE_URL) = https://galaxy.example/')
  })

  it('list describes every setting', () => {
    const list = JSON.parse(listSettings(settingGroups('base', []), 'json')) as Record<string, { description: string }>
    expect(list['DEFAULT_FORKS']).toMatchObject({ type: 'int', env: [{ name: 'ANSIBLE_FORKS' }], ini: [{ section: 'defaults', key: 'forks' }] })
    expect(Object.values(list).filter(({ description }) => description === '')).toEqual([])
  })

  it('init writes a file that can be read, with no key twice', () => {
    const { entries, problems } = readIni({ path: 'ansible.cfg', text: initText(settingGroups('all', []), { format: 'ini', disabled: false }) })
    expect(problems).toEqual([])
    expect(entries).toContainEqual(expect.objectContaining({ section: 'defaults', key: 'timeout', value: '10' }))
  })

  it('init --disabled writes comments only', () => {
    expect(readIni({ path: 'ansible.cfg', text: initText(settingGroups('all', []), { format: 'ini', disabled: true }) }).entries).toEqual([])
  })

  it('validate finds variables that no setting reads', () => {
    const found = unknownNames(load({ ANSIBLE_COW_DESTRUCTION: '1', ANSIBLE_COW_SELECTION: '1', ANSIBLE_FORK: '1' }), settingGroups('all', []), 'env')
    expect(found.map(({ name }) => name)).toEqual(['ANSIBLE_COW_DESTRUCTION', 'ANSIBLE_FORK'])
    expect(found[1]?.why).toContain('ANSIBLE_FORKS')
  })
})
