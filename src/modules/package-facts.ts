import { defineAction } from '../module/define-module.ts'
import { ModuleFailure } from '../module/module.ts'
import type { Remote } from '../remote/remote.ts'
import type { JsonObject } from '../value/value.ts'

/** `ansible.builtin.package_facts`: all installed packages, as facts. */
export const packageFacts = defineAction({
  name: 'package_facts',
  summary: 'Tell all packages that are installed.',
  where: 'host',
  check: 'run',
  args: {
    manager: { type: 'list', elements: 'str', default: ['auto'], description: 'Which databases: `auto`, apt, rpm, apk, pacman.' },
    strategy: { type: 'str', default: 'first', choices: ['first', 'all'], description: 'Whether the first database that is there will do.' },
  },
  examples: [{ name: 'What is installed', args: {} }],
  observe: async ({ manager }, remote) => Promise.all(sourcesOf(manager).map((source) => ask(source, remote))),
  run: async ({ manager, strategy }, { remote }) => {
    const sources = sourcesOf(manager)
    const answers = await Promise.all(sources.map((source) => ask(source, remote)))
    const found = answers.flatMap(({ problem, packages }) => problem === undefined && packages.length > 0 ? [packages] : [])
    const warnings = manager.includes('auto') ? {} : warningsOf(answers)
    if (found.length === 0) throw new ModuleFailure(`Could not detect a supported package manager from the following list: ${sources.join(', ')}`, warnings)
    const facts: JsonObject = { packages: byName(strategy === 'first' ? found.slice(0, 1).flat() : found.flat()) }
    return { changed: false, effects: [{ kind: 'facts', facts }], fields: { ansible_facts: facts, ...warnings } }
  },
})

/** What a database says of its packages, or why it says nothing. */
interface Listing {
  readonly packages: readonly InstalledPackage[]
  readonly problem?: string
}

function warningsOf(answers: readonly Listing[]): JsonObject {
  const warnings = answers.flatMap(({ problem }) => problem === undefined ? [] : [problem])
  return warnings.length === 0 ? {} : { warnings }
}

type Source = keyof typeof SCRIPTS

interface InstalledPackage {
  readonly name: string
  readonly version: string
  readonly arch: string
  readonly source: string
  readonly [field: string]: string | number | null
}

/** Each prints a line a package, with tabs between its fields. */
const SCRIPTS = {
  apt: "dpkg-query -W -f '${db:Status-Status}\\t${Package}\\t${Version}\\t${Architecture}\\t${Section}\\n'",
  rpm: "rpm -qa --qf 'installed\\t%{NAME}\\t%{VERSION}\\t%{ARCH}\\t%{GROUP}\\t%{RELEASE}\\t%{EPOCH}\\n'",
  apk: "apk info -v | sed -n 's/^\\(.*\\)-\\([0-9][^-]*-r[0-9]*\\)$/installed\\t\\1\\t\\2\\t\\t/p'",
  pacman: "pacman -Q | sed 's/^\\([^ ]*\\) \\(.*\\)$/installed\\t\\1\\t\\2\\t\\t/'",
} as const

const PROGRAMS: Readonly<Record<Source, string>> = { apt: 'dpkg-query', rpm: 'rpm', apk: 'apk', pacman: 'pacman' }

function sourcesOf(managers: readonly string[]): readonly Source[] {
  const all = Object.keys(SCRIPTS) as Source[]
  const named = managers.flatMap((name) => name === 'auto' ? all : name in SCRIPTS ? [name as Source] : ALIASES[name] ?? [])
  const unknown = managers.find((name) => name !== 'auto' && !(name in SCRIPTS) && ALIASES[name] === undefined)
  if (unknown !== undefined) throw new ModuleFailure(`Unsupported package managers requested: ${unknown}`)
  return [...new Set(named)]
}

const ALIASES: Readonly<Record<string, readonly Source[]>> = {
  dnf: ['rpm'], dnf5: ['rpm'], yum: ['rpm'], zypper: ['rpm'], portage: [], pkg: [], pkg5: [], pkg_info: [], openbsd_pkg: [],
}

const NO_PROGRAM = 127

function ask(source: Source, remote: Remote): Promise<Listing> {
  return remote.read({
    kind: 'script',
    key: `packages:${source}`,
    script: `command -v ${PROGRAMS[source]} >/dev/null || exit ${NO_PROGRAM}; ${SCRIPTS[source]}`,
    parse: ({ status, stdout, stderr }) => {
      const packages = stdout.toString('utf8').split('\n').map((line) => line.split('\t')).filter(([state]) => state === 'installed').map((fields) => parsePackage(source, fields))
      if (packages.length > 0) return { packages }
      const why = status === NO_PROGRAM ? `Requested package manager ${source} was not usable by this module: there is no program ${PROGRAMS[source]}` : `Failed to retrieve packages with ${source}: Unable to list packages: ${stderr.toString('utf8').trim()}`
      return { packages, problem: why }
    },
  })
}

function parsePackage(source: Source, fields: readonly string[]): InstalledPackage {
  const [name, version, arch, section, release, epoch] = fields.slice(1) as [string, string, string, string, string?, string?]
  if (source === 'rpm') return { name, version, release: release ?? '', epoch: Number.isNaN(Number(epoch)) ? null : Number(epoch), arch, source }
  return source === 'apt' ? { name, version, arch, category: section, origin: '', source } : { name, version, arch, source }
}

function byName(packages: readonly InstalledPackage[]): JsonObject {
  const named = new Map<string, InstalledPackage[]>()
  for (const one of packages) named.set(one.name, [...named.get(one.name) ?? [], one])
  return Object.fromEntries(named)
}
