import type { JsonObject } from '../../value/value.ts'
import { dateTimeFacts } from './date-time.ts'
import { distributionFacts, lsbFacts } from './distribution.ts'
import { boardFacts, initiatorFacts, loadFacts, memoryFacts, processorFacts } from './hardware.ts'
import { localFacts } from './local.ts'
import { packageManagerFacts, pythonFacts, serviceManagerFacts, systemdFacts } from './managers.ts'
import { networkFacts } from './network.ts'
import { commandLineFacts, dnsFacts, hostKeyFacts, platformFacts } from './platform.ts'
import type { RawFacts } from './raw-facts.ts'
import { securityFacts } from './security.ts'
import { deviceFacts, mountFacts } from './storage.ts'
import { environmentFacts, userFacts } from './user.ts'
import { virtualizationFacts } from './virtualization.ts'

/** Gathers some facts; known to `gather_subset` by its group and by names of its own. */
export interface Collector {
  readonly group: 'min' | 'hardware' | 'network' | 'virtual' | 'other'
  readonly names: readonly string[]
  readonly gather: (raw: RawFacts) => JsonObject
}

export const COLLECTORS: readonly Collector[] = [
  { group: 'min', names: ['distribution', 'distribution_version', 'distribution_release', 'distribution_major_version', 'os_family'], gather: distributionFacts },
  { group: 'min', names: ['lsb'], gather: lsbFacts },
  { group: 'min', names: ['platform', 'system', 'kernel', 'kernel_version', 'machine', 'architecture', 'machine_id', 'caps'], gather: platformFacts },
  { group: 'min', names: ['cmdline'], gather: commandLineFacts },
  { group: 'min', names: ['ssh_pub_keys'], gather: hostKeyFacts },
  { group: 'min', names: ['dns'], gather: dnsFacts },
  { group: 'min', names: ['service_mgr'], gather: serviceManagerFacts },
  { group: 'min', names: ['pkg_mgr'], gather: packageManagerFacts },
  { group: 'min', names: ['python', 'python_version'], gather: pythonFacts },
  { group: 'min', names: ['date_time'], gather: dateTimeFacts },
  { group: 'min', names: ['user', 'user_id', 'user_uid', 'user_gid', 'user_gecos', 'user_dir', 'user_shell', 'real_user_id', 'effective_user_id', 'effective_group_ids'], gather: userFacts },
  { group: 'min', names: ['env'], gather: environmentFacts },
  { group: 'min', names: ['selinux', 'apparmor', 'fips', 'is_chroot', 'chroot'], gather: securityFacts },
  { group: 'min', names: ['local'], gather: localFacts },
  { group: 'other', names: ['loadavg'], gather: loadFacts },
  { group: 'other', names: ['systemd'], gather: systemdFacts },
  { group: 'other', names: ['iscsi', 'nvme'], gather: initiatorFacts },
  { group: 'hardware', names: ['memory', 'uptime'], gather: memoryFacts },
  { group: 'hardware', names: ['processor', 'processor_cores', 'processor_count'], gather: processorFacts },
  { group: 'hardware', names: ['dmi'], gather: boardFacts },
  { group: 'hardware', names: ['mounts'], gather: mountFacts },
  { group: 'hardware', names: ['devices'], gather: deviceFacts },
  { group: 'network', names: ['interfaces', 'locally_reachable_ips', 'default_ipv4', 'default_ipv6', 'all_ipv4_addresses', 'all_ipv6_addresses'], gather: networkFacts },
  { group: 'virtual', names: ['virtualization_type', 'virtualization_role', 'virtualization_tech_guest', 'virtualization_tech_host'], gather: virtualizationFacts },
]
