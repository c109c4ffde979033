import { existsSync } from 'node:fs'
import { expect, it } from 'vitest'
import { localSession } from './remotes.ts'

it('a closed session opens nothing more for those who still wait', async () => {
  const session = localSession()
  const remote = await session.remote()
  const busy = remote.exec({ script: 'sleep 5' }).catch((error: unknown) => error)
  const waiting = remote.read({ kind: 'script', key: 'late', script: 'echo late', parse: ({ stdout }) => stdout.toString() }).catch((error: unknown) => error)
  await session.close()
  expect(await busy).toMatchObject({ kind: 'lost' })
  expect(await waiting).toMatchObject({ kind: 'lost', message: expect.stringContaining('the conversation is over') as string })
})

it('a session that is closed takes away what was kept on the host for the rest of the run', async () => {
  const session = localSession()
  const remote = await session.remote()
  const path = await remote.resource('file', async () => {
    const { stdout } = await remote.exec({ script: 'mktemp' })
    const made = stdout.toString().trim()
    return { value: made, dispose: () => remote.remove(made) }
  })
  expect(existsSync(path)).toBe(true)
  await session.close()
  expect(existsSync(path)).toBe(false)
})
