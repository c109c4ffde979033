import { describe, expect, it } from 'vitest'
import { parseRawFacts } from '../../../src/modules/setup/raw-facts.ts'
import { virtualizationFacts } from '../../../src/modules/setup/virtualization.ts'

/** What a machine shows of itself, and its type, role and lists as ansible-core 2.19 tells them. */
const MACHINES: readonly (readonly [string, Readonly<Record<string, string>>, readonly [string, string, readonly string[], readonly string[]]])[] = [
  ['a machine of its own', {}, ['NA', 'NA', [], []]],
  ['one that runs guests', { exists: '/dev/kvm', modules: 'kvm_intel 1 0\nkvm 2 1' }, ['kvm', 'host', [], ['kvm']]],
  ['a guest of kvm', { files: '/sys/class/dmi/id/sys_vendor:QEMU\n/sys/class/dmi/id/product_name:Standard PC' }, ['kvm', 'guest', ['kvm'], []]],
  ['a guest that runs guests', { files: '/sys/class/dmi/id/product_name:KVM', exists: '/dev/kvm' }, ['kvm', 'guest', ['kvm'], ['kvm']]],
  ['a virtual disk and nothing else', { modules: 'virtio 3 0' }, ['kvm', 'guest', [], ['kvm']]],
  ['OpenStack', { files: '/sys/class/dmi/id/product_name:OpenStack Nova\n/sys/class/dmi/id/sys_vendor:OpenStack Foundation' }, ['openstack', 'guest', ['openstack'], []]],
  ['VMware', { files: '/sys/class/dmi/id/product_name:VMware7,1' }, ['VMware', 'guest', ['VMware'], []]],
  ['docker', { exists: '/.dockerenv', files: '/sys/class/dmi/id/sys_vendor:QEMU' }, ['docker', 'guest', ['container', 'docker', 'kvm'], []]],
  ['podman', { container: 'podman' }, ['podman', 'guest', ['container', 'podman'], []]],
  ['lxc', { container: 'lxc' }, ['lxc', 'guest', ['container', 'lxc'], []]],
  ['a container of another kind', { container: 'lab' }, ['container', 'guest', ['container'], []]],
  ['systemd-nspawn', { container: 'systemd-nspawn', files: '/run/systemd/container:systemd-nspawn' }, ['container', 'guest', ['container', 'systemd-nspawn'], []]],
  ['a guest of Xen', { exists: '/proc/xen' }, ['xen', 'guest', [], []]],
  ['a host of Xen', { exists: '/proc/xen', files: '/proc/xen/capabilities:control_d' }, ['xen', 'host', [], ['xen']]],
  ['openvz', { exists: '/proc/vz' }, ['openvz', 'guest', ['container', 'openvz'], []]],
  ['a mainframe', { processors: 'vendor_id       : IBM/S390' }, ['PR/SM', 'LPAR', ['PR/SM'], []]],
]

describe('virtualization', () => {
  it.each(MACHINES)('of %s', (_, parts, [type, role, guest, host]) => {
    const raw = parseRawFacts(Object.entries(parts).map(([name, text]) => `\u001e${name}\n${text}\n`).join(''))
    expect(virtualizationFacts(raw)).toEqual({ virtualization_type: type, virtualization_role: role, virtualization_tech_guest: guest, virtualization_tech_host: host })
  })
})
