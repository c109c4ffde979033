/** A task took longer than its `timeout`. */
class TaskTimeoutError extends Error {
  readonly kind = 'task-timeout'
}

/** Gives up on work that takes longer than some seconds; the work itself is not stopped. */
export async function within<T>(seconds: number | undefined, work: () => Promise<T>): Promise<T> {
  if (seconds === undefined) return work()
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => { reject(new TaskTimeoutError(`Timed out: the task took longer than its ${seconds} seconds`)) }, seconds * 1000)
  })
  try {
    return await Promise.race([work(), late])
  } finally {
    clearTimeout(timer)
  }
}
