import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { eachOf, run } from '../control/run.ts'
import { nameInRegion } from '../site/load.ts'
import type { Host, Site } from '../site/types.ts'
import { file, text, type HostFile } from '../generate/host-file.ts'

/** The key pairs of a site: the lab's own, the platform's, and one a host. */
export interface Keys {
  readonly folder: string
  readonly knownHosts: string
}

/** Makes all key pairs in `folder`. */
export async function makeKeys(folder: string, site: Site, hosts: readonly Host[]): Promise<Keys> {
  mkdirSync(join(folder, 'hosts'), { recursive: true })
  await Promise.all([makeKey(join(folder, 'lab'), 'lab'), makeKey(join(folder, 'platform'), `root@${site.name}`)])
  await eachOf(hosts, 4, ({ name }) => makeKey(join(folder, 'hosts', name), name))
  const knownHosts = text(...hosts.map((host) => `${namesOf(host).join(',')} ${publicKey(folder, host)}`))
  writeFileSync(join(folder, 'known_hosts'), knownHosts)
  return { folder, knownHosts }
}

/** What every host shares: who may log in, the platform's key, everybody's host keys. */
export const sharedKeyFiles = ({ folder, knownHosts }: Keys): readonly HostFile[] => [
  file('/root/.ssh/authorized_keys', readFileSync(join(folder, 'lab.pub'), 'utf8') + readFileSync(join(folder, 'platform.pub'), 'utf8'), 0o600),
  file('/root/.ssh/id_ed25519', readFileSync(join(folder, 'platform'), 'utf8'), 0o600),
  file('/root/.ssh/id_ed25519.pub', readFileSync(join(folder, 'platform.pub'), 'utf8')),
  file('/etc/ssh/ssh_known_hosts', knownHosts),
]

/** A host's own key pair. */
export const hostKeyFiles = ({ folder }: Keys, { name }: Host): readonly HostFile[] => [
  file('/etc/ssh/ssh_host_ed25519_key', readFileSync(join(folder, 'hosts', name), 'utf8'), 0o600),
  file('/etc/ssh/ssh_host_ed25519_key.pub', readFileSync(join(folder, 'hosts', `${name}.pub`), 'utf8')),
]

async function makeKey(path: string, comment: string): Promise<void> {
  await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', comment, '-f', path])
}

const namesOf = (host: Host): readonly string[] => [...new Set([host.address, host.name, nameInRegion(host.zone, host.name)])]

const publicKey = (folder: string, { name }: Host): string => readFileSync(join(folder, 'hosts', `${name}.pub`), 'utf8').trim()
