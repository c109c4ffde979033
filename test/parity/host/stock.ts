import { mkdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { run } from '../../lab/control/run.ts'
import { cached, hashOf } from '../../lab/seed/cached.ts'
import { pathsIn, type Image } from './image.ts'
import type { ParityHost } from './parity-host.ts'

/** A layer over the image with packages that contents share, made on a host if it is not in the cache, so that not every content installs them twice. */
export async function ensureStock(host: ParityHost, image: Image, packages: readonly string[]): Promise<string> {
  const script = join(import.meta.dirname, 'stock.sh')
  const folder = await cached(pathsIn(host.folder).cache, { name: `stock-${hashOf([script], basename(join(image.root, '..')), process.version, ...packages)}`, title: 'a layer of packages, a minute or two' }, async (target) => {
    await host.fresh([])
    await putNode(host)
    await host.tell(readFileSync(script, 'utf8'), packages)
    await host.stop()
    mkdirSync(target)
    // whiteouts and opaque folders of the overlay come along
    await run('cp', ['-a', host.pathOf(''), join(target, 'layer')])
  })
  return join(folder, 'layer')
}

/** Debian's npm has hundreds of packages: this machine's own will do. */
async function putNode(host: ParityHost): Promise<void> {
  const modules = (await run('npm', ['root', '--global'])).trim()
  const local = host.livePathOf('usr/local')
  for (const name of ['bin', 'lib/node_modules']) mkdirSync(join(local, name), { recursive: true })
  await run('cp', [process.execPath, join(local, 'bin/node')])
  await run('cp', ['-a', join(modules, 'npm'), join(local, 'lib/node_modules/npm')])
  for (const name of ['npm', 'npx']) await run('ln', ['-sf', `../lib/node_modules/npm/bin/${name}-cli.js`, join(local, 'bin', name)])
}
