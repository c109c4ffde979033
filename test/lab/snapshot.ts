import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CommandLine } from './control/commands.ts'
import type { Lab } from './control/lab.ts'
import { insideNetwork, insideOuter } from './control/namespace.ts'
import type { PlannedHost } from './control/plan.ts'
import { run } from './control/run.ts'
import { rowsOn } from './state/databases.ts'
import { diffStates } from './state/diff.ts'
import { changedFiles } from './state/files.ts'
import { readProcesses, servicesOf } from './state/processes.ts'
import { sections, type HostState, type LabState, type Section } from './state/types.ts'

export { diffStates } from './state/diff.ts'
export type { LabState } from './state/types.ts'

/** The state of every host of a lab that is up: files, rows, services, cache keys, hostnames. */
export async function takeSnapshot(lab: Lab): Promise<LabState> {
  const processes = readProcesses(`/proc/${lab.outer.pid}/root/proc`)
  const { programs } = lab.seed
  const states = lab.hosts.map(async (host): Promise<[string, HostState]> => {
    const lower = readFileSync(join(lab.paths.lab, 'lower', host.name), 'utf8').trim().split(':')
    const files = changedFiles({ upper: lab.inner('hosts', host.name, 'upper'), lower, labwalk: join(programs, 'labwalk') })
    const pid = lab.pidOf(host)
    if (pid === undefined) return [host.name, { files: await files, databases: {}, services: {}, cacheKeys: [] }]
    const [hostname, databases, cacheKeys] = await Promise.all([
      run('nsenter', insideOuter(lab.outer, ['nsenter', '-t', pid, '-u', 'hostname'])),
      host.roles.some((role) => role.startsWith('pg')) ? rowsOn(lab, host.name) : {},
      host.roles.includes('zoocassa') ? cacheKeysOn(lab, host) : [],
    ])
    return [host.name, { hostname: hostname.trim(), files: await files, databases, services: servicesOf(processes, pid), cacheKeys }]
  })
  return { hosts: Object.fromEntries(await Promise.all(states)) }
}

/** `snapshot FILE`, and `snapshot diff A B [SECTION,...]`: status 1 and the differences when there are any. */
export async function snapshotCommand(lab: Lab, { args }: CommandLine): Promise<number> {
  const [first, before, after, chosen] = args
  if (first === undefined) throw new Error('usage: snapshot FILE | snapshot diff A B [SECTION,...]')
  if (first !== 'diff') {
    writeFileSync(first, `${JSON.stringify(await takeSnapshot(lab), null, 1)}\n`)
    return 0
  }
  if (before === undefined || after === undefined) throw new Error('usage: snapshot diff A B [SECTION,...]')
  const differences = diffStates(read(before), read(after), sectionsNamed(chosen))
  for (const line of differences) console.log(line)
  return differences.length === 0 ? 0 : 1
}

const read = (file: string): LabState => JSON.parse(readFileSync(file, 'utf8')) as LabState

function sectionsNamed(chosen: string | undefined): readonly Section[] {
  if (chosen === undefined) return sections
  const names = chosen.split(',')
  const unknown = names.filter((name) => !sections.some((section) => section === name))
  if (unknown.length > 0) throw new Error(`No such section: ${unknown.join(', ')}; there are ${sections.join(', ')}`)
  return sections.filter((section) => names.includes(section))
}

/** Keys by memcached's own dump; a server that is down has none. */
async function cacheKeysOn(lab: Lab, { address }: PlannedHost): Promise<readonly string[]> {
  const script = `exec 3<>/dev/tcp/${address}/11211 && printf 'lru_crawler metadump all\\r\\n' >&3 && while read -r line <&3; do case $line in key=*) echo "$line" ;; *) break ;; esac; done`
  const output = await run('nsenter', insideNetwork(lab.outer, ['timeout', '5', 'bash', '-c', script])).catch(() => '')
  return output.split('\n').flatMap((line) => /^key=(\S+)/.exec(line)?.[1] ?? []).map(decodeURIComponent).sort()
}
