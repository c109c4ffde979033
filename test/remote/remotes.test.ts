import { rmSync } from 'node:fs'
import { afterAll, beforeAll } from 'vitest'
import { connect } from '../../src/connection/index.ts'
import { openSession } from '../../src/remote/open-session.ts'
import { startServer, type TestServer } from '../connection/test-server.ts'
import { remoteContract } from './remote-contract.ts'
import { busyboxSession, localSession } from './remotes.ts'

let server: TestServer
const busybox = busyboxSession()

beforeAll(async () => { server = await startServer({ accounts: false }) })
afterAll(async () => {
  await server.stop()
  rmSync(busybox.folder, { recursive: true, force: true })
})

remoteContract('local dash', () => Promise.resolve(localSession('dash')))
remoteContract('local bash', () => Promise.resolve(localSession('bash --posix')))
remoteContract('local busybox', () => Promise.resolve(busybox.session))
remoteContract('ssh', () => Promise.resolve(openSession(server.target(), connect)))
