/** Does some work between `begin` and COMMIT, and takes all of it back when it fails. */
export async function inTransaction<Execute extends (sql: string) => Promise<unknown>, T>(execute: Execute, begin: string, work: (execute: Execute) => Promise<T>): Promise<T> {
  await execute(begin)
  try {
    const result = await work(execute)
    await execute('COMMIT')
    return result
  } catch (error) {
    // A lost connection cannot roll back: the server does so itself.
    await execute('ROLLBACK').catch(() => undefined)
    throw error
  }
}
