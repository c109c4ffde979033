import type { RawFacts } from '../raw-facts.ts'
import { debianFacts } from './debian.ts'
import type { Identity } from './identity.ts'
import { suseOsFacts, suseReleaseFacts } from './suse.ts'
import { optional, type Told } from './told.ts'

export interface ReleaseFile {
  readonly path: string
  /** Whose kind of file it is: `distribution_file_variety`, and the distribution's name if it says no other. */
  readonly variety: string
  /** Undefined is told by a file of another system. Without this, that the file is there tells all. */
  readonly tell?: (text: string, known: { readonly identity: Identity, readonly raw: RawFacts }) => Told | undefined
}

const OS_RELEASE = '/etc/os-release'

/** In the order in which Ansible asks them; the first that has something to tell counts. */
export const RELEASE_FILES: readonly ReleaseFile[] = [
  { path: '/etc/altlinux-release', variety: 'Altlinux', tell: named('Altlinux', 'ALT') },
  { path: '/etc/oracle-release', variety: 'OracleLinux', tell: named('OracleLinux', 'Oracle Linux') },
  { path: '/etc/slackware-version', variety: 'Slackware', tell: (text) => text.includes('Slackware') ? { ...optional('version', /\w+[.]\w+\+?/.exec(text)?.[0]) } : undefined },
  { path: '/etc/centos-release', variety: 'CentOS', tell: (text) => text.includes('CentOS Stream') ? { release: 'Stream' } : text.includes('TencentOS Server') ? { distribution: 'TencentOS' } : undefined },
  { path: '/etc/redhat-release', variety: 'RedHat', tell: named('RedHat', 'Red Hat') },
  { path: '/etc/vmware-release', variety: 'VMwareESX' },
  { path: '/etc/openwrt_release', variety: 'OpenWrt', tell: (text) => text.includes('OpenWrt') ? distributionLines(text) : undefined },
  { path: OS_RELEASE, variety: 'Amazon', tell: amazonOsFacts },
  { path: '/etc/system-release', variety: 'Amazon', tell: (text) => text.includes('Amazon') ? { version: text.split(/\s+/).find((word) => /^\d+$/.test(word)) ?? 'NA' } : undefined },
  { path: '/etc/alpine-release', variety: 'Alpine', tell: (text) => ({ version: text }) },
  { path: '/etc/arch-release', variety: 'Archlinux' },
  { path: OS_RELEASE, variety: 'Archlinux', tell: (text) => text.includes('Arch Linux') ? {} : undefined },
  { path: OS_RELEASE, variety: 'SUSE', tell: suseOsFacts },
  { path: '/etc/SuSE-release', variety: 'SUSE', tell: suseReleaseFacts },
  { path: OS_RELEASE, variety: 'Debian', tell: debianFacts },
  { path: '/etc/lsb-release', variety: 'Debian', tell: debianFacts },
  { path: '/etc/lsb-release', variety: 'Mandriva', tell: (text) => text.includes('Mandriva') ? distributionLines(text) : undefined },
  { path: '/etc/sourcemage-release', variety: 'SMGL', tell: named('SMGL', 'Source Mage GNU/Linux') },
  { path: '/usr/lib/os-release', variety: 'ClearLinux', tell: clearFacts },
  { path: '/etc/coreos/update.conf', variety: 'Coreos', tell: (text, { identity }) => identity.name === 'Coreos' ? { ...optional('release', /^GROUP="?(.*?)"?$/.exec(text)?.[1]) } : undefined },
  { path: OS_RELEASE, variety: 'Flatcar', tell: (text, { identity }) => identity.name === 'Flatcar' ? flatcarFacts(text) : undefined },
  { path: OS_RELEASE, variety: 'NA', tell: otherFacts },
]

/** Files of Red Hat's kind begin with their system's name, and may be of another one. */
function named(variety: string, words: string): NonNullable<ReleaseFile['tell']> {
  return (text) => text.includes(words) ? { distribution: variety, searched: words } : { ...optional('distribution', text.split(/\s+/)[0]) }
}

function distributionLines(text: string): Told {
  return { ...optional('version', /DISTRIB_RELEASE="(.*)"/.exec(text)?.[1]), ...optional('release', /DISTRIB_CODENAME="(.*)"/.exec(text)?.[1]) }
}

function amazonOsFacts(text: string): Told | undefined {
  if (!text.includes('Amazon')) return undefined
  const version = /VERSION_ID="(.*)"/.exec(text)?.[1]
  if (version === undefined) return {}
  const [major = '', minor = 'NA'] = version.split('.')
  return { version, major, minor }
}

function clearFacts(text: string): Told | undefined {
  const name = /NAME="(.*)"/.exec(text)?.[1]
  if (name?.includes('Clear Linux') === false) return undefined
  const version = /VERSION_ID=(.*)/.exec(text)?.[1]
  return { ...optional('distribution', name), ...optional('version', version), ...optional('major', version), ...optional('release', /ID=(.*)/.exec(text)?.[1]) }
}

function flatcarFacts(text: string): Told {
  const version = /VERSION="?(.*?)"?$/m.exec(text)?.[1]
  return { ...optional('version', version), ...optional('major', version?.split('.')[0]) }
}

function otherFacts(text: string, { identity }: { readonly identity: Identity }): Told {
  return { ...optional('distribution', /^NAME="?(.*?)"?$/m.exec(text)?.[1]), ...identity.version === undefined && optional('version', /^VERSION="?(.*?)"?$/m.exec(text)?.[1]) }
}
