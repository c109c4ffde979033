import type { JsonObject } from '../../value/value.ts'
import type { RawFacts } from './raw-facts.ts'

/** `virtualization_type`, `virtualization_role` and the lists of all that was recognised: what Ansible takes for a sign, in the order in which it looks. */
export function virtualizationFacts(raw: RawFacts): JsonObject {
  const found = signs(raw).filter(({ holds }) => holds)
  const guest = found.filter(({ role, list }) => (list ?? role) === 'guest').map(({ type }) => type)
  const host = found.filter(({ role, list }) => (list ?? role) === 'host').map(({ type }) => type)
  const container = raw.file(SYSTEMD_CONTAINER) !== undefined || guest.some((type) => CONTAINERS.has(type)) ? ['container'] : []
  return {
    virtualization_type: found[0]?.type ?? 'NA', virtualization_role: found[0]?.role ?? 'NA',
    virtualization_tech_guest: sorted([...guest, ...container]), virtualization_tech_host: sorted(host),
  }
}

interface Sign {
  readonly type: string
  readonly role: 'guest' | 'host' | 'LPAR'
  readonly holds: boolean
  /** The list that has it, where that is not the role's. */
  readonly list?: 'guest' | 'host' | 'none'
}

const CONTAINERS: ReadonlySet<string> = new Set(['docker', 'lxc', 'podman', 'openvz', 'containerd'])
const SYSTEMD_CONTAINER = '/run/systemd/container'

function signs(raw: RawFacts): readonly Sign[] {
  return [...containers(raw), ...xen(raw), ...boards(raw), ...processes(raw), ...processors(raw), ...kernel(raw)]
}

function containers(raw: RawFacts): readonly Sign[] {
  const groups = raw.file('/proc/1/cgroup') ?? ''
  const init = raw.part('container').trim()
  const systemd = raw.file(SYSTEMD_CONTAINER)
  const isOpenvz = raw.exists('/proc/vz') && !raw.exists('/proc/lve')
  return [
    guest('docker', /\/docker(?:\/|-[0-9a-f]+\.scope)/.test(groups)),
    guest('lxc', /\/lxc\/|\/machine\.slice\/machine-lxc/.test(groups)),
    guest('containerd', groups.includes('/system.slice/containerd.service')),
    guest('lxc', init.startsWith('lxc')),
    guest('podman', init.startsWith('podman')),
    guest('container', init !== ''),
    { type: 'openvz', role: raw.exists('/proc/bc') ? 'host' : 'guest', holds: isOpenvz },
    guest(systemd ?? '', systemd !== undefined),
    guest('docker', raw.exists('/.dockerenv') || raw.exists('/.dockerinit')),
  ]
}

function xen(raw: RawFacts): readonly Sign[] {
  const isHost = raw.file('/proc/xen/capabilities')?.includes('control_d') ?? false
  return [{ type: 'xen', role: isHost ? 'host' : 'guest', holds: raw.exists('/proc/xen'), ...(!isHost && { list: 'none' }) }]
}

/** What the firmware calls its machine. */
function boards(raw: RawFacts): readonly Sign[] {
  const told = (name: string): string => raw.file(`/sys/class/dmi/id/${name}`) ?? ''
  const [product, vendor, family, bios] = [told('product_name'), told('sys_vendor'), told('product_family'), told('bios_vendor')]
  return [
    guest('kvm', ['KVM', 'KVM Server', 'Bochs', 'AHV', 'CloudStack KVM Hypervisor'].includes(product)),
    guest('oVirt', vendor === 'oVirt'),
    guest('RHV', vendor === 'Red Hat' && family === 'RHV'),
    guest('RHEV', vendor === 'Red Hat' && family !== 'RHV' && product === 'RHEV Hypervisor'),
    guest('VMware', product.startsWith('VMware')),
    guest('openstack', ['OpenStack Compute', 'OpenStack Nova'].includes(product)),
    guest('xen', bios === 'Xen'),
    guest('virtualbox', bios === 'innotek GmbH'),
    guest('kvm', ['Amazon EC2', 'DigitalOcean', 'Hetzner', 'Linode'].includes(bios)),
    guest('kvm', ['QEMU', 'Amazon EC2', 'DigitalOcean', 'Google', 'Scaleway', 'Nutanix'].includes(vendor)),
    guest('KubeVirt', vendor === 'KubeVirt'),
    guest('VirtualPC', vendor === 'Microsoft Corporation'),
    guest('parallels', vendor === 'Parallels Software International Inc.'),
    guest('openstack', vendor === 'OpenStack Foundation'),
  ]
}

function processes(raw: RawFacts): readonly Sign[] {
  const [, number] = /^VxID:\s+(\d+)/m.exec(raw.file('/proc/self/status') ?? '') ?? []
  return [{ type: 'linux_vserver', role: number?.startsWith('0') ? 'host' : 'guest', holds: number !== undefined }]
}

function processors(raw: RawFacts): readonly Sign[] {
  const text = raw.part('processors')
  return [
    guest('kvm', /^model name.*QEMU Virtual CPU/m.test(text)),
    guest('uml', /^(?:vendor_id.*User Mode Linux|model name.*UML)/m.test(text)),
    guest('kvm', /^machine.*CHRP IBM pSeries .emulated by qemu./m.test(text)),
    guest('powervm_lx86', /^vendor_id.*PowerVM Lx86/m.test(text)),
    { type: 'PR/SM', role: 'LPAR', holds: /^vendor_id.*IBM\/S390/m.test(text), list: 'guest' },
  ]
}

function kernel(raw: RawFacts): readonly Sign[] {
  const modules = new Set([...raw.part('modules').matchAll(/^\S+/gm)].map(([name]) => name))
  return [
    { type: 'kvm', role: 'host', holds: modules.has('kvm') },
    { type: 'virtualbox', role: 'host', holds: modules.has('vboxdrv') },
    // Ansible counts it among what the machine is a host of
    { type: 'kvm', role: 'guest', holds: modules.has('virtio'), list: 'host' },
    { type: 'kvm', role: 'host', holds: raw.exists('/dev/kvm') },
  ]
}

function guest(type: string, holds: boolean): Sign {
  return { type, role: 'guest', holds }
}

function sorted(names: readonly string[]): readonly string[] {
  return [...new Set(names)].sort()
}
