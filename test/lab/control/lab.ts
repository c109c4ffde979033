import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ensureSeed, type Seed } from '../seed/build-seed.ts'
import { markUsed } from '../seed/prune.ts'
import { loadSite } from '../site/load.ts'
import { createOuter, destroyOuter, findOuter, insideNetwork, requireOuter, runBootScript, type Outer } from './namespace.ts'
import type { LabPaths } from './paths.ts'
import { writePlan, type PlannedHost } from './plan.ts'
import { eachOf } from './run.ts'

/** One lab: its directory, and what can be done to the hosts in it. */
export class Lab {
  constructor(readonly paths: LabPaths) {}

  get isUp(): boolean {
    return findOuter(this.paths.lab) !== undefined
  }

  get outer(): Outer {
    return requireOuter(this.paths.lab)
  }

  /** What the lab was booted from. */
  get seed(): Seed {
    return JSON.parse(readFileSync(join(this.paths.lab, 'seed.json'), 'utf8')) as Seed
  }

  /** The site as it was when the lab was booted. */
  private get siteCopy(): string {
    return join(this.paths.lab, 'site.yml')
  }

  get hosts(): readonly PlannedHost[] {
    return JSON.parse(readFileSync(join(this.paths.lab, 'hosts.json'), 'utf8')) as readonly PlannedHost[]
  }

  /** The hosts of these names, of before or after the merge, or all of them. */
  hostsNamed(names: readonly string[]): readonly PlannedHost[] {
    const isNamed = (host: PlannedHost, name: string): boolean => host.name === name || host.nameInRegion === name
    const unknown = names.filter((name) => !this.hosts.some((host) => isNamed(host, name)))
    if (unknown.length > 0) throw new Error(`No such host: ${unknown.join(', ')}`)
    return names.length === 0 ? this.hosts : this.hosts.filter((host) => names.some((name) => isNamed(host, name)))
  }

  /** Boots every host from the site's seed, or from a save of it. */
  async up(save?: string): Promise<void> {
    if (this.isUp) throw new Error(`The lab in ${this.paths.lab} is up already`)
    const site = loadSite(this.paths.siteFile)
    const seed = await ensureSeed(site, this.paths)
    mkdirSync(this.paths.lab, { recursive: true })
    cpSync(this.paths.siteFile, this.siteCopy)
    writePlan(site, seed, this.paths)
    if (save !== undefined) this.putUnder(save, this.hosts)
    const outer = await createOuter(this.paths.lab, seed.programs)
    markUsed(seed, outer)
    writeNetScript(this.paths.lab, outer)
    await this.boot('outer.sh').catch(async (failure: unknown) => {
      await this.down()
      throw failure
    })
    await this.startHosts(this.hosts)
  }

  async down(): Promise<void> {
    await destroyOuter(this.paths.lab)
    for (const name of ['net-enter', 'outer.log']) rmSync(join(this.paths.lab, name), { force: true })
  }

  /** Process id of a host's init as the outer namespaces count, unless it is dead. */
  pidOf(host: PlannedHost): string | undefined {
    const file = this.inner('hosts', host.name, 'pid')
    const pid = existsSync(file) ? readFileSync(file, 'utf8').trim() : ''
    return pid !== '' && existsSync(`/proc/${this.outer.pid}/root/proc/${pid}`) ? pid : undefined
  }

  /** A path of the lab's directory as it is inside, where the hosts' files are. */
  inner(...names: readonly string[]): string {
    return join(`/proc/${this.outer.pid}/root`, this.paths.lab, ...names)
  }

  /** A path of a running host's own root. */
  pathOn(pid: string, path: string): string {
    return join(`/proc/${this.outer.pid}/root/proc/${pid}/root`, path)
  }

  async boot(name: string, ...args: readonly string[]): Promise<void> {
    await runBootScript(this.outer, { name, args, lab: this.paths.lab, programs: this.seed.programs, source: this.paths.source })
  }

  async startHosts(hosts: readonly PlannedHost[]): Promise<void> {
    const dead = hosts.filter((host) => this.pidOf(host) === undefined)
    if (dead.length > 0) await this.boot('start-hosts.sh', ...inBootOrder(dead).map(({ name }) => name))
  }

  /** A power cut: frames stop first, so that nobody sees connections closed. */
  async killHosts(hosts: readonly PlannedHost[]): Promise<void> {
    await eachOf(hosts, 4, async (host) => {
      await this.boot('link.sh', 'cut', host.name)
      await this.boot('stop-host.sh', host.name)
    })
  }

  /** Puts hosts back to the seed, or to a save, and boots them. */
  async reset(hosts: readonly PlannedHost[], save?: string): Promise<void> {
    await this.boot('clear-hosts.sh', ...hosts.map(({ name }) => name))
    writePlan(loadSite(this.siteCopy), this.seed, this.paths)
    if (save !== undefined) this.putUnder(save, hosts)
    await this.startHosts(hosts)
  }

  saveFolder(name: string): string {
    return join(this.paths.lab, 'saves', name)
  }

  /** Makes a save the uppermost of the layers that hosts only read. */
  private putUnder(save: string, hosts: readonly PlannedHost[]): void {
    const folder = this.saveFolder(save)
    if (!existsSync(folder)) throw new Error(`No save named ${save} in ${this.paths.lab}`)
    if (readFileSync(join(folder, 'seed.json'), 'utf8') !== readFileSync(join(this.paths.lab, 'seed.json'), 'utf8')) {
      throw new Error(`Save ${save} lies over other files than this lab: sites or generators have changed since`)
    }
    for (const { name } of hosts) {
      const file = join(this.paths.lab, 'lower', name)
      writeFileSync(file, `${join(folder, name)}:${readFileSync(file, 'utf8')}`)
    }
  }
}

/** Databases first: the rest waits for them. */
const inBootOrder = (hosts: readonly PlannedHost[]): readonly PlannedHost[] => {
  const isDatabase = (host: PlannedHost): boolean => host.roles.some((role) => role.startsWith('pg'))
  return [...hosts.filter(isDatabase), ...hosts.filter((host) => !isDatabase(host))]
}

function writeNetScript(lab: string, outer: Outer): void {
  writeFileSync(join(lab, 'net-enter'), `#!/bin/sh\n# this machine's files with the lab's network\nexec nsenter ${insideNetwork(outer, []).join(' ')} "$@"\n`, { mode: 0o755 })
}
