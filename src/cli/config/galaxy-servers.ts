import type { Config } from '../../config/config.ts'
import type { Setting } from '../../config/setting.ts'
import type { NamedSetting, SettingGroup } from './setting-groups.ts'

/** What the type of these groups is called. */
export const GALAXY_SERVER = 'galaxy_server'

/** The settings of each server of `server_list`, which only the programs that install from Galaxy use: `[galaxy_server.NAME]` of ansible.cfg. */
export function galaxyServers(config: Config): readonly SettingGroup[] {
  return (config.get('GALAXY_SERVER_LIST') ?? []).map((server) => ({ type: GALAXY_SERVER, plugin: server, settings: settingsOf(server) }))
}

function settingsOf(server: string): ReadonlyMap<string, NamedSetting> {
  return new Map(Object.entries(OPTIONS).map(([option, facts]) => [option, namedSetting(server, option, facts)]))
}

const OPTIONS: Readonly<Record<string, Pick<Setting, 'type' | 'choices'>>> = {
  url: { type: 'string' }, username: { type: 'string' }, password: { type: 'string' }, token: { type: 'string' }, auth_url: { type: 'string' },
  api_version: { type: 'int', choices: ['2', '3'] }, validate_certs: { type: 'bool' }, client_id: { type: 'string' }, timeout: { type: 'int' },
}

function namedSetting(server: string, option: string, facts: Pick<Setting, 'type' | 'choices'>): NamedSetting {
  return {
    name: `${GALAXY_SERVER}.${server}.${option}`,
    setting: {
      ...facts, ...option === 'timeout' && { default: 60 },
      env: [`ANSIBLE_GALAXY_SERVER_${server.toUpperCase()}_${option.toUpperCase()}`], ini: [`${GALAXY_SERVER}.${server}.${option}`],
      unused: 'Nothing is installed from Galaxy.',
    },
  }
}
