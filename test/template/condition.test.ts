import { describe, expect, it } from 'vitest'
import { TemplateError } from '../../src/template/template-error.ts'
import { createTemplar } from '../../src/template/templar.ts'
import { Unknown, UnknownValueError } from '../../src/value/unknown.ts'
import { TemplateString } from '../../src/value/template-string.ts'
import type { Value } from '../../src/value/value.ts'
import { scopeOf, templar, variables } from './render.ts'

/** `allow_broken_conditionals`, written out. */
const allowing = () => ({ value: true, origin: 'env' }) as const

const names = variables({
  yes: true, no: false, one: 1, text: 'abc', empty: '', list: [1], nothing: null, derived: '{{ one == 1 }}', name: 'abc', data: 'no == no', off: '0', result: { rc: 0, changed: false },
})

describe('condition', () => {
  it.each([
    ['yes', true], ['no', false], [' yes ', true], ['not no', true], ['one == 1', true], ['one > 1 or yes', true],
    ["text == 'abc'", true], ['text is defined and text | length > 2', true], ['nope is not defined', true], ['nope is defined and nope.x', false],
    ['derived', true], ['{{ yes }}', true], ['{{ one == 1 }}', true], ['{% if yes %}{{ yes }}{% endif %}', true], ["text == '{{ name }}'", true],
    ["'a\\nb' | length == 3", true], ['result is changed', false], ['result.rc == 0', true], ['{{ one }} == 1', true], ['{{ one }} == {{ one }}', true], ["'{{ text }}' == text and {{ yes }}", true], ['{{ data }} == data', true], ['"{{ "a" | upper }}" == "A"', true], ["'{{ 'a' ~ '}' }}' == 'a}'", true], ["text in ['abc', 'x']", true], ["{'abc': 1}['{{ text }}'] == 1", true], ['1 < one + 1 < 3', true], ['empty | length == 0', true],
  ])('%s is %s', (expression, expected) => {
    expect(condition(expression)).toBe(expected)
    expect(condition(new TemplateString(expression))).toBe(expected)
  })

  it('takes a boolean as it is', () => {
    expect(condition(true)).toBe(true)
    expect(condition(false)).toBe(false)
  })

  describe('neither true nor false', () => {
    const strict = createTemplar({ setting: () => ({ value: false, origin: 'env' }) })
    it.each([
      ['text', 'condition-not-boolean', "'abc' of type 'str'"],
      ['one', 'condition-not-boolean', "'1' of type 'int'"],
      ['list', 'condition-not-boolean', "'[1]' of type 'list'"],
      ['nothing', 'condition-not-boolean', "'None' of type 'NoneType'"],
      ['"{{ text }}"', 'condition-not-boolean', 'abc'],
      ['data', 'condition-not-boolean', 'no == no'],
      ['', 'condition-syntax', 'empty condition'],
      ['  ', 'condition-syntax', 'empty condition'],
    ])('%s is refused where none is allowed', (expression, code, message) => {
      const error = failureOf(() => strict.condition(expression, scopeOf(names)))
      expect(error.code).toBe(code)
      expect(error.message).toContain(message)
    })

    it.each([["'no'"], ["'False'"], ["' off '"], ["'0'"], ["'None'"], ["lookup('ansible.builtin.items', '0') | first"], ["lookup('vars', 'nope', default='') or 'no'"]])('%s is refused, for it would count as true', (expression) => {
      expect(failure(expression).code).toBe('condition-not-boolean')
    })

    it.each([["'yes'", true], ["'0.1'", true], ['text', true], ["''", false], ['0', false], ['1', true], ['[]', false], ['list', true], ['nothing', false], ['', true], ["{{ 'false' }}", false], ["lookup('vars', 'off')", true], ["lookup('vars', 'empty')", false]])('%s counts as %s, with a warning', (expression, expected) => {
      const plain = createTemplar()
      const told: string[] = []
      plain.tellWarnings(({ summary }) => { told.push(summary) })
      expect(plain.condition(expression, scopeOf(names))).toBe(expected)
      expect(told).toEqual([expect.stringContaining(`it counts as ${String(expected)}`)])
    })
  })

  it.each([
    ['nope', 'undefined-variable', "'nope' is undefined"],
    ['nope == 1', 'undefined-variable', "'nope' is undefined"],
    ['result.rd == 0', 'undefined-variable', "'result.rd' is undefined"],
    ['one ==', 'template-syntax', 'an expression was expected'],
    ['one = 1', 'template-syntax', "'='"],
    ['text is nosuch', 'unknown-test', 'nosuch'],
    ['text | nosuch', 'unknown-filter', 'nosuch'],
  ])('%s is %s', (expression, code, message) => {
    const error = failure(expression)
    expect(error.code).toBe(code)
    expect(error.message).toContain(message)
  })

  it('takes no value but text and booleans', () => {
    expect(failure(1).code).toBe('condition-syntax')
    expect(failure(['yes']).code).toBe('condition-syntax')
  })

  describe('broken, where they are allowed', () => {
    const lax = createTemplar({ setting: allowing })
    it.each([
      ['text', true], ['empty', false], ['one', true], ['one - 1', false], ['list', true], ['nothing', false], ['', true], ['{{ nothing }}', false], ['one and text', true], ['text or no', true],
      ["{{ 'True' }}", true], ["{{ 'false' }}", false], ['{% if yes %}true{% else %}false{% endif %}', true],
    ])('%s counts as %s, with one warning', (expression, expected) => {
      const told: string[] = []
      lax.tellWarnings(({ code, severity }) => { told.push(`${severity} ${code}`) })
      const template = new TemplateString(expression, { file: { path: `${expression}.yml`, text: expression }, start: 0, end: expression.length })
      const turns = [1, 2].map(() => lax.condition(template, scopeOf(names)))
      expect(turns).toEqual([expected, expected])
      expect(told).toHaveLength(1)
      expect(told[0]).toContain('warning condition-')
    })

    it('take a name that a template yields for the variable, but where none is allowed', () => {
      const scope = scopeOf({ pepe: 'lola', lola: 1, other: 'pepe.x' })
      const condition = (source: string, templar = createTemplar()): boolean => templar.condition(new TemplateString(source), scope)
      expect([condition('{{ pepe }} == 1'), condition('{{ other }} == 1'), condition("'{{ pepe }}' == 'lola'"), condition('{{ lola }} == 1')]).toEqual([true, false, true, true])
      expect(condition('{{ pepe }} == 1', createTemplar({ setting: () => ({ value: false, origin: 'env' }) }))).toBe(false)
    })

    it('take values of any type', () => {
      for (const [value, expected] of [[null, true], [1, true], [0, false], [['x'], true]] as const) expect(lax.condition(value === null || typeof value === 'number' ? value : [...value], scopeOf(names))).toBe(expected)
    })

    it('never take text that a template yields for an expression', () => {
      expect(() => lax.condition('{{ data }}', scopeOf(names))).toThrow("value is 'no == no'")
    })
  })

  it('has a hint for each type', () => {
    const strict = createTemplar({ setting: () => ({ value: false, origin: 'env' }) })
    const hint = (condition: string) => failureOf(() => strict.condition(condition, scopeOf(names))).fault.hint
    expect([hint('text'), hint('list')]).toEqual([expect.stringContaining('| bool'), expect.stringContaining('| length > 0')])
  })

  it('cannot depend on what is unknown', () => {
    const scope = scopeOf({ rc: new Unknown('the result of a command') })
    expect(() => templar.condition('rc == 0', scope)).toThrow(UnknownValueError)
    expect(() => templar.condition('rc', scope)).toThrow(UnknownValueError)
    expect(templar.condition('rc is defined', scope)).toBe(true)
  })

  it('points at its place in the file', () => {
    const text = '- command: x\n  when: result.rd == 0\n'
    const range = { file: { path: 'p.yml', text }, start: text.indexOf('result'), end: text.length - 1 }
    const error = failureOf(() => templar.condition('result.rd == 0', scopeOf(names), range))
    expect(error.fault.range?.file.path).toBe('p.yml')
    expect(error.fault.range?.start).toBe(text.indexOf('result'))
  })
})

