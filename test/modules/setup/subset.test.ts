import { describe, expect, it } from 'vitest'
import { chosenCollectors } from '../../../src/modules/setup/subset.ts'

describe('gather_subset', () => {
  const groups = (...subsets: string[]) => [...new Set(chosenCollectors(subsets).map(({ group }) => group))].sort()

  it('is everything when nothing is said', () => {
    expect(groups()).toEqual(groups('all'))
    expect(groups()).toContain('hardware')
  })

  it('is no more than min when something is only taken away', () => {
    expect(groups('!hardware')).toEqual(['min'])
    expect(groups('all', '!hardware')).not.toContain('hardware')
    expect(groups('all', '!hardware')).toContain('network')
  })

  it('takes nothing away by a name that is none', () => {
    expect(groups('!all', '!any')).toEqual(['min'])
    expect(() => groups('any')).toThrow("Bad subset 'any'")
  })
})
