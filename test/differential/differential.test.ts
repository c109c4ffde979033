import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startAnsible, type AnsibleServer } from './ansible-side.ts'
import { findReference } from '../reference/reference.ts'
import { readCases, type Case } from './case-file.ts'
import { compareRuns } from './compare.ts'
import type { RunRecord } from './record.ts'
import { prepareScratch } from './scratch.ts'
import { runTsplay } from './tsplay-side.ts'

const { isOlder } = findReference()
const cases = readCases(join(import.meta.dirname, 'cases'))
const WORKERS = 2
/** Fields that results have since 2.15 or later. */
const NOT_IN_OLDER = ['false_condition']

describe.concurrent('differential', () => {
  const scratch = mkdtempSync(join(tmpdir(), 'differential-'))
  const idle: AnsibleServer[] = []
  const waiting: ((server: AnsibleServer) => void)[] = []

  beforeAll(() => {
    for (let worker = 0; worker < WORKERS; worker += 1) idle.push(startAnsible())
  })
  afterAll(() => {
    for (const server of idle) server.close()
    rmSync(scratch, { recursive: true, force: true })
  })

  async function withServer<Result>(use: (server: AnsibleServer) => Promise<Result>): Promise<Result> {
    const server = idle.pop() ?? await new Promise<AnsibleServer>((resolve) => { waiting.push(resolve) })
    try {
      return await use(server)
    } finally {
      const next = waiting.shift()
      if (next === undefined) idle.push(server)
      else next(server)
    }
  }

  test.each(cases.map((given) => [given.name, given] as const))('%s', async (_name, given) => {
    await withServer(async (server) => {
      const folder = join(scratch, given.name.replaceAll('/', '-'))
      const args = ['-i', 'inventory', 'playbook.yml', ...given.options]
      prepareScratch(folder, given.files)
      const ansible = await server.run(given, folder, args)
      prepareScratch(folder, given.files)
      const tsplay = await runTsplay(given, folder, { args })
      judge(given, ansible, tsplay)
    })
  })
})

function judge(given: Case, ansible: RunRecord, tsplay: RunRecord): void {
  if (given.refused !== undefined) {
    expect({ hosts: tsplay.hosts, ansibleFails: ansible.exitCode !== 0 }, tsplay.output).toEqual({ hosts: {}, ansibleFails: true })
    expect([4, ansible.exitCode], tsplay.output).toContain(tsplay.exitCode)
    return
  }
  const differences = compareRuns({ without: [...given.without.keys(), ...isOlder ? NOT_IN_OLDER : []], shows: given.shows }, { ansible, tsplay })
  const noted = isOlder ? given.older : given.differs
  const allowed = new Set([...noted.keys(), ...given.differs.keys()])
  const unexpected = differences.filter(({ about }) => !allowed.has('*') && !allowed.has(about))
  const outputs = process.env['DIFFERENTIAL_OUTPUT'] ? `\n--- ansible\n${ansible.output}\n--- tsplay\n${tsplay.output}` : ''
  expect(unexpected.map(({ text }) => text).join('\n'), `${given.name}${outputs}`).toBe('')
  const vanished = [...noted.keys()].filter((about) => about === '*' ? differences.length === 0 : differences.every((difference) => difference.about !== about))
  expect(vanished, 'in what the tools no longer differ').toEqual([])
}
