import type { RawFacts } from '../raw-facts.ts'
import { assignments, releaseLine, type ReleaseLine } from './release-texts.ts'

/** What a system calls itself, as Python's `distro` tells it, which Ansible asks first. */
export interface Identity {
  /** `Debian`, `Redhat`, `Opensuse-tumbleweed`: its short name with a capital. */
  readonly name: string
  /** Undefined: nowhere said. */
  readonly version: string | undefined
  /** May be empty: it has none and says so. */
  readonly codename: string | undefined
}

export function identityOf(raw: RawFacts): Identity {
  const sources = { release: assignments(raw.file('/etc/os-release') ?? raw.file('/usr/lib/os-release')), lsb: assignments(raw.file('/etc/lsb-release')), file: releaseFile(raw) }
  const id = idOf(sources)
  return { name: capitalized(NAMES[id] ?? id) || 'OtherLinux', version: versionOf(id, sources, raw), codename: codenameOf(id, sources) }
}

interface Sources {
  readonly release: Readonly<Record<string, string>>
  readonly lsb: Readonly<Record<string, string>>
  /** The first file of /etc that is called after a system (`centos-release`), and its name. */
  readonly file: (ReleaseLine & { readonly id: string }) | undefined
}

function releaseFile(raw: RawFacts): Sources['file'] {
  const found = raw.files(/^\/etc\/(\w+)[-_](?:release|version)$/).map(([[path, id = ''], text]) => ({ path, id, line: releaseLine(text) })).sort((a, b) => (a.path < b.path ? -1 : 1))
  const first = found.find(({ path, line }) => line !== undefined && !UNTELLING.test(path))
  if (first?.line === undefined) return undefined
  return { ...first.line, id: /cloudlinux/i.test(first.line.name) ? 'cloudlinux' : first.id }
}

/** Files of no system in particular. */
const UNTELLING = /\/(?:debian_version|(?:lsb|oem|os|system|plesk|iredmail|board)-release|ec2_version)$/

function idOf({ release, lsb, file }: Sources): string {
  const normal = (text: string): string => text.toLowerCase().replaceAll(' ', '_')
  if (release['ID']) return RELEASE_IDS[normal(release['ID'])] ?? normal(release['ID'])
  if (lsb['DISTRIB_ID']) return /^redhatenterprise(?:workstation|server|computenode)$/.test(normal(lsb['DISTRIB_ID'])) ? 'rhel' : normal(lsb['DISTRIB_ID'])
  return file === undefined ? '' : file.id === 'redhat' ? 'rhel' : normal(file.id)
}

const RELEASE_IDS: Readonly<Record<string, string>> = { ol: 'oracle', 'opensuse-leap': 'opensuse' }
const NAMES: Readonly<Record<string, string>> = { amzn: 'amazon', rhel: 'redhat' }

function versionOf(id: string, sources: Sources, raw: RawFacts): string | undefined {
  const told = versions(id, sources, raw).filter((version) => version !== undefined && version !== '')
  if (id !== 'centos' && id !== 'debian') return told[0]
  const best = told.reduce((most, version) => (most === undefined || dots(version) > dots(most) ? version : most), undefined)
  return id === 'centos' ? best?.split('.').slice(0, 2).join('.') : best
}

/** All that is told of it, the most trusted first. */
function versions(id: string, { release, lsb, file }: Sources, raw: RawFacts): readonly (string | undefined)[] {
  const isDebian = id === 'debian' || (release['ID_LIKE'] ?? '').split(' ').includes('debian')
  const forPeople = [release['PRETTY_NAME'], lsb['DISTRIB_DESCRIPTION']].map((text) => releaseLine(text ?? '')?.version)
  return [release['VERSION_ID'], lsb['DISTRIB_RELEASE'], file?.version, ...forPeople, ...isDebian ? [raw.file('/etc/debian_version')] : []]
}

function dots(version: string | undefined): number {
  return (version ?? '').split('.').length
}

/** A field that is said to be empty counts: the system has no such name. */
function codenameOf(id: string, { release, lsb, file }: Sources): string | undefined {
  const ofUbuntu = id === 'ubuntu' ? lsb['DISTRIB_CODENAME'] : undefined
  const said = release['VERSION_CODENAME'] ?? release['UBUNTU_CODENAME'] ?? ofUbuntu
  if (said !== undefined) return said
  const [, inBrackets, behindComma] = /\((\D+)\)|,\s*(\D+)/.exec(release['VERSION'] ?? '') ?? []
  return [inBrackets, behindComma, lsb['DISTRIB_CODENAME'], file?.codename].find((name) => name !== undefined && name !== '')
}

function capitalized(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1).toLowerCase()
}
