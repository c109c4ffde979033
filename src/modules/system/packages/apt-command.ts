import { quoteAll } from '../../../text/shell-quote.ts'

/** Arguments of `apt` that become options of apt-get. */
export interface AptOptions {
  readonly purge: boolean
  readonly autoremove: boolean
  readonly default_release: string | undefined
  readonly install_recommends: boolean | undefined
  readonly force: boolean
  readonly allow_unauthenticated: boolean
  readonly allow_downgrade: boolean
  readonly allow_change_held_packages: boolean
  readonly only_upgrade: boolean
  readonly fail_on_autoremove: boolean
  readonly dpkg_options: string
  readonly lock_timeout: number
  readonly policy_rc_d: number | undefined
}

/** Options that decide what apt-get does: a simulation needs them too. */
export function planWords(options: AptOptions): readonly string[] {
  const flag = (given: boolean, ...words: readonly string[]) => given ? words : []
  return [
    ...options.default_release === undefined ? [] : ['-t', options.default_release],
    ...options.install_recommends === undefined ? [] : ['-o', `APT::Install-Recommends=${options.install_recommends ? 'yes' : 'no'}`],
    ...flag(options.purge, '--purge'),
    ...flag(options.autoremove, '--auto-remove'),
    ...flag(options.only_upgrade, '--only-upgrade'),
    ...flag(options.fail_on_autoremove, '--no-remove'),
    ...flag(options.allow_unauthenticated || options.force, '--allow-unauthenticated'),
    ...flag(options.allow_downgrade || options.force, '--allow-downgrades'),
    ...flag(options.allow_change_held_packages || options.force, '--allow-change-held-packages'),
    ...flag(options.force, '--allow-remove-essential'),
  ]
}

/** Shell source of a real apt-get; it asks nobody anything. */
export function aptCommand(options: AptOptions, words: readonly string[]): string {
  const dpkg = options.dpkg_options.split(',').filter((option) => option !== '').flatMap((option) => ['-o', `Dpkg::Options::=--${option.trim()}`])
  const all = ['-o', 'Dpkg::Use-Pty=0', '-y', ...dpkg, '-o', `DPkg::Lock::Timeout=${options.lock_timeout}`, ...planWords(options), ...words]
  return withPolicy(options.policy_rc_d, `LC_ALL=C DEBIAN_FRONTEND=noninteractive DEBIAN_PRIORITY=critical APT_LISTCHANGES_FRONTEND=none apt-get ${quoteAll(all)}`)
}

// /usr/sbin/policy-rc.d decides whether packages may start services while they are set up.
function withPolicy(status: number | undefined, command: string): string {
  if (status === undefined) return command
  return `p=/usr/sbin/policy-rc.d
if [ -e "$p" ]; then mv -f "$p" "$p.tsplay"; fi
printf '#!/bin/sh\\nexit ${status}\\n' >"$p" && chmod 755 "$p"
${command}
s=$?
rm -f "$p"
if [ -e "$p.tsplay" ]; then mv -f "$p.tsplay" "$p"; fi
exit "$s"`
}
