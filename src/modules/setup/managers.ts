import type { JsonObject } from '../../value/value.ts'
import { distributionFacts } from './distribution/facts.ts'
import type { RawFacts } from './raw-facts.ts'

/** `service_mgr`: what runs as process 1, or what the host is laid out for. */
export function serviceManagerFacts(raw: RawFacts): JsonObject {
  return { service_mgr: firstProcess(raw) ?? LAYOUTS.find(({ holds }) => holds(raw))?.name ?? 'service' }
}

/** What the first process says; a container's shell, or plain `init`, tells nothing. */
function firstProcess(raw: RawFacts): string | undefined {
  const name = raw.file('/proc/1/comm')
  return name === undefined || name === 'init' || name.endsWith('sh') ? undefined : FIRST_PROCESSES[name] ?? name
}

const FIRST_PROCESSES: Readonly<Record<string, string>> = { procd: 'openwrt_init', 'runit-init': 'runit', svscan: 'svc', 'openrc-init': 'openrc' }

const LAYOUTS: readonly { readonly name: string, readonly holds: (raw: RawFacts) => boolean }[] = [
  { name: 'openwrt_init', holds: (raw) => raw.exists('/etc/openwrt_release') },
  { name: 'simpleinit_msb', holds: (raw) => raw.exists('/etc/sourcemage-release') },
  { name: 'systemd', holds: (raw) => hasProgram(raw, 'systemctl') && ['/run/systemd/system', '/dev/.run/systemd', '/dev/.systemd'].some((path) => raw.exists(path)) },
  { name: 'upstart', holds: (raw) => hasProgram(raw, 'initctl') && raw.exists('/etc/init') },
  { name: 'openrc', holds: (raw) => raw.exists('/sbin/openrc') },
  { name: 'systemd', holds: (raw) => hasProgram(raw, 'systemctl') && raw.exists('init=systemd') },
  { name: 'sysvinit', holds: (raw) => raw.exists('/etc/init.d') },
  { name: 'dinit', holds: (raw) => raw.exists('/etc/dinit.d') },
]

function hasProgram(raw: RawFacts, name: string): boolean {
  return new RegExp(`/${name}$`, 'm').test(raw.part('programs'))
}

/** `systemd`: its version and what it was built with, where it runs. */
export function systemdFacts(raw: RawFacts): JsonObject {
  const [, version, features = ''] = /^systemd (\d+).*\n(.*)/.exec(raw.part('systemd')) ?? []
  return version === undefined ? {} : { systemd: { version: Number(version), features } }
}

/** `pkg_mgr`: of several the one that the distribution means. */
export function packageManagerFacts(raw: RawFacts): JsonObject {
  const family = distributionFacts(raw).os_family
  return { pkg_mgr: family === 'RedHat' ? redHatManager(raw) : family === 'Debian' ? 'apt' : installedManager(raw, family === 'Altlinux') }
}

/** What /usr/bin/dnf leads to; yum where there is nothing newer. */
function redHatManager(raw: RawFacts): string {
  if (raw.exists('/run/ostree-booted')) return 'atomic_container'
  const program = ['dnf', 'microdnf'].find((name) => raw.exists(`/usr/bin/${name}`))
  if (program !== undefined) return raw.exists(`${program}=dnf5`) ? 'dnf5' : 'dnf'
  return raw.exists('/usr/bin/yum') ? 'yum' : 'unknown'
}

/** Altlinux has Debian's program for packages of Red Hat's, and another program that is called pkg. */
function installedManager(raw: RawFacts, isAlt: boolean): string {
  const name = PACKAGE_MANAGERS.findLast(([path]) => raw.exists(path) && !(isAlt && path === '/usr/bin/pkg'))?.[1] ?? 'unknown'
  return isAlt && name === 'apt' ? 'apt_rpm' : name
}

/** `python`, where there is one. It is asked for its version only, which costs a millisecond or two. */
export function pythonFacts(raw: RawFacts): JsonObject {
  const executable = /^\/\S+$/m.exec(raw.part('python'))?.[0]
  const [, minor, micro, stage = '', serial = '0'] = /^Python 3\.(\d+)\.(\d+)(?:(a|b|rc)(\d+))?/m.exec(raw.part('python')) ?? []
  if (executable === undefined || minor === undefined) return {}
  const version = { major: 3, minor: Number(minor), micro: Number(micro), releaselevel: STAGES[stage] ?? 'final', serial: Number(serial) }
  return { python: { executable, type: 'cpython', version, version_info: Object.values(version), has_sslcontext: true } }
}

const STAGES: Readonly<Record<string, string>> = { a: 'alpha', b: 'beta', rc: 'candidate' }

/** Of several that are installed the last one counts. */
export const PACKAGE_MANAGERS = [
  ['/usr/bin/rpm-ostree', 'atomic_container'], ['/usr/bin/yum', 'dnf'], ['/usr/bin/dnf-3', 'dnf'], ['/usr/bin/dnf5', 'dnf5'], ['/usr/bin/apt-get', 'apt'], ['/usr/bin/zypper', 'zypper'],
  ['/usr/sbin/urpmi', 'urpmi'], ['/usr/bin/pacman', 'pacman'], ['/bin/opkg', 'opkg'], ['/usr/pkg/bin/pkgin', 'pkgin'], ['/usr/local/bin/brew', 'homebrew'], ['/sbin/apk', 'apk'],
  ['/usr/bin/emerge', 'portage'], ['/usr/bin/pkg', 'pkg5'], ['/usr/bin/xbps-install', 'xbps'], ['/usr/bin/swupd', 'swupd'], ['/usr/sbin/sorcery', 'sorcery'],
] as const
