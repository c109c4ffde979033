import type { JsonObject } from '../../value/value.ts'
import type { RawFacts } from './raw-facts.ts'

/** `distribution*`, `os_family` and `lsb`. */
export function distributionFacts(raw: RawFacts): JsonObject {
  const release = osRelease(raw)
  const name = distributionName(release)
  const version = distributionVersion(raw, { name, id: release['VERSION_ID'] ?? '' })
  const [major = '', minor] = version.split('.')
  const family = familyOf(name)
  return {
    distribution: name,
    distribution_version: version,
    distribution_major_version: major,
    ...minor !== undefined && name === 'Debian' ? { distribution_minor_version: minor } : {},
    distribution_release: codename(release),
    distribution_file_path: raw.file('/etc/os-release') === undefined ? '/usr/lib/os-release' : '/etc/os-release',
    distribution_file_variety: family === 'Debian' ? 'Debian' : name,
    distribution_file_parsed: Object.keys(release).length > 0,
    os_family: family,
  }
}

/** `lsb`: what lsb_release, or else /etc/lsb-release, says. */
export function lsbFacts(raw: RawFacts): JsonObject {
  const release = osRelease(raw)
  const lsb = assignments(raw.file('/etc/lsb-release'))
  const told = Object.keys(lsb).length > 0
  if (!told && !/\/lsb_release$/m.test(raw.part('programs'))) return { lsb: {} }
  const field = (own: string, other: string) => (told ? lsb[own] : undefined) ?? other
  const version = field('DISTRIB_RELEASE', release['VERSION_ID'] ?? '')
  return {
    lsb: {
      id: field('DISTRIB_ID', distributionName(release)),
      release: version,
      major_release: version.replace(/\..*/, ''),
      codename: field('DISTRIB_CODENAME', codename(release)),
      description: field('DISTRIB_DESCRIPTION', release['PRETTY_NAME'] ?? ''),
    },
  }
}

function familyOf(name: string): string {
  return FAMILIES.find(([, members]) => members.includes(name))?.[0] ?? name
}

function osRelease(raw: RawFacts): Readonly<Record<string, string>> {
  return assignments(raw.file('/etc/os-release') ?? raw.file('/usr/lib/os-release'))
}

function assignments(text: string | undefined): Readonly<Record<string, string>> {
  const lines = [...(text ?? '').matchAll(/^([A-Z_]+)=(.*)$/gm)]
  return Object.fromEntries(lines.map(([, name = '', value = '']) => [name, value.trim().replace(/^(["'])(.*)\1$/, '$2')]))
}

function distributionName({ NAME: name = '', ID: id = '' }: Readonly<Record<string, string>>): string {
  return NAMES.find(([pattern]) => pattern.test(name))?.[1] ?? (name || id || 'Linux')
}

const NAMES: readonly (readonly [RegExp, string])[] = [
  [/^Debian/, 'Debian'], [/^Ubuntu/, 'Ubuntu'], [/^Raspbian/, 'Raspbian'], [/^Kali/, 'Kali'], [/^Devuan/, 'Devuan'], [/^Linux ?Mint/, 'Linux Mint'], [/^LMDE/, 'Linux Mint Debian Edition'],
  [/^Pop!_OS/, 'Pop!_OS'],
  [/^CentOS/, 'CentOS'], [/^Red Hat Enterprise/, 'RedHat'], [/^Rocky/, 'Rocky'], [/^AlmaLinux/, 'AlmaLinux'], [/^Fedora/, 'Fedora'], [/^Oracle Linux/, 'OracleLinux'], [/^Amazon Linux/, 'Amazon'],
  [/^Alpine/, 'Alpine'], [/^Arch Linux/, 'Archlinux'], [/^Manjaro/, 'Manjaro Linux'], [/^Gentoo/, 'Gentoo'], [/^openEuler/, 'openEuler'], [/^Kylin/, 'Kylin Linux Advanced Server'], [/^Void/, 'Void'],
]

const FAMILIES: readonly (readonly [string, readonly string[]])[] = [
  ['Debian', ['Debian', 'Ubuntu', 'Raspbian', 'Kali', 'Devuan', 'Linux Mint', 'Pop!_OS', 'Neon', 'KDE neon', 'Deepin', 'Uos', 'Parrot', 'Cumulus Linux',
    'SteamOS', 'Pardus GNU/Linux', 'OSMC', 'Linux Mint Debian Edition']],
  ['RedHat', ['RedHat', 'CentOS', 'Fedora', 'Rocky', 'AlmaLinux', 'OracleLinux', 'Amazon', 'openEuler', 'Kylin Linux Advanced Server', 'Scientific', 'XenServer', 'Virtuozzo', 'TencentOS',
    'Anolis', 'RHEL', 'SLC', 'CloudLinux', 'OEL', 'Amzn', 'Alibaba', 'EulerOS', 'EuroLinux', 'MIRACLE']],
  ['Suse', ['SLES', 'SLED', 'SLES_SAP', 'openSUSE Leap', 'openSUSE Tumbleweed', 'openSUSE MicroOS', 'openSUSE', 'ALP-Dolomite', 'SL-Micro']],
  ['Archlinux', ['Archlinux', 'Manjaro Linux', 'Antergos']],
  ['Alpine', ['Alpine']],
  ['Gentoo', ['Gentoo', 'Funtoo']],
]

function distributionVersion(raw: RawFacts, { name, id }: { readonly name: string, readonly id: string }): string {
  const debian = raw.file('/etc/debian_version')
  // Only here does Debian tell its point release; `trixie/sid` is no number.
  if (name === 'Debian' && debian !== undefined && /^\d/.test(debian)) return debian
  if (name === 'Alpine') return raw.file('/etc/alpine-release') ?? id
  const redHat = /release (\d+(?:\.\d+)*)/.exec(raw.file('/etc/redhat-release') ?? '')?.[1]
  return (name === 'CentOS' ? redHat : undefined) ?? id
}

function codename(release: Readonly<Record<string, string>>): string {
  const said = release['VERSION_CODENAME'] || release['UBUNTU_CODENAME']
  return said || /\(([^)]+)\)|, (\w+)/.exec(release['VERSION'] ?? '')?.slice(1).find((text) => text !== undefined) || 'NA'
}
