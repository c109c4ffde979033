import { describe, expect, it } from 'vitest'
import type { SourceFile, SourceRange } from '../../src/diagnostics/types.ts'
import { checkArguments } from '../../src/module/check-arguments.ts'
import { defineAction } from '../../src/module/define-module.ts'
import { TemplateString } from '../../src/value/template-string.ts'
import type { Value } from '../../src/value/value.ts'

const file: SourceFile = { path: 'play.yml', text: '' }
const range: SourceRange = { file, start: 0, end: 4 }

const sample = defineAction({
  name: 'sample', summary: 'A sample.', where: 'controller', check: 'run', examples: [], run: () => Promise.resolve({ changed: false }),
  args: {
    path: { type: 'path', required: true, description: 'It.' }, count: { type: 'int', description: 'It.' },
    state: { type: 'str', choices: ['on', 'off'], description: 'It.' }, opts: { type: 'dict', description: 'It.', options: { port: { type: 'int', description: 'It.' } } },
  },
  constraints: { exclusive: [['count', 'state']], oneOf: [['count', 'state', 'opts']], requiredIf: [['state', 'off', ['opts']]], requiredAnyIf: [{ when: { state: 'off' }, any: ['opts', 'count'] }] },
})

function check(given: Record<string, Value>, more: { free?: string, dynamic?: Value } = {}): readonly (readonly [string, number | undefined])[] {
  const named = new Map(Object.entries(given).map(([name, value], index) => [name, { value, range: { file, start: 10 * (index + 1), end: 0 } }]))
  const free = more.free === undefined ? undefined : { value: more.free, range: { file, start: 99, end: 0 } }
  return checkArguments(sample, { named, free, dynamic: more.dynamic }, range).map(({ summary, range: at }) => [summary, at?.start])
}

const template = new TemplateString('{{ x }}')

describe('arguments of a task, before anything is evaluated,', () => {
  it('are right when templates can still be right', () => {
    expect(check({ path: template, count: template, opts: new Map([['port', template]]) })).toEqual([])
  })

  it('are wrong at the place of each argument', () => {
    expect(check({ path: '/a', count: 'x', stat: 'on' })).toEqual([
      ['Cannot use module sample: Unsupported parameters: stat', 30], ["Cannot use module sample: count must be a whole number (int), got 'x'", 20],
    ])
  })

  it('are wrong at the module when they are missing', () => {
    expect(check({ count: 1 })).toEqual([['Cannot use module sample: missing required arguments: path', 0]])
  })

  it('may be missing when more of them come from a template', () => {
    expect(check({}, { dynamic: template })).toEqual([])
    expect(check({ path: '/a', state: 'off' })).toHaveLength(2)
    expect(check({ path: '/a', state: 'off' }, { dynamic: template })).toEqual([])
  })

  it('exclude each other only when both are certain', () => {
    expect(check({ path: '/a', count: 1, state: 'on' })).toEqual([['Cannot use module sample: parameters are mutually exclusive: count|state', 20]])
    expect(check({ path: '/a', count: 1, state: template })).toEqual([])
  })

  it('are not free text where the module takes none', () => {
    expect(check({}, { free: 'ls /' })).toEqual([['Cannot give free text to module sample: it takes named arguments only', 99]])
  })
})
