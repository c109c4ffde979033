import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { judge } from './allowed.ts'
import { applyBoth } from './apply.ts'
import { contentAt } from './content.ts'
import { twoHosts, type TwoHosts } from './hosts.ts'
import { reportText } from './report.ts'

const FOLDER = join(import.meta.dirname, 'playbooks')
const playbooks = readdirSync(FOLDER).filter((name) => name.endsWith('.yml'))

/** Each playbook makes the same of a fresh host with Ansible and with tsplay, and both say the same of it. */
describe('parity', () => {
  const scratch = mkdtempSync(join(tmpdir(), 'parity-'))
  let two: TwoHosts

  beforeAll(async () => { two = await twoHosts(scratch) })
  afterAll(async () => {
    await two.leave({ down: true })
    rmSync(scratch, { recursive: true, force: true })
  })

  it.each(playbooks)('%s', async (name) => {
    const content = contentAt(join(FOLDER, name))
    const application = await applyBoth(content, two, [])
    const judged = judge(content.name, application.differences)
    expect(judged.unexpected, reportText(content.name, application, judged)).toEqual([])
  })
})
