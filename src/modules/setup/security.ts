import type { JsonObject } from '../../value/value.ts'
import type { RawFacts } from './raw-facts.ts'

/** `selinux` and `selinux_python_present`. */
export function selinuxFacts(raw: RawFacts): JsonObject {
  // Nothing of Python is needed to know it here.
  return { selinux: selinux(raw), selinux_python_present: true }
}

/** `apparmor`. */
export function apparmorFacts(raw: RawFacts): JsonObject {
  return { apparmor: { status: raw.exists('/sys/kernel/security/apparmor') ? 'enabled' : 'disabled' } }
}

/** `fips`. */
export function fipsFacts(raw: RawFacts): JsonObject {
  return { fips: raw.file('/proc/sys/crypto/fips_enabled') === '1' }
}

/** `is_chroot`. */
export function chrootFacts(raw: RawFacts): JsonObject {
  return { is_chroot: raw.exists('chroot') }
}

/** `system_capabilities*`, as capsh tells what root may do: `=ep` is everything. */
export function capabilityFacts(raw: RawFacts): JsonObject {
  const current = /^Current:\s*(.*)$/m.exec(raw.part('capabilities'))?.[1]
  if (current === undefined) return {}
  return { system_capabilities: current === '=ep' ? [] : current.replace(/^=\s?/, '').split(',').map((name) => name.trim()), system_capabilities_enforced: current === '=ep' ? 'False' : 'True' }
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
