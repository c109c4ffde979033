import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { startAnsible, type AnsibleServer } from '../differential/ansible-side.ts'
import type { Sides } from '../differential/compare.ts'
import { ensureImage, pathsIn } from './host/image.ts'
import { startMirror } from './host/mirror.ts'
import { startRelay } from './host/network.ts'
import { ParityHost } from './host/parity-host.ts'
import { ensureStock } from './host/stock.ts'

export interface TwoHosts {
  readonly hosts: Sides<ParityHost>
  /** Ansible, loaded and with the network of its host. */
  readonly ansible: AnsibleServer
  /** Boots both, with the packages of these names there from the start. */
  readonly fresh: (packages: readonly string[]) => Promise<void>
  /** Ends the network, and with `down` the hosts. */
  readonly leave: (end: { readonly down: boolean }) => Promise<void>
}

/** Two fresh hosts below a folder, which reach Debian's packages through this machine. */
export async function twoHosts(folder: string): Promise<TwoHosts> {
  mkdirSync(folder, { recursive: true })
  const { cache } = pathsIn(folder)
  const image = await ensureImage(pathsIn(folder))
  const hosts = { ansible: new ParityHost(join(folder, 'ansible'), image), tsplay: new ParityHost(join(folder, 'tsplay'), image) }
  const both = [hosts.ansible, hosts.tsplay]
  await Promise.all(both.map((host) => host.connect()))
  const socket = join(folder, 'mirror.sock')
  const closeMirror = await startMirror(socket, { cache, root: image.root })
  const closeRelays = await Promise.all(both.map((host) => startRelay(host, socket)))
  const ansible = startAnsible({ through: hosts.ansible.through })
  return {
    hosts, ansible,
    fresh: async (packages) => {
      const layers = packages.length === 0 ? [] : [await ensureStock(hosts.ansible, image, packages)]
      await Promise.all(both.map((host) => host.fresh(layers)))
    },
    leave: async ({ down }) => {
      ansible.close()
      for (const close of closeRelays) close()
      closeMirror()
      if (down) await Promise.all(both.map((host) => host.down()))
    },
  }
}
