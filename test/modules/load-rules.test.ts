import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ConnectionError } from '../../src/connection/connection.ts'
import { loadRules } from '../../src/modules/system/firewall/load-rules.ts'
import { liveHost, type LiveHost } from '../support/live-host.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

/** A real shell watches; what it would load is but written to a file. */
describe('rules that are loaded', () => {
  const folder = temporaryFolder('load-rules')
  let host: LiveHost
  beforeAll(async () => { host = await liveHost() })
  afterAll(async () => { await host.close() })

  const loading = (name: string) => ({ words: ['true', name], back: ['tee', join(folder, name)], before: '*filter\nCOMMIT\n', effects: {} })

  it('stay when a new connection confirms them', async () => {
    let connections = 0
    const reconnect = () => Promise.resolve((connections++, host.remote))
    await loadRules(loading('kept'), { seconds: 1, reconnect }, host.remote)
    expect(connections).toBe(1)
    await sleep(1500)
    expect(existsSync(join(folder, 'kept'))).toBe(false)
  })

  it('are taken back by the host itself when nobody can reach it in time', async () => {
    const end = performance.now() + 1800
    const reconnect = () => performance.now() < end ? Promise.reject(new ConnectionError('timeout', 'no answer')) : Promise.resolve(host.remote)
    await expect(loadRules(loading('lost'), { seconds: 1, reconnect }, host.remote)).rejects.toThrow('Failed to confirm state restored from lost after 1s. Firewall has been rolled back to its initial state.')
    expect(readFileSync(join(folder, 'lost'), 'utf8')).toBe('*filter\nCOMMIT\n')
  })

  it('are not watched over when they could not be loaded', async () => {
    const failing = { ...loading('none'), words: ['sh', '-c', 'echo no such chain >&2; exit 2'] }
    await expect(loadRules(failing, { seconds: 1, reconnect: () => Promise.resolve(host.remote) }, host.remote)).rejects.toThrow('no such chain')
    await sleep(1500)
    expect(existsSync(join(folder, 'none'))).toBe(false)
  })
})
