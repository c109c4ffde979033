import { ExecTimeoutError } from '../../remote/exec.ts'

/** How long work may take, and the error that says that it took longer. */
export interface TimeLimit {
  readonly seconds: number
  readonly late: () => Error
}

/** Gives up on work that takes longer than it may; the work itself, unless it is a command of the host, is not stopped. */
export async function within<T>(limit: TimeLimit | undefined, work: () => Promise<T>): Promise<T> {
  if (limit === undefined) return work()
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    // Commands are given the same time: it is they who should notice first.
    timer = setTimeout(() => { reject(limit.late()) }, limit.seconds * 1000 + GRACE)
  })
  try {
    return await Promise.race([work(), late])
  } catch (error) {
    throw error instanceof ExecTimeoutError ? limit.late() : error
  } finally {
    clearTimeout(timer)
  }
}

/** Milliseconds. */
const GRACE = 500
