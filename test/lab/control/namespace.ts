import { spawn } from 'node:child_process'
import { existsSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { hostDrop } from './capabilities.ts'
import { startTimeOf } from './start-time.ts'
import { delay, run } from './run.ts'

/** The outer namespaces of a lab that is up, known by the process that keeps them. */
export interface Outer {
  readonly pid: number
}

/** Creating a time namespace needs the capability that hosts must not have. */
const outerDrop = hostDrop.split(',').filter((name) => name !== '-sys_time').join(',')

/** The namespaces of the lab in this directory, unless it is down. */
export function findOuter(lab: string): Outer | undefined {
  const file = join(lab, 'outer.pid')
  if (!existsSync(file)) return undefined
  const [pid, started] = readFileSync(file, 'utf8').trim().split(' ')
  return pid !== undefined && startTimeOf(Number(pid)) === started ? { pid: Number(pid) } : undefined
}

/** As findOuter, for commands that need the lab to be up. */
export function requireOuter(lab: string): Outer {
  const outer = findOuter(lab)
  if (!outer) throw new Error(`The lab in ${lab} is not up`)
  return outer
}

/** Makes the outer namespaces; everything in them ends with the process whose id is returned. */
export async function createOuter(lab: string, programs: string): Promise<Outer> {
  const namespaces = ['--mount', '--uts', '--ipc', '--net', '--pid', '--fork', '--kill-child', '--propagation', 'private', '--mount-proc']
  const log = openSync(join(lab, 'outer.log'), 'w')
  const parent = spawn('unshare', [...namespaces, 'setpriv', '--bounding-set', outerDrop, join(programs, 'labinit')], { detached: true, stdio: ['ignore', log, log] })
  parent.unref()
  const pid = await childOf(parent.pid ?? 0)
  writeFileSync(join(lab, 'outer.pid'), `${pid} ${startTimeOf(Number(pid)) ?? ''}\n`)
  return { pid: Number(pid) }
}

/** Ends the outer process, and with it all processes, mounts and interfaces of the lab. */
export async function destroyOuter(lab: string): Promise<void> {
  const outer = findOuter(lab)
  if (outer) {
    process.kill(outer.pid, 'SIGKILL')
    while (existsSync(`/proc/${outer.pid}`)) await delay(20)
  }
  rmSync(join(lab, 'outer.pid'), { force: true })
}

/** Arguments of nsenter that run a command inside the outer namespaces. */
export const insideOuter = ({ pid }: Outer, command: readonly string[], drop = hostDrop): readonly string[] => [
  '-t', String(pid), '-m', '-u', '-i', '-n', '-p', '--', 'setpriv', '--bounding-set', drop, ...command,
]

/** Arguments of nsenter that run a command with this machine's files and the lab's network. */
export const insideNetwork = ({ pid }: Outer, command: readonly string[]): readonly string[] => ['-t', String(pid), '-n', '--', 'setpriv', '--bounding-set', hostDrop, ...command]

/** Runs one of the boot scripts inside the outer namespaces. */
export async function runBootScript(outer: Outer, script: BootScript): Promise<void> {
  const env = { LAB: script.lab, LAB_PROGRAMS: script.programs, LAB_HOST_DROP: hostDrop, LAB_MEMORY: process.env.LAB_MEMORY ?? '10g' }
  await run('nsenter', insideOuter(outer, ['bash', join(script.source, 'boot', script.name), ...script.args], outerDrop), { env })
}

export interface BootScript {
  readonly name: string
  readonly args: readonly string[]
  readonly lab: string
  readonly programs: string
  readonly source: string
}

async function childOf(parent: number): Promise<string> {
  for (let turn = 0; turn < 500; turn++) {
    const [child] = readFileSync(`/proc/${parent}/task/${parent}/children`, 'utf8').split(' ')
    // setpriv first: only the program itself is the namespaces' init
    if (child && readFileSync(`/proc/${child}/comm`, 'utf8').trim() === 'labinit') return child
    await delay(10)
  }
  throw new Error('Cannot make the outer namespaces: see outer.log in the lab directory')
}
