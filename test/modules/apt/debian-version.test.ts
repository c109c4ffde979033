import { describe, expect, it } from 'vitest'
import { compareDebianVersions } from '../../../src/modules/system/packages/debian-version.ts'

describe('compareDebianVersions', () => {
  it.each([
    ['1.0', '1.0'], ['1.0', '1.00'], ['0:1', '1'], ['1-0', '1'],
  ])('%s is %s', (left, right) => {
    expect(compareDebianVersions(left, right)).toBe(0)
  })

  it.each([
    ['1.9', '1.10'], ['1.0~rc1', '1.0'], ['1.0~~', '1.0~'], ['1.0', '1.0a'], ['1.0a', '1.0+b'], ['2.0', '1:1.0'], ['1.0-1', '1.0-1+deb12u1'], ['1.0-1~bpo12', '1.0-1'], ['5.99999999999999999998', '5.99999999999999999999'], ['1-2-1', '1-2-2'], ['a', '+'],
  ])('%s is older than %s', (older, newer) => {
    expect(compareDebianVersions(older, newer)).toBeLessThan(0)
    expect(compareDebianVersions(newer, older)).toBeGreaterThan(0)
  })
})
