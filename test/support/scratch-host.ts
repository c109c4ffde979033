import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { ConnectionError, type Connection } from '../../src/connection/connection.ts'
import { plainEnd, ProcessConnection } from '../../src/connection/process/process-connection.ts'
import { temporaryFolder } from './temporary-folder.ts'

/** A host of this machine's programs whose files, network, name and processes are its own: nothing that is done to it stays. */
export interface ScratchHost {
  /** What was written to its file system lies here, as this machine sees it through `/proc`. */
  readonly upper: string
  connect(): Promise<Connection>
  stop(): Promise<void>
}

/** Starts one by an overlay in memory over this machine's root, in namespaces. Needs root. */
export async function scratchHost(prepare = ':'): Promise<ScratchHost> {
  const folder = temporaryFolder('scratch')
  const outer = spawn('unshare', ['--mount', '--net', '--uts', '--ipc', '--pid', '--fork', '--kill-child', '--propagation', 'private', 'sh', '-c', BOOT, 'boot', folder, prepare], { stdio: ['pipe', 'pipe', 'inherit'] })
  const pid = await readyPid(outer)
  return {
    upper: `/proc/${String(outer.pid)}/root${folder}/upper`,
    connect: () => Promise.resolve(new ProcessConnection({
      description: 'scratch', user: 'root', endOf: plainEnd,
      argv: (command) => ['nsenter', '--target', pid, '--mount', '--net', '--uts', '--ipc', '--pid', '--root', 'env', '-i', 'HOME=/root', 'USER=root', `PATH=${PATH}`, 'LANG=C.UTF-8', 'sh', '-c', `cd /root || exit\n${command}`],
      dial: () => Promise.reject(new ConnectionError('refused', 'nothing listens on a scratch host')),
    })),
    async stop() {
      outer.kill('SIGKILL')
      if (outer.exitCode === null && outer.signalCode === null) await once(outer, 'exit')
    },
  }
}

const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

/** What the first process does: it stays as long as its input does. */
const BOOT = `
set -e
mount -t tmpfs scratch "$1"
cd "$1"
mkdir upper work root
mount -t overlay overlay -o lowerdir=/,upperdir=upper,workdir=work root
mount -t proc proc root/proc
mount -t sysfs sysfs root/sys
mount --rbind /dev root/dev
for own in run tmp dev/shm; do mount -t tmpfs scratch root/$own; done
chmod 1777 root/tmp
hostname scratch
ip link set lo up
chroot root sh -c "$2" >&2 </dev/null
exec chroot root sh -c 'echo ready; exec cat >/dev/null'
`

/** The first process, by the number that it has here. */
async function readyPid(outer: ChildProcess): Promise<string> {
  const ended = once(outer, 'exit').then(() => { throw new Error('The scratch host did not start') })
  if (outer.stdout === null) throw new Error('Its output is not read')
  await Promise.race([once(outer.stdout, 'data'), ended])
  ended.catch(() => undefined)
  const children = await import('node:fs/promises').then(({ readFile }) => readFile(`/proc/${String(outer.pid)}/task/${String(outer.pid)}/children`, 'utf8'))
  return children.trim()
}
