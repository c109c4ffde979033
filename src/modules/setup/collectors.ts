import type { JsonObject } from '../../value/value.ts'
import { dateTimeFacts } from './date-time.ts'
import { distributionFacts } from './distribution/facts.ts'
import { lsbFacts } from './distribution/lsb.ts'
import { hardwareFacts, loadFacts } from './hardware.ts'
import { fibreChannelFacts, iscsiFacts, nvmeFacts } from './initiators.ts'
import { localFacts } from './local.ts'
import { packageManagerFacts, pythonFacts, serviceManagerFacts, systemdFacts } from './managers.ts'
import { networkFacts } from './network.ts'
import { commandLineFacts, dnsFacts, hostKeyFacts, platformFacts } from './platform.ts'
import type { RawFacts } from './raw-facts.ts'
import { apparmorFacts, capabilityFacts, chrootFacts, fipsFacts, selinuxFacts } from './security.ts'
import { environmentFacts, userFacts } from './user.ts'
import { virtualizationFacts } from './virtualization.ts'

/** Gathers some facts, all or none of them; called by its own name in `gather_subset`, or by the names of some of its facts. */
export interface Collector {
  readonly name: string
  readonly facts: readonly string[]
  /** Of those that are gathered unless `!min` is said. */
  readonly isMinimal: boolean
  /** Collectors that are gathered with it. */
  readonly requires: readonly string[]
  readonly gather: (raw: RawFacts) => JsonObject
}

interface Traits {
  readonly facts?: string
  readonly requires?: readonly string[]
}

/** Names, and what goes with what, as in Ansible; later ones may say more of the same fact. */
export const COLLECTORS: readonly Collector[] = [
  minimal('platform', platformFacts, { facts: 'system kernel kernel_version machine python_version architecture machine_id' }),
  minimal('distribution', distributionFacts, { facts: 'distribution_version distribution_release distribution_major_version os_family' }),
  minimal('lsb', lsbFacts),
  minimal('selinux', selinuxFacts),
  minimal('apparmor', apparmorFacts),
  minimal('fips', fipsFacts),
  minimal('caps', capabilityFacts, { facts: 'system_capabilities system_capabilities_enforced' }),
  minimal('python', pythonFacts),
  minimal('pkg_mgr', packageManagerFacts),
  minimal('service_mgr', serviceManagerFacts, { requires: ['platform', 'distribution'] }),
  minimal('cmdline', commandLineFacts),
  minimal('date_time', dateTimeFacts),
  minimal('env', environmentFacts),
  minimal('ssh_pub_keys', hostKeyFacts, { facts: 'ssh_host_pub_keys ssh_host_key_dsa_public ssh_host_key_rsa_public ssh_host_key_ecdsa_public ssh_host_key_ed25519_public' }),
  minimal('user', userFacts, { facts: 'user_id user_uid user_gid user_gecos user_dir user_shell real_user_id effective_user_id effective_group_ids' }),
  minimal('dns', dnsFacts),
  minimal('local', localFacts),
  further('chroot', chrootFacts, { facts: 'is_chroot' }),
  further('loadavg', loadFacts),
  further('systemd', systemdFacts),
  further('virtual', virtualizationFacts, { facts: 'virtualization_type virtualization_role virtualization_tech_guest virtualization_tech_host' }),
  further('hardware', hardwareFacts, { facts: 'processor processor_cores processor_count mounts devices', requires: ['platform'] }),
  further('network', networkFacts, { facts: 'interfaces default_ipv4 default_ipv6 all_ipv4_addresses all_ipv6_addresses', requires: ['platform', 'distribution'] }),
  further('fibre_channel_wwn', fibreChannelFacts),
  further('iscsi', iscsiFacts),
  further('nvme', nvmeFacts),
  // programs of others, which are not run
  further('facter', () => ({})),
  further('ohai', () => ({})),
]

function minimal(name: string, gather: Collector['gather'], traits: Traits = {}): Collector {
  return { ...further(name, gather, traits), isMinimal: true }
}

function further(name: string, gather: Collector['gather'], { facts = '', requires = [] }: Traits = {}): Collector {
  return { name, gather, facts: facts.split(' ').filter((fact) => fact !== ''), requires, isMinimal: false }
}
