import type { JsonObject } from '../../value/value.ts'
import type { RawFacts } from './raw-facts.ts'

/** `selinux`, `apparmor`, `fips` and `is_chroot`. */
export function securityFacts(raw: RawFacts): JsonObject {
  return {
    selinux: selinux(raw),
    apparmor: { status: raw.exists('/sys/kernel/security/apparmor') ? 'enabled' : 'disabled' },
    fips: raw.file('/proc/sys/crypto/fips_enabled') === '1',
    is_chroot: raw.exists('chroot'),
  }
}

function selinux(raw: RawFacts): JsonObject {
  const enforce = raw.file('/sys/fs/selinux/enforce')
  if (enforce === undefined) return { status: 'disabled' }
  const setting = (name: string) => new RegExp(`^${name}=(\\w+)`, 'm').exec(raw.file('/etc/selinux/config') ?? '')?.[1] ?? 'unknown'
  return {
    status: 'enabled',
    mode: enforce === '1' ? 'enforcing' : 'permissive',
    policyvers: Number(raw.file('/sys/fs/selinux/policyvers') ?? 0),
    config_mode: setting('SELINUX'),
    type: setting('SELINUXTYPE'),
  }
}
