import { homedir } from 'node:os'
import { describe, expect, it } from 'vitest'
import { expandHome, expandVariables } from '../../src/text/expand-home.ts'

describe('expandHome', () => {
  it.each([
    { path: '~', expected: '/home/ann' },
    { path: '~/keys', expected: '/home/ann/keys' },
    { path: '~root/keys', expected: '/root/keys' },
    { path: '~nobody-of-that-name/keys', expected: '~nobody-of-that-name/keys' },
    { path: 'a/~/b', expected: 'a/~/b' },
  ])('makes $expected of $path', ({ path, expected }) => {
    expect(expandHome(path, '/home/ann')).toBe(expected)
  })

  it('takes the home of whoever runs it', () => {
    expect(expandHome('~/x')).toBe(`${homedir()}/x`)
  })
})

describe('expandVariables', () => {
  it('fills in what is set and leaves the rest', () => {
    expect(expandVariables('$DIR/${NAME}_$NONE', { DIR: '/srv', NAME: 'a' })).toBe('/srv/a_$NONE')
  })
})
