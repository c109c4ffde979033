import { quoteAll } from '../../../text/shell-quote.ts'
import { gemCall, type AskedGem, type GemState } from './gem-probe.ts'

interface WantedGem extends AskedGem {
  readonly gem_source: string | undefined
  readonly include_dependencies: boolean
  readonly user_install: boolean
  readonly bindir: string | undefined
  readonly env_shebang: boolean
  readonly version: string | undefined
  readonly pre_release: boolean
  readonly include_doc: boolean
  readonly build_flags: string | undefined
  readonly force: boolean
  readonly override_platform_install_dir: boolean
}

/** Installs or removes it. */
export function gemScript(wanted: WantedGem, state: GemState): string {
  const call = gemCall(wanted)
  const norc = wanted.norc && isSince(state.program, [2, 5, 2]) ? ['--norc'] : []
  // The platform may have put its own folder before the user's: then it is given by name.
  const userFolder = wanted.override_platform_install_dir ? `u=$(${call} environment | sed -n 's/.*USER INSTALLATION DIRECTORY: *//p'); ` : ''
  return wanted.state === 'absent' ? `${userFolder}${call} ${removeWords(wanted, norc)}${verifyGone(wanted)}` : `${userFolder}${call} ${installWords(wanted, state, norc)}`
}

function installWords(wanted: WantedGem, { program }: GemState, norc: readonly string[]): string {
  const isOld = !isSince(program, [2, 0, 0])
  const flag = (holds: boolean, ...words: readonly string[]): readonly string[] => holds ? words : []
  const given = (name: string, value: string | undefined): readonly string[] => value === undefined ? [] : [name, value]
  const place = wanted.override_platform_install_dir
    ? `--no-user-install --install-dir "$u" --bindir ${wanted.bindir === undefined ? '"$u/bin"' : quoteAll([wanted.bindir])}`
    : quoteAll([wanted.user_install ? '--user-install' : '--no-user-install', ...given('--install-dir', wanted.install_dir), ...given('--bindir', wanted.bindir)])
  const before = ['install', ...norc, ...given('--version', wanted.version), ...given('--source', wanted.repository), ...flag(isOld && wanted.include_dependencies, '--include-dependencies'), ...flag(!wanted.include_dependencies, '--ignore-dependencies')]
  const after = [
    ...flag(wanted.pre_release, '--pre'), ...flag(!wanted.include_doc, ...isOld ? ['--no-rdoc', '--no-ri'] : ['--no-document']), ...flag(wanted.env_shebang, '--env-shebang'),
    ...flag(wanted.force, '--force'), wanted.gem_source ?? wanted.name, ...given('--', wanted.build_flags),
  ]
  return `${quoteAll(before)} ${place} ${quoteAll(after)}`
}

function removeWords({ version, install_dir: folder, bindir, force, name, override_platform_install_dir: overrides }: WantedGem, norc: readonly string[]): string {
  const place = overrides ? '--install-dir "$u" ' : folder === undefined ? '' : `${quoteAll(['--install-dir', folder])} `
  const rest = [...bindir === undefined ? [] : ['--bindir', bindir], ...version === undefined ? ['--all'] : ['--version', version], '--executable', ...force ? ['--force'] : [], name]
  return `${quoteAll(['uninstall', ...norc])} ${place}${quoteAll(rest)}`
}

/** gem is content with leaving gems of the platform where they are. */
function verifyGone(wanted: WantedGem): string {
  const { name, version } = wanted
  const pattern = version === undefined ? '(' : `[( ]${version.replaceAll('.', '\\.')}[,) ]`
  return ` || exit
if ${gemCall(wanted)} list ${quoteAll([`^${name}$`])} | grep -q ${quoteAll([pattern])}; then
echo ${quoteAll([`Failed to uninstall gem '${name}': it is still present after 'gem uninstall'.`])} >&2; exit 1; fi`
}

function isSince(program: readonly number[], version: readonly number[]): boolean {
  const index = version.findIndex((number, at) => number !== (program[at] ?? 0))
  return index === -1 || (program[index] ?? 0) > (version[index] ?? 0)
}
