import { writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { judge } from './allowed.ts'
import { applyBoth } from './apply.ts'
import { contentAt } from './content.ts'
import { twoHosts } from './hosts.ts'
import { reportText } from './report.ts'

const USAGE = 'usage: npm run parity -- ROLE_OR_PLAYBOOK... [-e VARIABLES]... [--dir DIR] [--keep] [--output]'

/** Applies each content with both tools; 1 when there are differences that are not allowed. */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { 'extra-vars': { type: 'string', short: 'e', multiple: true }, dir: { type: 'string' }, keep: { type: 'boolean' }, output: { type: 'boolean' } },
  })
  if (positionals.length === 0) throw new Error(USAGE)
  const contents = positionals.map(contentAt)
  const args = (values['extra-vars'] ?? []).flatMap((variables) => ['-e', variables])
  const two = await twoHosts(resolve(values.dir ?? join(import.meta.dirname, '../../.lab/parity')))
  let count = 0
  try {
    for (const content of contents) {
      const application = await applyBoth(content, two, args)
      const judged = judge(content.name, application.differences)
      count += judged.unexpected.length
      console.log(reportText(content.name, application, judged))
      for (const [tool, { output }] of Object.entries(application.first)) writeFileSync(join(two.hosts[tool as keyof typeof two.hosts].folder, 'output.txt'), `${output}`)
      if (values.output) console.log(`--- ansible\n${application.first.ansible.output}\n--- tsplay\n${application.first.tsplay.output}`)
    }
  } finally {
    await two.leave({ down: !values.keep })
  }
  return count === 0 ? 0 : 1
}

process.exitCode = await main().catch((failure: unknown) => {
  console.error(`parity: ${failure instanceof Error ? failure.message : String(failure)}`)
  return 2
})
