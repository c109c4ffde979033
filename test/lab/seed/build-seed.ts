import { cpSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { LabPaths } from '../control/paths.ts'
import { eachOf, run } from '../control/run.ts'
import { file, text } from '../generate/host-file.ts'
import { hostFiles, isDatabaseNode, servicesOf, staticHosts } from '../generate/host.ts'
import { hostsOf, postgresqlNodes } from '../site/load.ts'
import type { Host, Site, Zone } from '../site/types.ts'
import { cached, hashOf } from './cached.ts'
import { ensureBase, ensurePackages, ensurePrograms } from './images.ts'
import { hostKeyFiles, makeKeys, sharedKeyFiles, type Keys } from './keys.ts'
import { LayerBuilder } from './layers.ts'
import { passFile, primaryFiles, standbyFiles } from './postgresql.ts'
import { pruneSeeds } from './prune.ts'
import { stageFiles } from './stage.ts'

/** The prepared files of a site, as overlay layers that labs only read. */
export interface Seed {
  readonly base: string
  readonly programs: string
  readonly folder: string
}

interface Build {
  readonly site: Site
  readonly paths: LabPaths
  readonly keys: Keys
  readonly layers: LayerBuilder
  readonly programs: string
  readonly packages: string
}

const sources = ['base', 'native', 'site', 'generate', 'seed', 'platform'] as const

/** Makes what is missing of base, programs, packages and the site's seed. */
export async function ensureSeed(site: Site, paths: LabPaths): Promise<Seed> {
  const [base, programs] = await Promise.all([ensureBase(paths), ensurePrograms(paths)])
  const packages = await ensurePackages(paths, base)
  const hash = hashOf([...sources.map((name) => join(paths.source, name)), paths.siteFile], basename(base))
  pruneSeeds(paths.cache, site.name)
  const folder = await cached(paths.cache, { name: `seed-${site.name}-${hash}`, title: `the hosts of site ${site.name}` }, async (target) => {
    const keys = await makeKeys(join(target, 'keys'), site, hostsOf(site))
    await buildLayers({ site, paths, keys, layers: new LayerBuilder(paths, base, target), programs, packages })
    rmSync(join(target, 'stage'), { recursive: true })
  })
  return { base, programs, folder }
}

/** Layer names of a host, uppermost first. */
export const layersOf = (host: Host): readonly string[] => [host.name, zoneLayer(host.zone), commonLayer]

const commonLayer = '_common'
const zoneLayer = (zone: Zone): string => `_${zone.id}`

async function buildLayers(build: Build): Promise<void> {
  await buildCommon(build)
  await eachOf(build.site.zones, 2, (zone) => buildZone(build, zone))
  const hosts = hostsOf(build.site).filter((host) => host.node && !isDatabaseNode(host))
  await eachOf(hosts, 3, (host) => buildHost(build, host))
}

async function buildCommon({ site, paths, keys, layers, programs }: Build): Promise<void> {
  const { root_password, sudo_with_password, sudo_without_password } = site.accounts
  const stage = layers.stage(commonLayer)
  stageFiles(stage, [
    ...sharedKeyFiles(keys),
    file('/lab/passwords', text(`root:${root_password}`, `${sudo_with_password.user}:${sudo_with_password.password}`), 0o600),
    file('/etc/apt/sources.list', 'deb [trusted=yes] http://firstbox:8000 ./\n'),
    file('/etc/apt/apt.conf.d/90lab', text('APT::Install-Recommends "0";', 'Acquire::Languages "none";')),
  ])
  copy(join(paths.source, 'seed/rcS'), join(stage, 'lab/rcS'))
  copy(join(paths.source, 'seed/lab-load'), join(stage, 'etc/init.d/lab-load'))
  copy(join(programs, 'pitrix-service'), join(stage, 'pitrix/bin/pitrix-service'))
  await layers.build({ name: commonLayer, over: [], script: 'common.sh', args: [sudo_with_password.user, sudo_without_password.user] })
}

/** Firstbox first, since its packages are the zone's; then the databases, primary before standby. */
async function buildZone(build: Build, zone: Zone): Promise<void> {
  const hosts = hostsOf(build.site).filter((host) => host.zone === zone)
  const firstbox = hosts.find((host) => !host.node)
  if (!firstbox) return
  await buildFirstbox(build, firstbox)
  await buildZoneLayer(build, firstbox)
  await build.layers.build({ name: firstbox.name, over: layersOf(firstbox).slice(1), script: 'host.sh' })
  for (const node of postgresqlNodes(zone)) {
    const host = hosts.find((candidate) => candidate.node === node)
    if (host) await buildDatabase(build, host)
  }
}

async function buildFirstbox({ site, paths, keys, layers, packages }: Build, host: Host): Promise<void> {
  const stage = layers.stage(host.name)
  stageFiles(stage, [...hostFiles(site, host), ...hostKeyFiles(keys, host)])
  copy(join(paths.source, 'platform/firstbox'), join(stage, 'pitrix'))
  copy(packages, join(stage, 'pitrix/repo'))
  await layers.build({ name: host.name, over: [commonLayer], script: 'firstbox.sh' })
  rmSync(stage, { recursive: true })
}

async function buildZoneLayer({ site, layers }: Build, firstbox: Host): Promise<void> {
  const name = zoneLayer(firstbox.zone)
  const stage = layers.stage(name)
  stageFiles(stage, [
    file('/etc/hosts', staticHosts(site, firstbox)),
    file('/etc/pitrix/zone', `${firstbox.zone.id}\n`),
    file('/etc/resolv.conf', text(`nameserver ${firstbox.zone.vips.dnsmaster ?? ''}`, 'options timeout:1 attempts:1')),
  ])
  const repository = join(layers.folder(firstbox.name), 'pitrix/repo')
  for (const deb of readdirSync(repository).filter((file) => file.endsWith('_all.deb'))) copy(join(repository, deb), join(stage, 'lab/packages', deb))
  await layers.build({ name, over: [commonLayer], script: 'zone.sh' })
}

async function buildHost({ site, keys, layers }: Build, host: Host): Promise<void> {
  stageFiles(layers.stage(host.name), [...hostFiles(site, host), ...hostKeyFiles(keys, host)])
  await layers.build({ name: host.name, over: layersOf(host).slice(1), script: 'host.sh', args: servicesOf(host) })
}

async function buildDatabase(build: Build, host: Host): Promise<void> {
  const { site, paths, layers, packages } = build
  const { zone } = host
  const [primary] = postgresqlNodes(zone)
  const isPrimary = host.node === primary
  const stage = layers.stage(host.name)
  stageFiles(stage, [passFile(zone), ...(isPrimary ? primaryFiles(site, zone, paths.source) : standbyFiles(zone, paths.source))])
  if (!isPrimary && primary) await stagePrimaryData(zone, layers.folder(primary.name), join(stage, 'lab/postgresql'))
  if (zone.postgresql.flavour === 'pitrix') copy(packages, join(stage, 'lab/postgresql/packages'))
  await layers.build({ name: host.name, over: layersOf(host).slice(1), script: `postgresql-${zone.postgresql.flavour}.sh`, args: [isPrimary ? 'primary' : 'standby'] })
  rmSync(stage, { recursive: true })
  await buildHost(build, host)
}

async function stagePrimaryData(zone: Zone, primary: string, stage: string): Promise<void> {
  const isDebian = zone.postgresql.flavour === 'debian'
  await run('cp', ['-a', join(primary, isDebian ? 'pitrix/postgresql/15/main' : 'pitrix/postgresql-15/data'), join(stage, 'data')])
  if (isDebian) await run('cp', ['-a', join(primary, 'etc/postgresql'), join(stage, 'etc-postgresql')])
}

function copy(from: string, to: string): void {
  mkdirSync(join(to, '..'), { recursive: true })
  cpSync(from, to, { recursive: true })
}
