import { writeFileSync } from 'node:fs'
import { homedir, userInfo } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import type { ConnectionTarget } from '../../src/connection/connection.ts'
import { parseSshArguments } from '../../src/connection/ssh/ssh-arguments.ts'
import { readSshConfig } from '../../src/connection/ssh/ssh-config.ts'
import { sshSettings, type SshSettings } from '../../src/connection/ssh/ssh-settings.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

let folder: string

beforeEach(() => { folder = temporaryFolder('config') })

function file(name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

/** The options that a configuration has for a host. */
function options(text: string, host: string): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(readSshConfig([file('config', text)], host, new Map()))
}

function settings(text: string, target: Partial<ConnectionTarget> = {}): SshSettings {
  return sshSettings({ kind: 'ssh', host: 'web', hostKeyChecking: true, timeout: 10, sshConfigFile: file('config', text), ...target })
}

describe('ssh_config', () => {
  it('takes the first value of an option, and all identity files', () => {
    expect(options('User early\nHost web\n User late\n IdentityFile a\nHost *\n IdentityFile b\n IdentityFile "c d"\n Port = 22', 'web'))
      .toEqual({ user: ['early'], identityfile: ['a', 'b', 'c d'], port: ['22'] })
  })

  it.each([
    ['Host web', true], ['Host w?b', true], ['Host *', true], ['Host other web', true], ['Host *.org', false], ['Host * !web', false], ['Host !other *', true],
    ['Host !web', false], ['Host w.b', false], ['Match all', true], ['Match host web', true], ['Match host other,w*', true], ['Match host other', false],
    ['Match originalhost web user somebody-else', false], [`Match user ${userInfo().username}`, true], ['Match exec true', false], ['Match host web exec true', false],
  ])('%s applies: %s', (line, applies) => {
    expect(options(`${line}\n  Port 77\n`, 'web')['port'] !== undefined).toBe(applies)
  })

  it('judges Match host by the host name found so far', () => {
    expect(options('Host web\n HostName web.example.org\nMatch host *.org\n Port 5', 'web')['port']).toEqual(['5'])
  })

  it('includes files by name and pattern, within the host they stand in', () => {
    file('one.conf', 'Port 1\n')
    file('two.conf', 'User two\n')
    file('.hidden.conf', 'User hidden\n')
    expect(options('Host other\n Include one.conf\nHost web\n Include *.conf none\n', 'web')).toEqual({ port: ['1'], user: ['two'] })
  })

  it('refuses files that include each other', () => {
    expect(() => options(`Include ${join(folder, 'config')}`, 'web')).toThrow(/Include is nested/)
  })

  it('ignores comments, blank lines and files that are not there', () => {
    expect(options('# Port 1\n\n   # x\nPort 2\r\nInclude missing\n', 'web')).toEqual({ port: ['2'] })
  })
})

describe('ssh arguments', () => {
  it('are read as ssh reads them', () => {
    const { options: read, configFile } = parseSshArguments(`-o StrictHostKeyChecking=no -oUser=bob -o "ProxyJump one,two" -p 2222 -i '~/a key' -C -vv -F/etc/x -S /tmp/socket -o ControlMaster=auto`)
    expect(Object.fromEntries(read)).toEqual({ stricthostkeychecking: ['no'], user: ['bob'], proxyjump: ['one,two'], port: ['2222'], identityfile: ['~/a key'], controlmaster: ['auto'] })
    expect(configFile).toBe('/etc/x')
  })

  it.each(['-L 80:x:80', '-o', 'word', '-W h:1'])('refuse what has no meaning here: %s', (text) => {
    expect(() => parseSshArguments(text)).toThrow(expect.objectContaining({ kind: 'unsupported' }) as Error)
  })
})

describe('ssh settings', () => {
  it('prefer ssh arguments to the inventory, and the inventory to the configuration', () => {
    const config = 'HostName %h.example.org\nUser c\nPort 3\nIdentityFile c'
    expect(settings(config)).toMatchObject({ address: 'web.example.org', user: 'c', port: 3, identityFiles: ['c'] })
    expect(settings(config, { user: 'i', port: 4, privateKeyFile: '~/i', address: '10.0.0.1' })).toMatchObject({ address: '10.0.0.1.example.org', user: 'i', port: 4, identityFiles: [join(homedir(), 'i'), 'c'], identityRequired: true })
    expect(settings(config, { user: 'i', port: 4, sshArgs: '-l a -p 5 -i a' })).toMatchObject({ user: 'a', port: 5, identityFiles: ['a', 'c'] })
  })

  it('know the usual files when nothing is said', () => {
    const found = settings('')
    expect([found.address, found.port, found.user, found.jumps, found.hostKeyChecking, found.hostKeyName]).toEqual(['web', 22, userInfo().username, [], 'strict', 'web'])
    expect(found.identityFiles).toContain(join(homedir(), '.ssh/id_ed25519'))
    expect(found.knownHostsFiles).toEqual([join(homedir(), '.ssh/known_hosts'), join(homedir(), '.ssh/known_hosts2'), '/etc/ssh/ssh_known_hosts', '/etc/ssh/ssh_known_hosts2'])
  })

  it('take known hosts, alias and checking from it', () => {
    const found = settings('UserKnownHostsFile a b/%r\nGlobalKnownHostsFile none\nHostKeyAlias Alias\nStrictHostKeyChecking accept-new\nIdentitiesOnly yes\nIdentityAgent none')
    expect(found).toMatchObject({ knownHostsFiles: ['a', `b/${userInfo().username}`], hostKeyName: 'Alias', hostKeyChecking: 'accept-new', identitiesOnly: true })
    expect(found.agentSocket).toBeUndefined()
    expect(settings('StrictHostKeyChecking yes', { hostKeyChecking: false }).hostKeyChecking).toBe('off')
  })

  it('resolve jump hosts in order, with settings of their own and without the password', () => {
    const config = 'Host web\n ProxyJump a,bob@b:2022\nHost a\n ProxyJump outer\n User anna\n HostName a.example.org\nHost b\n ProxyJump ignored'
    const found = settings(config, { user: 'root', password: 'secret' })
    expect(found.jumps.map(({ name, address, user, port, password }) => [name, address, user, port, password])).toEqual([
      ['outer', 'outer', userInfo().username, 22, undefined], ['a', 'a.example.org', 'anna', 22, undefined], ['b', 'b', 'bob', 2022, undefined],
    ])
    expect(found.password).toBe('secret')
  })

  it('take no jump hosts where there are none', () => {
    expect(settings('Host web\n ProxyJump none\nHost *\n ProxyJump j').jumps).toEqual([])
    expect(settings('Host *\n ProxyJump j').jumps.map(({ address }) => address)).toEqual(['j'])
    expect(() => settings('Host web\n ProxyJump a\nHost a\n ProxyJump b\nHost b\n ProxyJump a')).toThrow('its ProxyJump hosts go through each other')
  })
})
