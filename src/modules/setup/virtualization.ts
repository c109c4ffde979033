import type { JsonObject } from '../../value/value.ts'
import type { RawFacts } from './raw-facts.ts'

/** `virtualization_type`, `virtualization_role` and the lists of all that was recognised. */
export function virtualizationFacts(raw: RawFacts): JsonObject {
  const guest = SIGNS.filter(({ holds }) => holds(raw)).map(({ type }) => type)
  const host = HOST_SIGNS.filter(({ holds }) => holds(raw)).map(({ type }) => type)
  const container = guest.some((type) => CONTAINERS.includes(type)) ? ['container'] : []
  const [type, role] = guest[0] !== undefined ? [guest[0], 'guest'] : host[0] !== undefined ? [host[0], 'host'] : ['NA', 'NA']
  return {
    virtualization_type: type, virtualization_role: role,
    virtualization_tech_guest: [...new Set([...guest, ...container])].sort(), virtualization_tech_host: [...new Set(host)].sort(),
  }
}

interface Sign { readonly type: string, readonly holds: (raw: RawFacts) => boolean }

const CONTAINERS = ['docker', 'podman', 'lxc', 'systemd-nspawn', 'openvz', 'wsl', 'containerd', 'container']

const dmi = (name: string, pattern: RegExp) => (raw: RawFacts) => pattern.test(raw.file(`/sys/class/dmi/id/${name}`) ?? '')
const group = (pattern: RegExp) => (raw: RawFacts) => pattern.test(raw.file('/proc/1/cgroup') ?? '')
const container = (name: string) => (raw: RawFacts) => raw.file('/run/systemd/container') === name

/** In the order of trust: a container's signs count more than its machine's. */
const SIGNS: readonly Sign[] = [
  { type: 'docker', holds: (raw) => raw.exists('/.dockerenv') || raw.exists('/.dockerinit') || group(/\/docker(?:\/|-[0-9a-f]+\.scope)/)(raw) || container('docker')(raw) },
  { type: 'podman', holds: (raw) => raw.exists('/run/.containerenv') || container('podman')(raw) },
  { type: 'lxc', holds: (raw) => group(/\/(?:lxc|lxc\.payload[^/]*)\//)(raw) || container('lxc')(raw) },
  { type: 'containerd', holds: group(/\/kubepods|cri-containerd/) },
  { type: 'systemd-nspawn', holds: container('systemd-nspawn') },
  { type: 'openvz', holds: (raw) => raw.exists('/proc/vz') && !raw.exists('/proc/lve') && !raw.exists('/proc/bc') },
  { type: 'xen', holds: (raw) => raw.exists('/proc/xen') && !/control_d/.test(raw.file('/proc/xen/capabilities') ?? '') },
  { type: 'kvm', holds: dmi('bios_vendor', /^(?:Amazon EC2|DigitalOcean|Hetzner|Linode)$/) },
  { type: 'kvm', holds: (raw) => dmi('product_name', /^(?:KVM|KVM Server|CloudStack KVM Hypervisor|Bochs|AHV|Google Compute Engine|oVirt.*|RHEV.*)$/)(raw) || dmi('sys_vendor', /^(?:QEMU|oVirt|Red Hat|KubeVirt|Amazon EC2|Google|DigitalOcean|Nutanix|Alibaba Cloud)/)(raw) },
  { type: 'openstack', holds: (raw) => dmi('product_name', /^OpenStack/)(raw) || dmi('sys_vendor', /^OpenStack/)(raw) },
  { type: 'VMware', holds: dmi('product_name', /^VMware/) },
  { type: 'virtualbox', holds: (raw) => dmi('bios_vendor', /^innotek GmbH/)(raw) || dmi('product_name', /^VirtualBox/)(raw) },
  { type: 'xen', holds: dmi('bios_vendor', /^Xen/) },
  { type: 'VirtualPC', holds: (raw) => dmi('sys_vendor', /^Microsoft Corporation/)(raw) && dmi('product_name', /^Virtual Machine/)(raw) },
  { type: 'parallels', holds: dmi('sys_vendor', /^Parallels/) },
  { type: 'bhyve', holds: dmi('product_name', /^BHYVE/) },
  { type: 'linux_vserver', holds: (raw) => /^VxID:\s*[1-9]/m.test(raw.file('/proc/self/status') ?? '') },
  { type: 'kvm', holds: (raw) => /^model name\s*:.*QEMU/m.test(raw.part('processors')) },
  { type: 'uml', holds: (raw) => /^vendor_id\s*:\s*User Mode Linux/m.test(raw.part('processors')) },
  { type: 'kvm', holds: (raw) => /^virtio/m.test(raw.part('modules')) },
]

const HOST_SIGNS: readonly Sign[] = [
  { type: 'openvz', holds: (raw) => raw.exists('/proc/vz') && raw.exists('/proc/bc') },
  { type: 'xen', holds: (raw) => /control_d/.test(raw.file('/proc/xen/capabilities') ?? '') },
  { type: 'kvm', holds: (raw) => /^kvm/m.test(raw.part('modules')) || raw.exists('/dev/kvm') },
  { type: 'virtualbox', holds: (raw) => /^vboxdrv/m.test(raw.part('modules')) },
]
