import type { JsonObject } from '../../../value/value.ts'
import type { RawFacts } from '../raw-facts.ts'
import { distributionFacts } from './facts.ts'
import { assignments } from './release-texts.ts'

/** `lsb`: what /etc/lsb-release says, and what lsb_release would say without it, where it is installed. */
export function lsbFacts(raw: RawFacts): JsonObject {
  const lsb = assignments(raw.file('/etc/lsb-release'))
  if (Object.keys(lsb).length === 0 && !/\/lsb_release$/m.test(raw.part('programs'))) return { lsb: {} }
  const told = { ...withoutLsb(raw), ...lsb }
  const [id, release, codename, description] = ['DISTRIB_ID', 'DISTRIB_RELEASE', 'DISTRIB_CODENAME', 'DISTRIB_DESCRIPTION'].map((name) => told[name] ?? '')
  return { lsb: { id, release, major_release: release?.replace(/\..*/, ''), codename, description } as JsonObject }
}

function withoutLsb(raw: RawFacts): Readonly<Record<string, string | undefined>> {
  const release = assignments(raw.file('/etc/os-release') ?? raw.file('/usr/lib/os-release'))
  const { distribution, distribution_release: codename } = distributionFacts(raw)
  return { DISTRIB_ID: String(distribution), DISTRIB_RELEASE: release['VERSION_ID'], DISTRIB_CODENAME: String(codename), DISTRIB_DESCRIPTION: release['PRETTY_NAME'] }
}
