import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { connect } from '../../src/connection/index.ts'
import { openSession } from '../../src/remote/open-session.ts'
import { busyboxRoot } from '../support/busybox-root.ts'
import { connectionContract } from './connection-contract.ts'

let root: string

beforeAll(() => { root = busyboxRoot() })

const target = (changes = {}) => ({ kind: 'chroot', host: 'jail', address: root, hostKeyChecking: true, timeout: 10, ...changes })

connectionContract('chroot', () => connect(target()), () => ({ here: join(root, 'tmp'), there: '/tmp' }))

describe('chroot', () => {
  it('sees the files of its folder, and only those', async () => {
    const session = openSession(target(), connect)
    writeFileSync(join(root, 'tmp/inside'), 'yes')
    const { stdout } = await (await session.remote()).exec({ script: 'cat /tmp/inside; ls /usr 2>/dev/null; id -un' })
    expect(stdout.toString()).toBe('yesroot\n')
    await session.close()
  })

  it('says that a folder holds no system', async () => {
    await expect(connect(target({ address: '/nowhere' }))).rejects.toMatchObject({ kind: 'unsupported', message: 'Cannot enter /nowhere: it holds no /bin/sh' })
  })
})
