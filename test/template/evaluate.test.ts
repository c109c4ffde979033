import { describe, expect, it } from 'vitest'
import { Float } from '../../src/value/float.ts'
import { OMIT } from '../../src/value/omit.ts'
import { TemplateString } from '../../src/value/template-string.ts'
import { Unknown, UnknownValueError } from '../../src/value/unknown.ts'
import { VaultString } from '../../src/value/vault-string.ts'
import { createTemplar } from '../../src/template/templar.ts'
import { TemplateError } from '../../src/template/template-error.ts'
import { evaluate, scopeOf, templar, variables } from './render.ts'

describe('evaluate', () => {
  it('keeps the type of a single expression', () => {
    expect(evaluate('{{ 1 }}')).toBe(1)
    expect(evaluate('{{ 1.5 }}')).toEqual(new Float(1.5))
    expect(evaluate('{{ [1, "a"] }}')).toEqual([1, 'a'])
    expect(evaluate('{{ none }}')).toBe(null)
  })

  it('makes text of several pieces', () => {
    expect(evaluate('{{ 1 }}{{ true }}')).toBe('1True')
    expect(evaluate(' {{ 1 }}')).toBe(' 1')
    expect(evaluate('a{{ none }}b')).toBe('ab')
  })

  it('resolves templates inside variables when they are reached', () => {
    const names = variables({ base: '/srv', paths: { log: '{{ base }}/log', bad: '{{ nowhere }}' } })
    expect(evaluate('{{ paths.log }}', names)).toBe('/srv/log')
    expect(evaluate('{{ paths["bad"] | default("none") }}', names)).toBe('none')
  })

  it('resolves templates at any depth of what it returns', () => {
    const names = variables({ a: 1, tree: [{ leaf: '{{ a + 1 }}' }] })
    expect(evaluate('{{ tree }}', names)).toEqual([new Map([['leaf', 2]])])
    expect(templar.evaluate([new TemplateString('{{ a }}')], scopeOf(names))).toEqual([1])
  })

  it('never evaluates data', () => {
    expect(evaluate('{{ data }}', { data: '{{ 1 + 1 }}' })).toBe('{{ 1 + 1 }}')
    expect(evaluate('{{ "{{ 1 }}" }}')).toBe('{{ 1 }}')
    expect(evaluate('{{ data | list | first }}', { data: ['{{ 7 }}'] })).toBe('{{ 7 }}')
  })

  it('leaves the variables of the scope as they are', () => {
    const list = [1]
    expect(evaluate('{{ list.append(2) }}{{ list }}', { list })).toEqual([1, 2])
    expect(list).toEqual([1])
  })

  it('drops omitted items and passes omit on', () => {
    expect(evaluate('{{ omit }}')).toBe(OMIT)
    expect(evaluate('{{ [1, omit] }}')).toEqual([1])
    expect(templar.evaluate(new Map([['a', new TemplateString('{{ omit }}')]]), scopeOf({}))).toEqual(new Map())
  })

  it('makes lists of tuples on the way out', () => {
    expect(evaluate('{{ (1, 2) }}')).toEqual([1, 2])
  })

  it('decrypts vault values when they are used', () => {
    const own = createTemplar({ decrypt: (secret) => secret instanceof VaultString ? secret.ciphertext.toUpperCase() : '' })
    const scope = scopeOf({ secret: new VaultString('pass'), list: [new VaultString('word')] })
    expect(own.evaluate(new TemplateString('{{ secret }}!'), scope)).toBe('PASS!')
    expect(own.evaluate(new TemplateString('{{ list }}'), scope)).toEqual(['WORD'])
    expect(own.evaluate(new TemplateString('{{ secret[0] }}'), scope)).toBe('P')
  })

  it('passes unknown values on and refuses to use them', () => {
    const names = { output: new Unknown('the output of a command'), copy: new TemplateString('{{ output }}'), text: new TemplateString('{{ output }}!') }
    expect(evaluate('{{ copy }}', names)).toBeInstanceOf(Unknown)
    expect(evaluate('{{ output is defined }}', names)).toBe(true)
    expect(evaluate('{{ output.stdout | default(1) }}', names)).toBeInstanceOf(Unknown)
    expect(evaluate('{{ text }}', names)).toBeInstanceOf(Unknown)
    for (const use of ['{{ output == 1 }}', 'a{{ output }}', '{{ output | upper }}', '{{ output + 1 }}', '{{ 1 if output else 2 }}', '{{ [output] | join }}']) {
      expect(() => templar.condition(use.replace(/^a?\{\{|\}\}$/g, ''), scopeOf(names)), use).toThrow(UnknownValueError)
    }
  })
})

