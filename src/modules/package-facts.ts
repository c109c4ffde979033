import { defineAction } from '../module/define-module.ts'
import { ModuleFailure } from '../module/module.ts'
import type { Remote } from '../remote/remote.ts'
import type { JsonObject } from '../value/value.ts'
import { packageSource, SOURCES, type InstalledPackage, type PackageSource, type SourceName } from './system/packages/package-sources.ts'

/** `ansible.builtin.package_facts`: all installed packages, as facts. */
export const packageFacts = defineAction({
  name: 'package_facts',
  summary: 'Tell all packages that are installed.',
  where: 'host',
  check: 'run',
  args: {
    manager: { type: 'list', elements: 'str', default: ['auto'], description: 'Which databases: `auto`, apt, rpm, apk, pacman, portage, pkg, pkg_info.' },
    strategy: { type: 'str', default: 'first', choices: ['first', 'all'], description: 'Whether the first database that is there will do.' },
  },
  examples: [{ name: 'What is installed', args: {} }],
  observe: async ({ manager }, remote) => Promise.all(sourcesOf(manager).map((name) => ask(name, remote))),
  run: async ({ manager, strategy }, { remote }) => {
    const sources = sourcesOf(manager)
    const all = await Promise.all(sources.map((name) => ask(name, remote)))
    const first = all.findIndex(({ usable }) => usable)
    // As with Ansible, those behind the first usable one are not looked at.
    const answers = strategy === 'first' && first >= 0 ? all.slice(0, first + 1) : all
    const warnings = warningsOf(answers, manager)
    if (first < 0) throw new ModuleFailure(`Could not detect a supported package manager from the following list: ${sources.join(', ')}`, warnings)
    const facts: JsonObject = { packages: Object.assign({}, ...answers.map(({ packages }) => byName(packages))) as JsonObject }
    return { changed: false, effects: [{ kind: 'facts', facts }], fields: { ansible_facts: facts, ...warnings } }
  },
})

/** What a database says of its packages, or why it says nothing. */
interface Listing {
  readonly name: SourceName
  /** Its program is there. */
  readonly usable: boolean
  readonly packages: readonly InstalledPackage[]
  readonly problem?: string
}

/** Databases that were not asked for by name are silent when they are not there. */
function warningsOf(answers: readonly Listing[], asked: readonly string[]): JsonObject {
  const warnings = answers.flatMap(({ name, usable, problem }) => problem !== undefined && (usable || asked.includes(name)) ? [problem] : [])
  return warnings.length === 0 ? {} : { warnings }
}

const ALIASES: Readonly<Record<string, SourceName>> = { dnf: 'rpm', dnf5: 'rpm', yum: 'rpm', zypper: 'rpm', pkg5: 'pkg', pkgng: 'pkg', openbsd_pkg: 'pkg_info' }

function sourcesOf(managers: readonly string[]): readonly SourceName[] {
  const unknown = managers.filter((name) => name !== 'auto' && sourceNamed(name) === undefined)
  if (unknown.length > 0) throw new ModuleFailure(managers.includes('auto') ? 'Could not auto detect a usable package manager, check warnings for details.' : `Unsupported package managers requested: ${unknown.join(', ')}`)
  const named = managers.flatMap((name) => name === 'auto' ? [] : sourceNamed(name) ?? [])
  return [...new Set([...named, ...managers.includes('auto') ? SOURCES : []])]
}

function sourceNamed(name: string): SourceName | undefined {
  const lower = name.toLowerCase()
  return ALIASES[lower] ?? SOURCES.find((source) => source === lower)
}

const NO_PROGRAM = 127
const PROGRAM_FOLDERS = ['/usr/bin', '/usr/sbin', '/bin', '/sbin', '/usr/local/bin', '/usr/local/sbin']

function ask(name: SourceName, remote: Remote): Promise<Listing> {
  const source = packageSource(name)
  return remote.read({
    kind: 'script',
    key: `packages:${name}`,
    // A program that a task before this one puts there counts.
    readsPaths: PROGRAM_FOLDERS.map((folder) => `${folder}/${source.program}`),
    script: `command -v ${source.program} >/dev/null || exit ${NO_PROGRAM}; ${source.script}`,
    parse: ({ status, stdout, stderr }) => listing(name, source, { status, stdout: stdout.toString('utf8'), stderr: stderr.toString('utf8').trim() }),
  })
}

interface Answer {
  readonly status: number
  readonly stdout: string
  readonly stderr: string
}

function listing(name: SourceName, { program, parse }: PackageSource, { status, stdout, stderr }: Answer): Listing {
  if (status === NO_PROGRAM) return { name, usable: false, packages: [], problem: `Requested package manager ${name} was not usable by this module: there is no program ${program}` }
  if (status !== 0) return { name, usable: true, packages: [], problem: `Failed to retrieve packages with ${name}: Unable to list packages rc=${status} : ${stderr}` }
  return { name, usable: true, packages: parse(stdout).map((one) => ({ ...one, source: name })) }
}

function byName(packages: readonly InstalledPackage[]): JsonObject {
  const named = new Map<string, InstalledPackage[]>()
  for (const one of packages) {
    const others = named.get(one.name)
    if (others === undefined) named.set(one.name, [one])
    else others.push(one)
  }
  return Object.fromEntries(named)
}
