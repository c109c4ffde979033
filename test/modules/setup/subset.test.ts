import { describe, expect, it } from 'vitest'
import { COLLECTORS } from '../../../src/modules/setup/collectors.ts'
import { chosenCollectors } from '../../../src/modules/setup/subset.ts'

const ALL = COLLECTORS.map(({ name }) => name)
const MINIMUM = COLLECTORS.filter(({ isMinimal }) => isMinimal).map(({ name }) => name)

describe('gather_subset', () => {
  const chosen = (...subsets: string[]) => chosenCollectors(subsets).map(({ name }) => name)

  it('is everything when nothing is said', () => {
    expect(chosen()).toEqual(ALL)
    expect(chosen('all')).toEqual(ALL)
  })

  it('is no more than the minimum when something is only taken away', () => {
    expect(chosen('!hardware')).toEqual(MINIMUM)
    expect(chosen('all', '!hardware')).toEqual(ALL.filter((name) => name !== 'hardware'))
  })

  it('has what a collector requires, and all of a collector by one of its facts', () => {
    expect(chosen('!all', '!min', 'mounts')).toEqual(['platform', 'hardware'])
    expect(chosen('!all', '!min', 'default_ipv4')).toEqual(['platform', 'distribution', 'network'])
    expect(chosen('!all', '!min', 'service_mgr')).toEqual(['platform', 'distribution', 'service_mgr'])
  })

  it('keeps a collector that is taken away by one of its facts only', () => {
    expect(chosen('all', '!mounts')).toContain('hardware')
    expect(chosen('all', '!min')).toContain('distribution')
    expect(chosen('all', '!min')).not.toContain('env')
  })

  it('keeps what is named and taken away', () => {
    expect(chosen('!all', '!min', 'env', '!env')).toEqual(['env'])
  })

  it('takes nothing away by a name that is none', () => {
    expect(chosen('!all', '!any')).toEqual(MINIMUM)
    expect(() => chosen('any')).toThrow("Bad subset 'any' given to Ansible. gather_subset options allowed: all, all_ipv4_addresses,")
  })
})
