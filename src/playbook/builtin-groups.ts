import type { Value } from '../value/value.ts'

/** The action groups that ansible-core names itself: each stands for those of some collections. */
export const BUILTIN_GROUPS: ReadonlyMap<string, readonly Value[]> = new Map([
  ['acme', extending('community.crypto.acme')],
  ['aws', extending('amazon.aws.aws', 'community.aws.aws')],
  ['azure', extending('azure.azcollection.azure')],
  ['cpm', extending('wti.remote.cpm')],
  ['docker', extending('community.general.docker', 'community.docker.docker')],
  ['gcp', extending('google.cloud.gcp')],
  ['k8s', extending('community.kubernetes.k8s', 'community.general.k8s', 'community.kubevirt.k8s', 'community.okd.k8s', 'kubernetes.core.k8s')],
  ['os', extending('openstack.cloud.os')],
  ['ovirt', extending('ovirt.ovirt.ovirt', 'community.general.ovirt')],
  ['testgroup', ['ping', 'legacy_ping', 'formerly_core_ping', ...extending('testns.testcoll.testgroup', 'testns.testcoll.anothergroup', 'testns.boguscoll.testgroup')]],
  ['testlegacy', ['ansible.legacy.legacy_ping']],
  ['vmware', extending('community.vmware.vmware')],
])

function extending(...groups: readonly string[]): Value[] {
  return [new Map<Value, Value>([['metadata', new Map<Value, Value>([['extend_group', [...groups]]])]])]
}
