import { setTimeout as sleep } from 'node:timers/promises'
import { ConnectionError } from '../../../connection/connection.ts'
import type { Controller } from '../../../module/controller.ts'
import { ModuleFailure } from '../../../module/module.ts'
import type { Remote } from '../../../remote/remote.ts'
import type { Effects } from '../../../remote/write.ts'
import { quote, quoteAll } from '../../../text/shell-quote.ts'

/** Seconds within which a new connection must show that the host can still be reached, and how one is made. */
export interface Confirmation {
  readonly seconds: number
  readonly reconnect: Controller['reconnect']
}

export interface Loading {
  /** The command that loads the new rules. */
  readonly words: readonly string[]
  /** The command that loads what there was before, from its input. */
  readonly back: readonly string[]
  readonly before: string
  readonly effects: Effects
}

/** Loads rules; with a confirmation the host itself puts back what there was, unless it is told in time over a new connection not to. */
export async function loadRules({ words, back, before, effects }: Loading, confirmation: Confirmation | undefined, remote: Remote): Promise<void> {
  const cookie = confirmation === undefined ? undefined : await startWatch({ back, before }, confirmation.seconds, remote)
  const { status, stdout, stderr } = await remote.exec({ script: `LC_ALL=C ${quoteAll(words)}` }, effects)
  if (status !== 0) {
    if (cookie !== undefined) await remote.exec({ script: `rm -f ${quote(cookie)}` }, {})
    const said = stderr.toString('utf8')
    throw new ModuleFailure(said.trim() || `${words.join(' ')} failed`, { cmd: words.join(' '), rc: status, stdout: stdout.toString('utf8'), stderr: said, applied: false })
  }
  if (confirmation === undefined || cookie === undefined) return
  if (await isConfirmed(cookie, confirmation)) return
  throw new ModuleFailure(`Failed to confirm state restored from ${words.at(-1) ?? ''} after ${confirmation.seconds}s. Firewall has been rolled back to its initial state.`, { cmd: words.join(' '), applied: false })
}

/** Leaves a process on the host that acts when its cookie is still there; the cookie's path, which holds the rules to go back to. */
async function startWatch({ back, before }: Pick<Loading, 'back' | 'before'>, seconds: number, remote: Remote): Promise<string> {
  const watch = `sleep ${seconds}; [ -e "$1" ] || exit 0; ${quoteAll(back)} <"$1"; rm -f "$1"`
  const script = `umask 077; c=$(mktemp) && cat >"$c" || exit 1
$(command -v setsid) /bin/sh -c ${quote(watch)} sh "$c" </dev/null >/dev/null 2>&1 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&- &
printf %s "$c"`
  const { status, stdout, stderr } = await remote.exec({ script, stdin: Buffer.from(before) }, {})
  if (status !== 0) throw new ModuleFailure(`Cannot keep the rules for a way back: ${stderr.toString('utf8').trim()}`)
  return stdout.toString('utf8')
}

/** Tries until the host has answered: that the cookie was still there, or that it has gone back. */
async function isConfirmed(cookie: string, { seconds, reconnect }: Confirmation): Promise<boolean> {
  // A while longer than the host waits, as it can be reached again when it has gone back.
  const end = performance.now() + (seconds + 60) * 1000
  for (;;) {
    try {
      const remote = await reconnect()
      const { stdout } = await remote.exec({ script: `c=${quote(cookie)}; if [ -e "$c" ]; then rm -f "$c"; echo there; fi` }, {})
      return stdout.toString('utf8').trim() === 'there'
    } catch (error) {
      if (!(error instanceof ConnectionError) || performance.now() > end) throw error
      await sleep(1000)
    }
  }
}
