import { ModuleFailure } from '../../../module/module.ts'
import type { ScriptProbe } from '../../../remote/probe.ts'
import { quote, quoteAll } from '../../../text/shell-quote.ts'

/** How a package manager other than apt and dnf is asked and told. */
export interface PackageManager {
  /** Shell source that succeeds when `$p` is installed. */
  readonly isInstalled: string
  readonly install: string
  readonly remove: string
  readonly upgrade: string
  /** Shell source that succeeds when a newer version of `$p` is there. */
  readonly isOutdated: string
}

export type ManagerName = 'apt' | 'dnf' | 'zypper' | 'apk' | 'pacman' | 'unknown'

/** Which package manager the host has. */
export const MANAGER_PROBE: ScriptProbe<ManagerName> = {
  kind: 'script',
  key: 'package-manager',
  script: 'for c in apt-get dnf yum zypper apk pacman; do if command -v "$c" >/dev/null; then echo "$c"; break; fi; done',
  parse: ({ stdout }) => {
    const found = stdout.toString('utf8').trim()
    return found === '' ? 'unknown' : managerNamed(found)
  },
}

export const MANAGERS: Readonly<Record<Exclude<ManagerName, 'apt' | 'dnf' | 'unknown'>, PackageManager>> = {
  zypper: { isInstalled: 'rpm -q --whatprovides "$p"', install: 'zypper -n install', remove: 'zypper -n remove', upgrade: 'zypper -n update', isOutdated: 'zypper -n list-updates | grep -q " $p "' },
  apk: { isInstalled: 'apk info -e "$p"', install: 'apk add', remove: 'apk del', upgrade: 'apk add -u', isOutdated: 'apk version -q -l "<" "$p" | grep -q .' },
  pacman: { isInstalled: 'pacman -Q "$p"', install: 'pacman -S --noconfirm --needed', remove: 'pacman -R --noconfirm', upgrade: 'pacman -S --noconfirm', isOutdated: 'pacman -Qu "$p"' },
}

/** The manager that goes by a name: that of its module or of its program. */
export function managerNamed(name: string): ManagerName {
  const short = name.slice(name.lastIndexOf('.') + 1)
  const manager = PROGRAMS[short] ?? short
  if (manager !== 'apt' && manager !== 'dnf' && !Object.hasOwn(MANAGERS, manager)) throw new ModuleFailure(`Could not find a matching action for the "${name}" package manager.`)
  return manager as ManagerName
}

const PROGRAMS: Readonly<Record<string, ManagerName>> = { 'apt-get': 'apt', dnf5: 'dnf', yum: 'dnf' }

export type InstalledState = 'absent' | 'installed' | 'outdated'

/** Asks for one package; whether it is outdated only when that matters, since it may need the network. */
export function installedProbe(manager: PackageManager, name: string, options: { readonly latest: boolean }): ScriptProbe<InstalledState> {
  return {
    kind: 'script',
    key: `package:${name}${options.latest ? ':latest' : ''}`,
    script: `p=${quote(name)}
if ${manager.isInstalled} >/dev/null 2>&1; then
${options.latest ? `if ${manager.isOutdated} >/dev/null 2>&1; then echo outdated; else echo installed; fi` : 'echo installed'}
else echo absent; fi`,
    parse: ({ stdout }) => stdout.toString('utf8').trim() as InstalledState,
  }
}

/** Shell source that brings packages to a state. */
export function managerCommand(manager: PackageManager, verb: 'install' | 'remove' | 'upgrade', names: readonly string[]): string {
  return `LC_ALL=C ${manager[verb]} ${quoteAll(names)}`
}
