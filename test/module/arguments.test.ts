import { describe, expect, it } from 'vitest'
import type { ArgumentSpec } from '../../src/module/argument-spec.ts'
import { coerceArguments } from '../../src/module/arguments.ts'
import { defineAction } from '../../src/module/define-module.ts'
import type { Constraints, Module } from '../../src/module/module.ts'
import { secretsOf } from '../../src/module/secrets.ts'
import { Float } from '../../src/value/float.ts'
import { fromJson } from '../../src/value/json.ts'
import { OMIT } from '../../src/value/omit.ts'
import { Undefined } from '../../src/value/undefined.ts'
import { Unknown } from '../../src/value/unknown.ts'
import type { Json, Value } from '../../src/value/value.ts'

const described = { description: 'It.' }

function moduleOf(args: ArgumentSpec, constraints: Constraints = {}): Module {
  return defineAction({ name: 'sample', summary: 'A sample.', where: 'controller', check: 'run', args, constraints, examples: [], run: () => Promise.resolve({ changed: false }) })
}

function coerce(args: ArgumentSpec, given: Record<string, Json | Value>, constraints?: Constraints): unknown {
  const values = Object.entries(given).map(([name, value]): [string, Value] => [name, isPlain(value) ? fromJson(value) : value as Value])
  const result = coerceArguments(moduleOf(args, constraints), new Map(values))
  return result.kind === 'valid' ? result.args : result.problems.map(({ message, hint }) => (hint === undefined ? message : `${message}; ${hint}`))
}

function isPlain(value: unknown): value is Json {
  return typeof value !== 'object' || value === null || Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype
}

describe('conversion of', () => {
  const cases: readonly (readonly [string, ArgumentSpec[string]['type'], Json | Value, unknown])[] = [
    ['a word for yes', 'bool', 'Yes', true],
    ['a word for no', 'bool', 'off', false],
    ['one', 'bool', 1, true],
    ['a number to text', 'str', 8080, '8080'],
    ['a float to text', 'str', new Float(8), '8.0'],
    ['a boolean to text', 'str', true, 'True'],
    ['a list to text', 'str', ['a', 1], "['a', 1]"],
    ['digits to a number', 'int', ' 42 ', 42],
    ['a whole float', 'int', '3.0', 3],
    ['text to a float', 'float', '2.5', 2.5],
    ['text to a list', 'list', 'a,b', ['a', 'b']],
    ['a number to a list', 'list', 5, ['5']],
    ['pairs to a dict', 'dict', 'a=1, b="x y"', { a: '1', b: 'x y' }],
    ['JSON to a dict', 'dict', '{"a": [1]}', { a: [1] }],
    ['units to bytes', 'bytes', '1.5K', 1536],
    ['megabytes', 'bytes', '10 MB', 10_485_760],
    ['bits', 'bits', '1Mb', 1_048_576],
    ['raw data', 'raw', { a: [null, 1.5] }, { a: [null, 1.5] }],
  ]
  it.each(cases)('%s (%s)', (...[, type, given, expected]) => {
    expect(coerce({ a: { type, ...described } }, { a: given })).toEqual({ a: expected })
  })

  it.each([['bool', 'maybe'], ['int', '4.5'], ['int', ''], ['int', ['1']], ['float', 'x'], ['list', { a: 1 }], ['dict', 'x'], ['dict', '{x'], ['bytes', '10Q']] as const)('%s refuses %j', (type, given) => {
    expect(coerce({ a: { type, ...described } }, { a: given })).toEqual([expect.stringMatching(/^a must be /)])
  })
})

