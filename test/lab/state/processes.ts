import { readFileSync, readdirSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'

interface Process {
  readonly pid: string
  readonly parent: string
  readonly started: number
  readonly command: string
  readonly namespace: string
}

/** Every process of a lab, by the /proc of its outer namespaces. */
export function readProcesses(proc: string): readonly Process[] {
  return readdirSync(proc).filter((name) => /^\d+$/.test(name)).flatMap((pid) => {
    try {
      return [readProcess(proc, pid)]
    } catch {
      // it ended meanwhile
      return []
    }
  })
}

/** Services of a host: what its init and its supervisor keep running. */
export function servicesOf(processes: readonly Process[], init: string): Readonly<Record<string, readonly number[]>> {
  const namespace = processes.find(({ pid }) => pid === init)?.namespace
  const own = processes.filter((process) => process.namespace === namespace && process.pid !== init)
  const supervisors = own.filter(({ command }) => command.includes('supervisord')).map(({ pid }) => pid)
  const services = own.filter(({ parent, command }) => [init, ...supervisors].includes(parent) && command !== '')
  const found: Record<string, number[]> = {}
  for (const { command, started } of services) (found[command] ??= []).push(started)
  for (const times of Object.values(found)) times.sort((a, b) => a - b)
  return Object.fromEntries(Object.entries(found).sort(([a], [b]) => (a < b ? -1 : 1)))
}

function readProcess(proc: string, pid: string): Process {
  const fields = readFileSync(join(proc, pid, 'stat'), 'utf8').replace(/^.*\) /s, '').split(' ')
  return {
    pid,
    parent: fields[1] ?? '',
    started: Number(fields[19]),
    // sshd's title counts connections
    command: readFileSync(join(proc, pid, 'cmdline'), 'utf8').replaceAll('\0', ' ').replace(/ \[listener\].*/, '').trim(),
    namespace: readlinkSync(join(proc, pid, 'ns/pid')),
  }
}
