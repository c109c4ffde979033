import { ExecTimeoutError, type ExecRequest, type ExecResult } from '../exec.ts'
import { execFrame, INLINE_LIMIT, type ExecFrame } from './exec-frame.ts'
import type { Dialect } from './prelude.ts'
import type { PooledShell, ShellPool } from './shell-pool.ts'

/** bash reads frames byte by byte. */
const INLINE_LIMIT_BY_BYTE = 32 * 1024

/** How much may be sent within a frame to a shell. */
export function inlineLimit(dialect: Dialect): number {
  return dialect.readsByByte ? INLINE_LIMIT_BY_BYTE : INLINE_LIMIT
}
/** How long a killed command may take to end. */
const GRACE_SECONDS = 5

export interface CommandRun {
  readonly result: ExecResult
  /** One of the paths that it was said to change leads over symbolic links. */
  readonly linked: boolean
}

/** Runs a command on a shell that nobody else uses meanwhile, and retires the shell when the command leaves processes that hold its streams. */
export async function runCommand(pool: ShellPool, request: ExecRequest, paths: readonly string[] = []): Promise<CommandRun> {
  return pool.use(async (pooled) => {
    const command = execFrame(request, { inlineLimit: inlineLimit(pooled.dialect), paths })
    const running = pooled.shell.run(command.frame)
    try {
      const result = await (request.timeout === undefined ? running : withTimeout(running, () => giveUp(pool, pooled, command), request.timeout))
      return { result, linked: command.linked() }
    } finally {
      if (command.leftover()) pooled.shell.retire()
    }
  })
}

async function withTimeout(running: Promise<ExecResult>, giveUp: () => Promise<void>, seconds: number): Promise<ExecResult> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<'late'>((resolve) => { timer = setTimeout(() => { resolve('late') }, seconds * 1000) })
  try {
    const first = await Promise.race([running, late])
    if (first !== 'late') return first
  } finally {
    clearTimeout(timer)
  }
  // Whether it ends by the kill or not, the caller hears of the timeout.
  const ended = running.catch(() => undefined)
  await Promise.race([giveUp().then(() => ended), new Promise((resolve) => { setTimeout(resolve, GRACE_SECONDS * 1000).unref() })])
  throw new ExecTimeoutError(`The command did not end within ${seconds} s`)
}

/** Another shell of the same user ends the command's process group. */
async function giveUp(pool: ShellPool, pooled: PooledShell, command: ExecFrame): Promise<void> {
  const group = command.group()
  pooled.shell.retire()
  if (group === undefined) return
  await pool.use(({ shell }) => shell.run({ source: `{ for p in -${group} ${group}; do kill -s TERM -- $p && { sleep 0.2; kill -s KILL -- $p; break; }; done; } 2>/dev/null` }))
}
