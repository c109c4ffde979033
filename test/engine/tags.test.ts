import { describe, expect, it } from 'vitest'
import { isSelected } from '../../src/engine/flow/tags.ts'

describe('which tags let a task run', () => {
  it.each([
    // own, --tags, --skip-tags, runs
    [[], ['all'], [], true],
    [['never'], ['all'], [], false],
    [['never', 'debug'], ['debug'], [], true],
    [['never'], ['never'], [], true],
    [['always'], ['x'], [], true],
    [['always'], ['x'], ['always'], false],
    [['always', 'never'], ['x'], [], true],
    [['always', 'never'], [], [], true],
    [['always', 'x'], [], ['all', 'x'], true],
    [['always', 'x'], [], ['all', 'always'], false],
    [['x'], ['tagged'], [], true],
    [[], ['tagged'], [], false],
    [[], ['untagged'], [], true],
    [['x'], ['untagged'], [], false],
    [['x'], ['all'], ['x'], false],
    [['x'], ['all'], ['tagged'], false],
    [[], ['all'], ['untagged'], false],
    [['always'], ['all'], ['all'], true],
    [['x'], ['all'], ['all'], false],
    [[], [], [], true],
  ])('%j with --tags %j --skip-tags %j: %s', (...[own, tags, skipTags, runs]) => {
    expect(isSelected(own, { tags, skipTags })).toBe(runs)
  })
})
