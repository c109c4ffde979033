import { rmSync } from 'node:fs'
import { afterAll, describe, test } from 'vitest'
import { Lab } from './control/lab.ts'
import { labPaths } from './control/paths.ts'
import { waitForServices } from './control/readiness.ts'
import { loadSite } from './site/load.ts'
import { checkFaults } from './smoke/faults.ts'
import { checkPlatform } from './smoke/platform.ts'
import { checkServices } from './smoke/services.ts'
import { checkStates } from './smoke/states.ts'

/** Proves the lab itself by real commands, in a lab of its own; LAB_SITE says which site. */
describe('the laboratory', () => {
  const paths = labPaths({ site: process.env.LAB_SITE ?? 'small' })
  const lab = new Lab({ ...paths, lab: `${paths.lab}-smoke` })
  const site = loadSite(paths.siteFile)

  test('up boots every host until every service answers', async () => {
    await lab.down()
    await lab.up()
    await waitForServices(lab, lab.hosts)
  })
  checkServices(lab, site)
  checkFaults(lab, site)
  checkPlatform(lab, site)
  checkStates(lab, site)

  afterAll(async () => {
    await lab.down()
    rmSync(lab.paths.lab, { recursive: true, force: true })
  })
})