describe('requiredNames', () => {
  it.each([
    ['{{ a }} {{ b.c }} {{ d[e] }}', ['a', 'b', 'd', 'e']],
    ['{{ a | default(1) }} {{ b.c.d | d(2) }} {{ a }}', []],
    ['{{ a is defined }} {{ b if b is defined else c }}', []],
    ['{% if a %}{{ b }}{% else %}{{ c }}{% endif %}', ['a']],
    ['{% for x in xs %}{{ x }}{{ y }}{% endfor %}', ['xs']],
    ['{% set x = y %}{{ x }}', []],
    ['{{ a and b }} {{ c or d }}', ['a', 'c']],
    ['{{ lookup("env", name) }} {{ range(n) }} {{ omit }}', ['name', 'n']],
    ['{{ f(a, k=b) | upper ~ c }}', ['f', 'a', 'b', 'c']],
    ['{% macro m(x) %}{{ x }}{{ z }}{% endmacro %}{{ m(w) }}{{ v }}', ['v']],
    ['{{ {"k": v}.k }} {{ [i] }} {{ (t,) }} {{ -n }} {{ not o }}', ['v', 'i', 't', 'n', 'o']],
    ['{{ broken', []],
  ])('%s needs %j', (source, expected) => {
    expect(templar.requiredNames(new TemplateString(source), 'template').map(({ name }) => name)).toEqual(expected)
  })

  it('reads bare expressions', () => {
    expect(templar.requiredNames(new TemplateString('a == 1 and b'), 'expression').map(({ name }) => name)).toEqual(['a'])
  })
})

describe('check', () => {
  it('tells syntax errors with their place', () => {
    const text = 'x: "{{ 1 + }}"\n'
    const range = { file: { path: 'v.yml', text }, start: 3, end: 14 }
    const [problem] = templar.check(new TemplateString('{{ 1 + }}', range))
    expect(problem?.message).toContain('an expression was expected')
    expect(problem?.range?.start).toBe(text.indexOf('}}'))
  })

  it('finds nothing wrong with what is right', () => {
    expect(templar.check(new TemplateString('{{ a | nosuch is alsonosuch }}'))).toEqual([])
  })
})

function condition(expression: Value): boolean {
  return templar.condition(expression, scopeOf(names))
}

function failure(expression: Value): TemplateError {
  return failureOf(() => condition(expression))
}

function failureOf(run: () => unknown): TemplateError {
  try {
    run()
  } catch (error) {
    if (error instanceof TemplateError) return error
    throw error
  }
  throw new Error('Nothing failed')
}
