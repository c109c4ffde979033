import { afterAll, beforeAll } from 'vitest'
import { connect } from '../../src/connection/index.ts'
import { openSession } from '../../src/remote/open-session.ts'
import { startServer, type TestServer } from '../connection/test-server.ts'
import { remoteContract } from './remote-contract.ts'
import { busyboxSession, localSession } from './remotes.ts'

let server: TestServer

beforeAll(async () => { server = await startServer({ accounts: false }) })
afterAll(async () => { await server.stop() })

remoteContract('local dash', () => Promise.resolve(localSession('dash')))
remoteContract('local bash', () => Promise.resolve(localSession('bash --posix')))
remoteContract('local busybox', () => Promise.resolve(busyboxSession()))
remoteContract('ssh', () => Promise.resolve(openSession(server.target(), connect)))
