import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { enterHost } from '../../lab/control/commands.ts'
import { Lab } from '../../lab/control/lab.ts'
import { createOuter, insideNetwork, insideOuter } from '../../lab/control/namespace.ts'
import type { PlannedHost } from '../../lab/control/plan.ts'
import { waitForBoot } from '../../lab/control/readiness.ts'
import { run } from '../../lab/control/run.ts'
import { file, text } from '../../lab/generate/host-file.ts'
import { stageFiles } from '../../lab/seed/stage.ts'
import { changedFiles } from '../../lab/state/files.ts'
import { readProcesses, servicesOf } from '../../lab/state/processes.ts'
import { copyAccess, NETWORK, pathsIn, type Image } from './image.ts'

const NAME = 'host'

/** One fresh host with a network of its own: two of them have the same name and address, so that nothing tells them apart. */
export class ParityHost {
  private readonly lab: Lab
  /** What it only reads, uppermost first. */
  private lower: readonly string[] = []

  constructor(
    readonly folder: string,
    private readonly image: Image,
  ) {
    this.lab = new Lab(pathsIn(folder))
  }

  /** Makes the host's network, if it is not there. */
  async connect(): Promise<void> {
    if (!this.lab.isUp) await this.makeNetwork()
  }

  /** Boots the host from its image, with layers over it, uppermost first, whatever was on it before. */
  async fresh(layers: readonly string[]): Promise<void> {
    this.lower = [...layers, this.image.root]
    writeFileSync(join(this.folder, 'lower', NAME), `${this.lower.join(':')}\n`)
    await this.lab.boot('clear-hosts.sh', NAME)
    await this.lab.startHosts(this.lab.hosts)
    await waitForBoot(this.lab, this.lab.hosts)
  }

  /** A power cut. */
  async stop(): Promise<void> {
    await this.lab.killHosts(this.lab.hosts)
  }

  async down(): Promise<void> {
    await this.lab.down()
  }

  /** A command line that runs another with this machine's files and the host's network. */
  get through(): readonly string[] {
    return ['nsenter', ...insideNetwork(this.lab.outer, [])]
  }

  /** What a shell script prints on the host. */
  async tell(script: string, args: readonly string[] = []): Promise<string> {
    return run('nsenter', insideOuter(this.lab.outer, enterHost(this.lab, NAME, ['sh', '-c', script, 'sh', ...args])))
  }

  /** Files that differ from the image's and its layers': path -> kind, mode, owner and checksum or target. */
  async files(): Promise<Readonly<Record<string, string>>> {
    return changedFiles({ upper: this.pathOf(''), lower: this.lower, labwalk: join(this.image.programs, 'labwalk') })
  }

  /** A file of the running host, to be written as well. */
  livePathOf(path: string): string {
    const [host] = this.lab.hosts
    return this.lab.pathOn((host && this.lab.pidOf(host)) ?? '', path)
  }

  /** A changed file as this machine reaches it. */
  pathOf(path: string): string {
    return join(this.lab.inner('hosts', NAME, 'upper'), path)
  }

  /** Command lines of what init keeps running, with how many processes of each there are. */
  services(): Readonly<Record<string, number>> {
    const [host] = this.lab.hosts
    const init = host && this.lab.pidOf(host)
    if (init === undefined) return {}
    const services = servicesOf(readProcesses(`/proc/${String(this.lab.outer.pid)}/root/proc`), init)
    return Object.fromEntries(Object.entries(services).map(([command, started]) => [command, started.length]))
  }

  private async makeNetwork(): Promise<void> {
    const { folder, image } = this
    for (const name of ['net', 'lower', 'hosts']) mkdirSync(join(folder, name), { recursive: true })
    stageFiles(folder, planOf(folder, image))
    copyAccess(image, folder)
    await createOuter(folder, image.programs)
    await this.lab.boot('outer.sh')
  }
}

function planOf(folder: string, image: Image): ReturnType<typeof file>[] {
  const host: PlannedHost = { name: NAME, nameInRegion: NAME, address: NETWORK.address, vips: [], zone: 'parity', roles: [], ports: [22], proxiedPorts: [] }
  return [
    file('seed.json', `${JSON.stringify({ base: image.root, programs: image.programs, folder })}\n`),
    file('hosts.json', `${JSON.stringify([host])}\n`),
    file('hosts.tsv', `${NAME}\tv0\tbr0\n`),
    file('net.batch', text(
      'link set lo up', 'link add br0 type bridge forward_delay 0 mcast_snooping 0', `addr add ${NETWORK.router}/24 dev br0`, 'link set br0 up',
      `netns add ${NAME}`, `link add v0 type veth peer name eth0 address 02:00:0a:4d:00:02 netns ${NAME}`, 'link set v0 master br0 up',
    )),
    file(`net/${NAME}.batch`, text('link set lo up', 'addr flush dev eth0', `addr add ${NETWORK.address}/24 dev eth0`, 'link set eth0 up', `route replace default via ${NETWORK.router}`)),
  ]
}
