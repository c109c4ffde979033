import type { RawFacts } from '../raw-facts.ts'
import { optional, type Told } from './told.ts'

/** What /etc/os-release or /etc/lsb-release tells of Debian and of what is made of it; undefined for others. */
export function debianFacts(text: string, { raw }: { readonly raw: RawFacts }): Told | undefined {
  return KINDS.find(({ words }) => words.test(text))?.tell(text, raw)
}

interface Kind {
  readonly words: RegExp
  readonly tell: (text: string, raw: RawFacts) => Told
}

/** The first whose words are in the file: many name what they are made of, too. */
const KINDS: readonly Kind[] = [
  { words: /Debian|Raspbian/, tell: debianItself },
  { words: /Ubuntu/, tell: () => ({ distribution: 'Ubuntu' }) },
  { words: /SteamOS/, tell: () => ({ distribution: 'SteamOS' }) },
  { words: /Kali/, tell: (text) => ({ distribution: 'Kali', ...optional('release', /DISTRIB_RELEASE=(.*)/.exec(text)?.[1]) }) },
  { words: /Parrot/, tell: (text) => ({ distribution: 'Parrot', ...optional('release', /DISTRIB_RELEASE=(.*)/.exec(text)?.[1]) }) },
  { words: /Devuan/, tell: devuan },
  { words: /Cumulus/, tell: cumulus },
  { words: /Mint/, tell: (text) => ({ distribution: 'Linux Mint', ...numbered(text) }) },
  { words: /UOS|[Uu]os/, tell: (text) => ({ distribution: 'Uos', ...codenamed(text), ...numbered(text) }) },
  { words: /[Dd]eepin/, tell: (text) => ({ distribution: 'Deepin', ...codenamed(text), ...numbered(text) }) },
  { words: /LMDE/, tell: () => ({ distribution: 'Linux Mint Debian Edition' }) },
]

function debianItself(text: string, raw: RawFacts): Told {
  const points = [...(raw.file('/etc/debian_version') ?? '').matchAll(/\d+\.(\d+)/g)].map(([, point]) => point)
  return { distribution: 'Debian', ...optional('release', /PRETTY_NAME=[^(]+ \(?([^)]+?)\)/.exec(text)?.[1]), ...optional('minor', points.at(-1)) }
}

function devuan(text: string): Told {
  const version = /VERSION_ID="(.*)"/.exec(text)?.[1]
  return { distribution: 'Devuan', ...optional('release', /PRETTY_NAME="?[^("]+ \(?([^) "]+)\)?/.exec(text)?.[1]), ...optional('version', version), ...optional('major', version) }
}

function cumulus(text: string): Told {
  const version = /VERSION_ID=(.*)/.exec(text)?.[1]
  return { distribution: 'Cumulus Linux', ...optional('version', version), ...optional('major', version?.split('.')[0]), ...optional('release', /VERSION="(.*)"/.exec(text)?.[1]) }
}

function numbered(text: string): Told {
  const version = /VERSION_ID="(.*)"/.exec(text)?.[1]
  return { ...optional('version', version), ...optional('major', version?.split('.')[0]) }
}

function codenamed(text: string): Told {
  return { ...optional('release', /VERSION_CODENAME="?([^"\n]+)"?/.exec(text)?.[1]) }
}
