import type { JsonObject } from '../../value/value.ts'
import type { RawFacts } from './raw-facts.ts'

/** `iscsi_iqn`: the name of the host as a user of iSCSI storage. */
export function iscsiFacts(raw: RawFacts): JsonObject {
  return { iscsi_iqn: /^InitiatorName=(.*)$/m.exec(raw.file('/etc/iscsi/initiatorname.iscsi') ?? '')?.[1] ?? '' }
}

/** `hostnqn`: its name as a user of NVMe storage. */
export function nvmeFacts(raw: RawFacts): JsonObject {
  return { hostnqn: /^nqn\..*$/m.exec(raw.file('/etc/nvme/hostnqn') ?? '')?.[0] ?? '' }
}

/** `fibre_channel_wwn`: the names of its ports in a storage network. */
export function fibreChannelFacts(raw: RawFacts): JsonObject {
  return { fibre_channel_wwn: raw.files(/^\/sys\/class\/fc_host\/[^/]+\/port_name$/).map(([, name]) => name.slice(2)) }
}
