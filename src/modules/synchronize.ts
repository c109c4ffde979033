import { randomUUID } from 'node:crypto'
import { resolve } from 'node:path'
import type { Controller } from '../module/controller.ts'
import { defineAction } from '../module/define-module.ts'
import { ModuleFailure, type ActionContext, type ModuleResult } from '../module/module.ts'
import type { ExecResult } from '../remote/exec.ts'
import type { Remote } from '../remote/remote.ts'
import { quote, quoteAll } from '../text/shell-quote.ts'
import { CHANGED, changedItems, rsyncOptions, synchronizeArguments, type SynchronizeArguments } from './rsync/options.ts'
import { remotePath, remoteShell } from './rsync/remote-shell.ts'

/** `ansible.posix.synchronize`: folders kept the same by the rsync program. */
export const synchronize = defineAction({
  name: 'synchronize',
  aliases: ['ansible.posix.synchronize'],
  summary: 'Keep folders the same by rsync, from the control host (or the host it is delegated to) to the host, or back.',
  where: 'host',
  check: 'predict',
  args: synchronizeArguments,
  examples: [
    { name: 'Push a folder of the role', args: { src: 'site/', dest: '/srv/site', delete: true } },
    { name: 'Pull logs', args: { mode: 'pull', src: '/var/log/app', dest: 'logs/', rsync_opts: ['--exclude=*.gz'] } },
  ],
  run: async (given, context) => {
    const { runner, script } = await commandFor(given, context, false)
    const result = await runner.exec({ script })
    // It wrote behind the back of the conversation with the other end.
    context.remote.forget()
    return told(result, script)
  },
  predict: async (given, context) => {
    const { runner, script } = await commandFor(given, context, true)
    // A dry run changes nothing, so it is a question; it is asked anew each time.
    return told(await runner.read({ kind: 'script', key: `rsync:${randomUUID()}`, script, parse: (result) => result }), script)
  },
})

interface Command {
  /** The host that rsync is started on. */
  readonly runner: Remote
  readonly script: string
}

async function commandFor(given: SynchronizeArguments, { remote, controller }: ActionContext, dryRun: boolean): Promise<Command> {
  const isOther = remote.host !== controller.target.host
  const delegated = isOther || controller.isDelegated === true
  const runner = delegated ? remote : await controller.local()
  // Delegated to the host itself, both ends are there.
  const alone = !isOther && (delegated || controller.target.kind === 'local')
  const [src, dest] = ends(given, { controller, delegated, alone })
  const reach = alone ? [] : [`--rsh=${remoteShell(given, controller.target)}`, ...rsyncPath(given, { remote, controller, delegated })]
  const options = [...(dryRun ? ['--dry-run'] : []), ...rsyncOptions(given), ...reach]
  return { runner, script: `command -v rsync >/dev/null || { echo "there is no program rsync on ${quote(runner.host)}" >&2; exit 127; }\nrsync ${quoteAll(options)} -- ${quoteAll([src, dest])}` }
}

interface Way {
  readonly controller: Controller
  readonly delegated: boolean
  readonly alone: boolean
}

function ends(given: SynchronizeArguments, { controller, delegated, alone }: Way): readonly [string, string] {
  const there = (path: string): string => (alone ? path : remotePath(path, controller.target, given.set_remote_user))
  if (given.mode === 'pull') return [there(given.src), delegated ? given.dest : besidePlaybook(given.dest, controller)]
  return [delegated ? given.src : controller.findFile(given.src, 'files'), there(given.dest)]
}

function besidePlaybook(path: string, controller: Controller): string {
  const folder = controller.variable('playbook_dir')
  return resolve(typeof folder === 'string' ? folder : '.', path) + (path.endsWith('/') ? '/' : '')
}

/** At the other end rsync runs as the user of the task, when that is not the one who logs in. */
function rsyncPath({ rsync_path: path = 'rsync' }: SynchronizeArguments, { remote, controller, delegated }: Omit<Way, 'alone'> & { readonly remote: Remote }): readonly string[] {
  const login = controller.target.user
  const become = !delegated && login !== undefined && login !== remote.user
  if (become) return [`--rsync-path=sudo -n -u ${quote(remote.user)} ${path}`]
  return path === 'rsync' ? [] : [`--rsync-path=${path}`]
}

function told(result: ExecResult, cmd: string): ModuleResult {
  const [stdout, stderr] = [result.stdout.toString('utf8'), result.stderr.toString('utf8')]
  if (result.status !== 0) throw new ModuleFailure(stderr.trim() || `rsync ended with status ${result.status}`, { rc: result.status, cmd })
  const items = changedItems(stdout)
  const text = stdout.replaceAll(CHANGED, '')
  return { changed: items.length > 0, msg: text, fields: { rc: 0, cmd, stdout_lines: text.split('\n').filter((line) => line !== '') } }
}
