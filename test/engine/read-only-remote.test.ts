import { describe, expect, it } from 'vitest'
import { readOnly } from '../../src/engine/ahead/read-only-remote.ts'
import type { Probe } from '../../src/remote/probe.ts'
import type { Remote } from '../../src/remote/remote.ts'
import { aptPlanProbe } from '../../src/modules/system/packages/apt-plan.ts'
import { dpkgProbe } from '../../src/modules/system/packages/dpkg-probe.ts'

describe('a remote ahead of a task\'s turn', () => {
  const asked: string[] = []
  const remote = {
    read: (probe: Probe<unknown>) => {
      asked.push(probe.key)
      return Promise.resolve(probe.key)
    },
    exec: () => Promise.resolve('done'),
  } as unknown as Remote
  const ahead = readOnly(remote)

  it('answers what costs little', async () => {
    const probe = dpkgProbe('nginx')
    expect(await ahead.read(probe)).toBe(probe.key)
  })

  it('does not have apt simulate anything, and runs nothing', async () => {
    asked.length = 0
    await expect(ahead.read(aptPlanProbe(['install', 'nginx']))).rejects.toThrow('Not asked ahead of time')
    await expect(ahead.exec({ script: 'true' }, { keys: [], paths: [] })).rejects.toThrow('Only reads')
    expect(asked).toEqual([])
  })
})
