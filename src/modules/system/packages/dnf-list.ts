import type { Remote } from '../../../remote/remote.ts'
import type { JsonObject } from '../../../value/value.ts'
import type { DnfArguments } from './dnf-arguments.ts'
import { dnfCommand, type DnfProgram } from './dnf-command.ts'

const FORMAT = '%{name}|%{arch}|%{epoch}|%{release}|%{version}|%{repoid}\\n'

/** What `list` asks for. */
export async function listed(given: DnfArguments, program: DnfProgram, remote: Remote): Promise<readonly JsonObject[]> {
  const what = given.list ?? ''
  const asked = (words: readonly string[]): Promise<readonly string[]> => remote.read({
    kind: 'script', isCostly: true, key: `dnf:list:${words.join(' ')}:${JSON.stringify(given)}`, script: dnfCommand(program, given, ['-q', ...words]),
    parse: ({ stdout }) => stdout.toString('utf8').split('\n').map((line) => line.trim()).filter((line) => line !== ''),
  })
  if (what === 'repos' || what === 'repositories') return repositories(await asked(['repolist']))
  const kinds = KINDS[what] ?? [[what, '--installed'], [what]]
  return (await Promise.all(kinds.map((words) => asked(['repoquery', ...words, '--qf', FORMAT])))).flat().flatMap(packageOf)
}

const KINDS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  installed: [['--installed']], available: [['--available']], updates: [['--upgrades']], upgrades: [['--upgrades']],
}

function repositories(lines: readonly string[]): readonly JsonObject[] {
  return lines.filter((line) => !/^repo id\b/.test(line)).map((line) => ({ repoid: line.split(/\s+/)[0] ?? '', state: 'enabled' }))
}

function packageOf(line: string): readonly JsonObject[] {
  const fields = line.split('|')
  if (fields.length < 6) return []
  const [name, arch, epoch, release, version, repository] = fields as [string, string, string, string, string, string]
  const isInstalled = repository === '@System' || repository === ''
  const nevra = `${epoch}:${name}-${version}-${release}.${arch}`
  return [{ name, arch, epoch, release, version, repo: isInstalled ? 'installed' : repository, yumstate: isInstalled ? 'installed' : 'available', nevra, envra: nevra }]
}
