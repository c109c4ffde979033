import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { run } from '../../lab/control/run.ts'
import { cached, hashOf } from '../../lab/seed/cached.ts'
import { ensurePrograms } from '../../lab/seed/images.ts'
import { labPaths, type LabPaths } from '../../lab/control/paths.ts'

/** Where a host is in its own network, and where that network's mirror of Debian's packages is. */
export const NETWORK = { address: '10.77.0.2', router: '10.77.0.1', mirrorPort: 3142 } as const

/** What every host is booted from. */
export interface Image {
  readonly root: string
  readonly programs: string
  readonly key: string
  readonly knownHosts: string
}

/** Makes the image if it is not in the cache: a fresh Debian with init, sshd, cron, sudo and Python. */
export async function ensureImage(paths: LabPaths): Promise<Image> {
  const source = import.meta.dirname
  const files = ['packages.txt', 'build.sh', 'prepare.sh', 'rcS'].map((name) => join(source, name))
  const env = { PARITY_ADDRESS: NETWORK.address, PARITY_MIRROR: `http://${NETWORK.router}:${String(NETWORK.mirrorPort)}` }
  const [programs, folder] = await Promise.all([
    ensurePrograms(paths),
    cached(paths.cache, { name: `parity-${hashOf(files, ...Object.values(env))}`, title: 'the system of two fresh hosts, a minute or two' }, async (target) => {
      await run('bash', [join(source, 'build.sh'), target], { env })
    }),
  ])
  return { root: join(folder, 'root'), programs, key: join(folder, 'key'), knownHosts: join(folder, 'known_hosts') }
}

/** Paths of a lab of one host that is kept in `folder`; its site is none of the lab's own. */
export function pathsIn(folder: string): LabPaths {
  return { ...labPaths({ site: 'small' }), lab: folder }
}

/** Puts the key where ssh takes it: nobody but its owner may read it. */
export function copyAccess(image: Image, folder: string): void {
  copyFileSync(image.key, join(folder, 'key'))
  copyFileSync(image.knownHosts, join(folder, 'known_hosts'))
}