describe('errors', () => {
  it('name what is undefined, and a near name', () => {
    const error = failure('{{ web.prot }}', variables({ web: { port: 80 } }))
    expect(error.code).toBe('undefined-variable')
    expect(error.message).toContain("'web.prot' is undefined")
    expect(error.fault.hint).toBe("Did you mean 'web.port'?")
  })

  it('tell through which templates an undefined name was reached', () => {
    const error = failure('{{ a }}', variables({ a: '{{ b }}-x', b: '{{ nowhere }}' }))
    expect(error.message).toContain("'nowhere' is undefined")
    expect(error.fault.detail).toBe("Used by '{{ b }}-x'\nUsed by '{{ a }}'")
  })

  it('point into the YAML file', () => {
    const text = 'msg: "one {{ two + nowhere }}"\n'
    const range = { file: { path: 'p.yml', text }, start: 5, end: 30 }
    const error = failureOf(() => templar.evaluate(new TemplateString('one {{ two + nowhere }}', range), scopeOf({ two: 2 })))
    expect(error.fault.range?.start).toBe(text.indexOf('+'))
  })

  it('find variables that need each other', () => {
    expect(failure('{{ a }}', variables({ a: '{{ b }}', b: '{{ a }}' })).code).toBe('template-recursion')
  })

  it.each([
    ['{{ 1 + "a" }}', 'template-type', "Cannot apply '+' to 'int' and 'str'"],
    ['{{ 1 | nosuch }}', 'unknown-filter', "filter named 'nosuch'"],
    ['{{ 1 is nosuch }}', 'unknown-test', "test named 'nosuch'"],
    ['{{ lookup("nosuch") }}', 'unknown-lookup', "lookup named 'nosuch'"],
    ['{{ 1 | upper | int(wrong=1) }}', 'filter-argument', "argument named 'wrong'"],
    ['{{ 1 / 0 }}', 'template-type', 'divide by zero'],
    ['{{ (1 }}', 'template-syntax', 'expected'],
    ['{% for %}', 'template-syntax', 'name to assign to'],
    ['{% if x %}', 'template-syntax', "'elif' or 'else' or 'endif'"],
    ['{{ x', 'template-syntax', "'}}'"],
    ['{% nosuch %}', 'template-syntax', "tag named 'nosuch'"],
  ])('%s is %s', (source, code, message) => {
    const error = failure(source, { x: 1 })
    expect(error.code).toBe(code)
    expect(error.message.toLowerCase()).toContain(message.toLowerCase())
  })
})

function failure(source: string, names: Parameters<typeof evaluate>[1] = {}): TemplateError {
  return failureOf(() => evaluate(source, names))
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

describe('containers of the scope', () => {
  const names = variables({ one: 1, dict: { list: ['{{ one }}'], bad: '{{ nowhere }}', inner: { a: '{{ one }}' } }, rows: [{ a: '{{ one + 1 }}', b: '{{ nowhere }}' }] })

  it.each([
    ['{{ dict.list.append(2) }}{{ dict.list }}{{ dict.list[1] }}{{ dict.list | length }}{{ dict.list | last }}', '[1, 2]222'],
    ['{{ dict.inner.update({"b": 2}) }}{{ dict.inner.b }}{{ dict.inner }}', "2{'a': 1, 'b': 2}"],
    ['{{ dict.inner.a }}{{ dict.inner | length }}{{ dict.inner.update({"b": 2}) }}{{ dict.inner["b"] }}', '112'],
    ['{% for row in rows %}{{ row.a }}{% do row.update({"c": 3}) %}{{ row.c }}{% endfor %}{{ rows[0].c }}', '233'],
    ['{% for row in rows %}{{ row.b | default("-") }}{% endfor %}', '-'],
    ['{% for key, value in dict.items() %}{{ key }} {% endfor %}', 'list bad inner '],
    ['{% for item in dict | dict2items %}{{ item.key }} {% endfor %}{{ dict | length }}', 'list bad inner 3'],
    ['{{ dict.get("list") | first }}{{ dict.get("nope", 5) }}{{ "bad" in dict }}{{ "yes" if dict }}', '15Trueyes'],
    ['{% set l = dict.list | list %}{% do l.append(9) %}{{ l }}{{ l[1] }}', '[1, 9]9'],
    ['{{ rows | map(attribute="a") | first }}', 2],
    ['{{ (rows | first).a }}', 2],
    ['{{ dict.values() | first }}', [1]],
  ])('%s', (source, expected) => {
    expect(evaluate(source, names)).toEqual(expected)
  })

  it('are not changed by any of this', () => {
    expect(evaluate('{{ dict.list }}', names)).toEqual([1])
    expect(evaluate('{{ rows[0].c is defined }}', names)).toBe(false)
  })
})
