import { describe, expect, it } from 'vitest'
import { distributionFacts } from '../../../src/modules/setup/distribution/facts.ts'
import { parseRawFacts } from '../../../src/modules/setup/raw-facts.ts'
import { SYSTEMS } from './distributions.ts'

describe('distribution', () => {
  it.each(SYSTEMS)('of $name', ({ files, facts: [distribution, version, major, release, family, more = {}] }) => {
    const lines = Object.entries(files).flatMap(([path, text]) => text.split('\n').map((line) => `${path}:${line}`))
    const raw = parseRawFacts(`\u001efiles\n${lines.join('\n')}\n\u001eexists\n${Object.keys(files).join('\n')}\n`)
    expect(distributionFacts(raw)).toMatchObject({
      distribution, distribution_version: version, distribution_major_version: major, distribution_release: release, os_family: family, ...more,
    })
  })
})
