import type { JsonObject } from '../../value/value.ts'
import type { RawFacts } from './raw-facts.ts'

/** `service_mgr`: what runs as process 1, or what the host is laid out for. */
export function serviceManagerFacts(raw: RawFacts): JsonObject {
  return { service_mgr: serviceManager(raw) }
}

function serviceManager(raw: RawFacts): string {
  const first = raw.file('/proc/1/comm') ?? ''
  const known = FIRST_PROCESSES[first]
  if (known !== undefined) return known
  // A container's shell, or plain `init`, tells nothing.
  if (!['init', 'sh', 'bash', 'dash', 'ash', 'COMMAND', ''].includes(first) && !raw.exists('/run/systemd/system')) return first
  return LAYOUTS.find(([path]) => raw.exists(path))?.[1] ?? 'service'
}

const FIRST_PROCESSES: Readonly<Record<string, string>> = { systemd: 'systemd', procd: 'openwrt_init', 'runit-init': 'runit', runit: 'runit', svscan: 'svc', 'openrc-init': 'openrc' }

const LAYOUTS = [['/run/systemd/system', 'systemd'], ['/sbin/openrc', 'openrc'], ['/etc/init.d', 'sysvinit'], ['/etc/dinit.d', 'dinit']] as const

/** `systemd`: its version and what it was built with, where it runs. */
export function systemdFacts(raw: RawFacts): JsonObject {
  const [, version, features = ''] = /^systemd (\d+).*\n(.*)/.exec(raw.part('systemd')) ?? []
  return version === undefined ? {} : { systemd: { version: Number(version), features } }
}

/** `pkg_mgr`. */
export function packageManagerFacts(raw: RawFacts): JsonObject {
  const found = raw.part('programs').trim().split('\n').map((path) => path.slice(path.lastIndexOf('/') + 1))
  return { pkg_mgr: PACKAGE_MANAGERS.find(([program]) => found.includes(program))?.[1] ?? 'unknown' }
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

const PACKAGE_MANAGERS = [
  ['rpm-ostree', 'atomic_container'], ['apt-get', 'apt'], ['dnf5', 'dnf5'], ['dnf', 'dnf'], ['microdnf', 'dnf'], ['yum', 'yum'], ['zypper', 'zypper'], ['apk', 'apk'],
  ['pacman', 'pacman'], ['emerge', 'portage'], ['xbps-install', 'xbps'], ['opkg', 'opkg'], ['swupd', 'swupd'],
] as const
