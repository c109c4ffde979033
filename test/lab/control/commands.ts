import { join } from 'node:path'
import { snapshotCommand } from '../snapshot.ts'
import { hostDrop } from './capabilities.ts'
import type { Lab } from './lab.ts'
import type { PlannedHost } from './plan.ts'
import { insideNetwork, insideOuter } from './namespace.ts'
import { waitForBoot, waitForServices } from './readiness.ts'
import { delay, runHere } from './run.ts'

/** What follows a command's name: its own options have been taken out. */
export interface CommandLine {
  readonly args: readonly string[]
  readonly from?: string
}

type Command = (lab: Lab, line: CommandLine) => Promise<number> | number

/** Every command of the lab; a number is the exit status. */
export const commands: Readonly<Record<string, Command>> = {
  up: async (lab, { from }) => {
    if (lab.isUp) {
      console.log(`The lab in ${lab.paths.lab} is up already`)
      return done(waitForBoot(lab, lab.hosts))
    }
    await lab.up(from)
    console.error(`Booted ${lab.hosts.length} hosts, waiting for their services ...`)
    return done(waitAfterBoot(lab, lab.hosts, from))
  },
  down: async (lab) => done(lab.down()),
  status,
  wait: async (lab, { args }) => done(waitForServices(lab, lab.hostsNamed(args))),
  ssh: (lab, { args: [name, ...command] }) => {
    const [host] = lab.hostsNamed([name ?? ''])
    return runHere('nsenter', insideNetwork(lab.outer, ['ssh', '-F', join(lab.paths.lab, 'ssh_config'), '-o', 'LogLevel=ERROR', host?.name ?? '', ...command]))
  },
  exec: (lab, { args: [name, ...command] }) => runHere('nsenter', insideOuter(lab.outer, enterHost(lab, name ?? '', command))),
  net: (lab, { args }) => runHere('nsenter', insideNetwork(lab.outer, args)),
  in: (lab, { args }) => runHere('nsenter', insideOuter(lab.outer, args)),
  cut: async (lab, { args }) => links(lab, 'cut', args),
  heal: async (lab, { args }) => links(lab, 'heal', args),
  delay: async (lab, { args: [name, milliseconds, loss] }) => {
    const [host] = lab.hostsNamed([name ?? ''])
    return done(lab.boot('link.sh', 'delay', host?.name ?? '', milliseconds ?? '0', loss ?? '0'))
  },
  kill: async (lab, { args }) => done(lab.killHosts(lab.hostsNamed(required(args)))),
  halt: async (lab, { args }) => {
    for (const host of lab.hostsNamed(required(args))) await halt(lab, host)
    return 0
  },
  start: async (lab, { args }) => {
    const hosts = lab.hostsNamed(required(args))
    await links(lab, 'heal', args)
    await lab.startHosts(hosts)
    return done(waitForBoot(lab, hosts))
  },
  reset: async (lab, { args, from }) => {
    const hosts = lab.hostsNamed(args)
    await lab.reset(hosts, from)
    return done(waitAfterBoot(lab, hosts, from))
  },
  save: async (lab, { args: [name] }) => done(lab.boot('save.sh', lab.saveFolder(required([name ?? '']).join()))),
  snapshot: snapshotCommand,
}

/** A save may hold a region in which other hosts carry other services. */
const waitAfterBoot = (lab: Lab, hosts: readonly PlannedHost[], save: string | undefined): Promise<void> =>
  save === undefined && hosts.length === lab.hosts.length ? waitForServices(lab, hosts) : waitForBoot(lab, hosts)

async function done(work: Promise<void>): Promise<number> {
  await work
  return 0
}

function required(names: readonly string[]): readonly string[] {
  if (names.length === 0 || names.includes('')) throw new Error('A name is missing: see test/lab/README.md')
  return names
}

function status(lab: Lab): number {
  if (!lab.isUp) {
    console.log('down')
    return 1
  }
  for (const host of lab.hosts) {
    console.log([host.name.padEnd(24), host.address.padEnd(16), lab.pidOf(host) === undefined ? 'dead' : 'up', ` ${host.zone}  ${host.roles.join(',')}`].join(''))
  }
  return 0
}

async function links(lab: Lab, action: 'cut' | 'heal', names: readonly string[]): Promise<number> {
  for (const { name } of lab.hostsNamed(required(names))) await lab.boot('link.sh', action, name)
  return 0
}

async function halt(lab: Lab, host: PlannedHost): Promise<void> {
  runHere('nsenter', insideOuter(lab.outer, enterHost(lab, host.name, ['halt'])))
  for (let turn = 0; turn < 600 && lab.pidOf(host) !== undefined; turn++) await delay(50)
  if (lab.pidOf(host) !== undefined) throw new Error(`${host.name} does not halt`)
}

/** A command line that enters a running host's namespaces from the outer ones. */
export function enterHost(lab: Lab, name: string, command: readonly string[]): readonly string[] {
  const [host] = lab.hostsNamed([name])
  const pid = host && lab.pidOf(host)
  if (pid === undefined) throw new Error(`${name} is not running`)
  const environment = ['env', '-i', 'PATH=/usr/sbin:/usr/bin:/sbin:/bin', 'HOME=/root', 'TERM=xterm', 'LANG=C.UTF-8']
  return ['nsenter', '-t', pid, '-m', '-u', '-i', '-n', '-p', '-T', '-r', '-w', 'setpriv', '--bounding-set', hostDrop, ...environment, ...command]
}
