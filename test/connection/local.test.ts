import { describe, expect, it } from 'vitest'
import { connect } from '../../src/connection/index.ts'
import { connectionContract } from './connection-contract.ts'

const target = { host: 'here', hostKeyChecking: true, timeout: 5 }

connectionContract('local', () => connect({ ...target, kind: 'local' }))

describe('connect', () => {
  it('names the kinds there are when it is given another', async () => {
    await expect(connect({ ...target, kind: 'winrm' })).rejects.toMatchObject({ kind: 'unsupported', message: expect.stringMatching(/'winrm' \(known: ssh, .*local, .*kubectl/) as unknown })
  })

  it('takes the full name of a kind', async () => {
    expect((await connect({ ...target, kind: 'ansible.builtin.local' })).description).toBe('local')
  })
})
