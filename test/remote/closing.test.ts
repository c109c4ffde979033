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
