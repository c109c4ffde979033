import { describe, expect, it } from 'vitest'
import { packageManagerFacts, serviceManagerFacts } from '../../../src/modules/setup/managers.ts'
import { parseRawFacts } from '../../../src/modules/setup/raw-facts.ts'

interface Host { readonly id?: string, readonly exists?: readonly string[], readonly programs?: readonly string[], readonly first?: string }

function host({ id = 'mine', exists = [], programs = [], first }: Host) {
  const files = [`/etc/os-release:ID=${id}`, `/etc/os-release:NAME=${id}`, ...id === 'fedora' ? ['/etc/redhat-release:Fedora release 40 (Forty)'] : [], ...first === undefined ? [] : [`/proc/1/comm:${first}`]]
  return parseRawFacts(Object.entries({ files, exists, programs }).map(([name, lines]) => `\u001e${name}\n${lines.join('\n')}\n`).join(''))
}

const PACKAGE_MANAGERS: readonly (readonly [string, Host, string])[] = [
  ['Debian, whatever else is there', { id: 'Debian', exists: ['/usr/bin/apt-get', '/usr/bin/dnf5', '/usr/bin/zypper'] }, 'apt'],
  ['Fedora with dnf 5', { id: 'fedora', exists: ['/usr/bin/dnf', 'dnf=dnf5', '/usr/bin/dnf5'] }, 'dnf5'],
  ['Fedora with both', { id: 'fedora', exists: ['/usr/bin/dnf', '/usr/bin/dnf5'] }, 'dnf'],
  ['a small container of Fedora', { id: 'fedora', exists: ['/usr/bin/microdnf', 'microdnf=dnf5'] }, 'dnf5'],
  ['an image-based system', { id: 'fedora', exists: ['/run/ostree-booted', '/usr/bin/dnf'] }, 'atomic_container'],
  ['an old Red Hat', { id: 'fedora', exists: ['/usr/bin/yum'] }, 'yum'],
  ['Alpine', { exists: ['/sbin/apk'] }, 'apk'],
  ['Arch', { exists: ['/usr/bin/pacman'] }, 'pacman'],
  ['nothing', {}, 'unknown'],
]

const SERVICE_MANAGERS: readonly (readonly [string, Host, string])[] = [
  ['systemd, running', { first: 'systemd' }, 'systemd'],
  ['systemd behind the name init', { first: 'init', programs: ['/usr/bin/systemctl'], exists: ['/run/systemd/system', '/etc/init.d'] }, 'systemd'],
  ['systemd in an image', { first: 'bash', programs: ['/usr/bin/systemctl'], exists: ['init=systemd', '/etc/init.d'] }, 'systemd'],
  ['openrc', { first: 'openrc-init' }, 'openrc'],
  ['openrc behind init', { first: 'init', exists: ['/sbin/openrc', '/etc/init.d'] }, 'openrc'],
  ['scripts', { first: 'init', exists: ['/etc/init.d'] }, 'sysvinit'],
  ['scripts with systemd beside', { first: 'init', programs: ['/usr/bin/systemctl'], exists: ['/etc/init.d'] }, 'sysvinit'],
  ['an init of its own', { first: 'runit' }, 'runit'],
  ['OpenWrt', { first: 'procd' }, 'openwrt_init'],
  ['a bare container', { first: 'sh' }, 'service'],
]

describe('managers', () => {
  it.each(PACKAGE_MANAGERS)('of packages on %s', (_, described, name) => {
    expect(packageManagerFacts(host(described))).toEqual({ pkg_mgr: name })
  })

  it.each(SERVICE_MANAGERS)('of services: %s', (_, described, name) => {
    expect(serviceManagerFacts(host(described))).toEqual({ service_mgr: name })
  })
})
