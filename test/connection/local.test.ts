import { describe, expect, it } from 'vitest'
import { connect } from '../../src/connection/index.ts'
import { openSession } from '../../src/remote/open-session.ts'
import { connectionContract } from './connection-contract.ts'

const target = { host: 'here', hostKeyChecking: true, timeout: 5 }

connectionContract('local', () => connect({ ...target, kind: 'local' }))

it('begins in the folder that its target names', async () => {
  const session = openSession({ ...target, kind: 'local', folder: '/usr/share' }, connect)
  try {
    const remote = await session.remote()
    expect((await remote.exec({ script: 'pwd' })).stdout.toString()).toBe('/usr/share\n')
    expect((await remote.stat('../share'))?.inode).toBe((await remote.stat('/usr/share'))?.inode)
  } finally {
    await session.close()
  }
})

it('has a terminal for programs that want one', async () => {
  const channel = await (await connect({ ...target, kind: 'local' })).start('tty; IFS= read -r word; echo "got $word"', { terminal: true })
  let said = ''
  channel.stdout.on('data', (chunk: Buffer) => { said += chunk.toString() })
  channel.stdin.write('it\n')
  expect(await channel.ended).toEqual({ kind: 'exited', status: 0 })
  expect(said).toMatch(/\/dev\/pts\/\d+\r\n[\s\S]*got it\r\n$/)
})

describe('connect', () => {
  it('names the kinds there are when it is given another', async () => {
    await expect(connect({ ...target, kind: 'winrm' })).rejects.toMatchObject({ kind: 'unsupported', message: expect.stringMatching(/'winrm' \(known: ssh, .*local, .*kubectl/) as unknown })
  })

  it('takes the full name of a kind', async () => {
    expect((await connect({ ...target, kind: 'ansible.builtin.local' })).description).toBe('local')
  })
})