describe('arguments', () => {
  const spec: ArgumentSpec = {
    path: { type: 'path', required: true, aliases: ['dest', 'name'], ...described },
    state: { type: 'str', choices: ['present', 'absent'], default: 'present', ...described },
    rules: { type: 'list', elements: 'dict', options: { port: { type: 'int', required: true, ...described }, on: { type: 'bool', default: true, ...described } }, ...described },
  }

  it('fill in defaults and take aliases', () => {
    expect(coerce(spec, { dest: '/a' })).toEqual({ path: '/a', state: 'present' })
  })

  it('take the alias where the name is given too', () => {
    expect(coerce(spec, { dest: '/a', path: '/b' })).toEqual({ path: '/a', state: 'present' })
    expect(coerce(spec, { path: '/b', name: '/a' })).toEqual({ path: '/a', state: 'present' })
  })

  it('convert what is nested and name its place when it is wrong', () => {
    expect(coerce(spec, { path: '/a', rules: [{ port: '80' }] })).toEqual({ path: '/a', state: 'present', rules: [{ port: 80, on: true }] })
    expect(coerce(spec, { path: '/a', rules: [{ port: 1 }, { port: 'x', onn: 1 }] })).toEqual([
      "Unsupported parameters: rules[1].onn; Did you mean on?", "rules[1].port must be a whole number (int), got 'x'",
    ])
  })

  it('tell all that is wrong at once', () => {
    expect(coerce(spec, { stat: 'x', state: 'gone' })).toEqual([
      'Invalid options for sample: stat; Did you mean state?', 'state must be one of: present, absent, got: gone', 'missing required arguments: path',
    ])
  })

  it('take null and omit for not given', () => {
    expect(coerce(spec, { path: '/a', state: OMIT, rules: null })).toEqual({ path: '/a', state: 'present' })
  })

  it('say which value is undefined', () => {
    expect(coerce(spec, { path: new Undefined('web.root') })).toEqual(["path: 'web.root' is undefined"])
  })

  it('throw what is unknown in check mode', () => {
    expect(() => coerce(spec, { path: new Unknown('a command') })).toThrow('Depends on a command')
  })

  it('take the choice that YAML made a boolean of', () => {
    expect(coerce({ a: { type: 'str', choices: ['no', 'ask'], ...described } }, { a: false })).toEqual({ a: 'no' })
  })

  it('check every item of a list against the choices', () => {
    const choice: ArgumentSpec = { a: { type: 'list', elements: 'str', choices: ['x', 'y'], ...described } }
    expect(coerce(choice, { a: 'x,y' })).toEqual({ a: ['x', 'y'] })
    expect(coerce(choice, { a: ['x', 'z'] })).toEqual(['a must be one of: x, y, got: z'])
  })
})

describe('constraints', () => {
  const [a, b, c] = [{ type: 'str', ...described }, { type: 'str', ...described }, { type: 'str', ...described }] as const
  const check = (given: Record<string, Json>, constraints: Constraints): unknown => coerce({ a, b, c }, given, constraints)

  it.each([
    ['exclusive', { a: '1', b: '2' }, { exclusive: [['a', 'b']] }, 'parameters are mutually exclusive: a|b'],
    ['one of', { c: '1' }, { oneOf: [['a', 'b']] }, 'one of the following is required: a, b'],
    ['together', { a: '1' }, { together: [['a', 'b']] }, 'parameters are required together: a, b'],
    ['required if', { a: 'on' }, { requiredIf: [['a', 'on', ['b', 'c']]] }, 'a is on but the following are missing: b, c'],
    ['required any if', { a: 'on', c: 'x' }, { requiredAnyIf: [{ when: { a: 'on', c: 'x' }, any: ['b'] }, { when: { a: 'off' }, any: ['b'] }] }, 'a is on and c is x but any of the following are missing: b'],
  ] as const)('%s', (...[, given, constraints, message]) => {
    expect(check(given, constraints)).toEqual([message])
    expect(check({ b: '2' }, { ...constraints, together: [] })).toEqual({ b: '2' })
  })
})

describe('secrets', () => {
  it('are the texts of secret arguments, nested ones too', () => {
    const module = moduleOf({
      password: { type: 'str', secret: true, ...described },
      users: { type: 'list', elements: 'dict', options: { name: { type: 'str', ...described }, key: { type: 'raw', secret: true, ...described } }, ...described },
    })
    expect(secretsOf(module, { password: 'p', users: [{ name: 'n', key: { deep: ['k', 7, true, ''] } }] })).toEqual(['p', 'k', '7'])
  })
})
