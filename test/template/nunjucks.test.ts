import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { TemplateError } from '../../src/template/template-error.ts'
import type { Json } from '../../src/value/value.ts'
import { Unknown, UnknownValueError } from '../../src/value/unknown.ts'
import { scopeOf, templar, variables } from './render.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const names: { readonly [name: string]: Json } = {
  zone: 'pek3', port: 53, hosts: [{ name: 'a', address: '10.0.0.1' }, { name: 'b', address: '10.0.0.2' }], options: { recursion: 'no', forwarders: [] },
  derived: '{{ zone }}.example', nothing: null,
}

describe('nunjucks files', () => {
  it.each([
    ['{{ zone }}:{{ port }}', 'pek3:53'],
    ['{% for host in hosts %}{{ loop.index }}={{ host.name }}{% if not loop.last %},{% endif %}{% endfor %}', '1=a,2=b'],
    ['{{ hosts | map(attribute="address") | join(" ") }}', '10.0.0.1 10.0.0.2'],
    ['{{ hosts | selectattr("name", "eq", "b") | list | length }}', '1'],
    ['{{ options | to_json }}', '{"recursion": "no", "forwarders": []}'],
    ['{{ derived }}', 'pek3.example'],
    ['{{ missing | default("none") }}', 'none'],
    ['{{ "x" if missing is undefined else "y" }}', 'x'],
    ['{% macro line(name, value="v") %}{{ name }} {{ value }};{% endmacro %}{{ line("a") }}{{ line("b", value=1) }}', 'a v;b 1;'],
    ['{% set total = 0 %}{% for host in hosts %}{% set total = total + 1 %}{% endfor %}{{ total }}', '2'],
    ['{{ zone.upper() }} {{ "a,b".split(",") | last }} {{ hosts.length }}', 'PEK3 b 2'],
    ['{{ range(3) | join("-") }}', '0-1-2'],
    ['[{{ nothing }}]', '[]'],
    ['<{{ "a<b" }}>', '<a<b>'],
    ['{% raw %}{{ zone }}{% endraw %}', '{{ zone }}'],
  ])('%s', (text, expected) => {
    expect(render(text)).toBe(expected)
  })

  it('include and extend files of the search path', () => {
    const folder = temporaryFolder('njk')
    writeFileSync(join(folder, 'part.njk'), 'part of {{ zone }}')
    writeFileSync(join(folder, 'base.njk'), 'base {% block body %}{% endblock %}.')
    writeFileSync(join(folder, 'macros.njk'), '{% macro twice(x) %}{{ x }}{{ x }}{% endmacro %}')
    expect(render('{% include "part.njk" %}', folder)).toBe('part of pek3')
    expect(render('{% extends "base.njk" %}{% block body %}{{ port }}{% endblock %}', folder)).toBe('base 53.')
    expect(render('{% import "macros.njk" as m %}{{ m.twice("ab") }}', folder)).toBe('abab')
    expect(render('{% from "macros.njk" import twice %}{{ twice(1) }}', folder)).toBe('11')
  })

  it.each([
    ['a\n{{ zone.nme }}', 'undefined-variable', "'zone.nme' is undefined"],
    ['{{ missing }}', 'undefined-variable', "'missing' is undefined"],
    ['{{ missing | upper }}', 'undefined-variable', 'is undefined'],
    ['{{ zone | nosuch }}', 'unknown-filter', 'nosuch'],
    ['{% if zone %}', 'template-syntax', 'elif, else, or endif'],
    ['{% include "nosuch.njk" %}', 'template-not-found', 'nosuch.njk'],
    ['{{ "{" | from_json }}', 'filter-argument', 'JSON'],
  ])('%s is %s', (text, code, message) => {
    const error = failure(text)
    expect(error.code).toBe(code)
    expect(error.message).toContain(message)
  })

  it('errors point at the expression', () => {
    const { range } = failure('first\nsecond {{ zone.name.first }}').fault
    expect(range?.file.text.slice(range.start, range.end)).toBe('zone.name.first')
  })

  it('unknown values make the rendering unknown', () => {
    const scope = scopeOf({ output: new Unknown('the output of a command') })
    expect(() => templar.renderFile({ path: 'test.njk', text: '{{ output }}', searchPath: [] }, scope)).toThrow(UnknownValueError)
  })
})

describe('nunjucks files reach nothing but data', () => {
  it.each([
    '{{ zone.constructor }}',
    '{{ "".constructor.constructor("return process")() }}',
    '{{ [].constructor }}',
    '{{ hosts.constructor.constructor("return 1")() }}',
    '{{ options.constructor }}',
    '{{ options.__proto__ }}',
    '{{ options["__proto__"]["toString"] }}',
    '{{ hosts["map"] }}',
    '{{ hosts.filter }}',
    '{{ zone["toString"] }}',
    '{{ zone.replace.call }}',
    '{{ zone.upper.constructor("return 1")() }}',
    '{{ range.constructor("return process")() }}',
    '{{ range.call }}',
    '{{ constructor }}',
    '{{ __proto__ }}',
    '{{ toString }}',
    '{{ hasOwnProperty("x") }}',
    '{{ process }}',
    '{{ globalThis }}',
    '{{ require("fs") }}',
    '{{ env }}',
    '{{ context }}',
    '{{ frame }}',
    '{{ runtime }}',
    '{{ this }}',
    '{{ cb }}',
    '{% macro m() %}{% endmacro %}{{ m.constructor("return 1")() }}',
    '{% macro m() %}{% endmacro %}{{ m.prototype }}',
    '{% set x = {"a": 1} %}{{ x.constructor }}',
    '{% set x = {"a": 1} %}{{ x.__defineGetter__ }}',
    '{% set x = r/a/g %}{{ x.constructor }}',
    '{% set x = r/a/g %}{{ x.exec }}',
    '{{ loop.constructor }}',
    '{% for x in hosts %}{{ loop.constructor }}{% endfor %}',
    '{{ (1).constructor }}',
    '{{ true.constructor }}',
    '{{ zone | constructor }}',
    '{{ zone | __proto__ }}',
    '{{ zone | toString }}',
    '{{ 1 if zone is constructor else 2 }}',
    '{{ cycler("a").constructor }}',
    '{{ cycler("a").next.constructor }}',
    '{{ ("a" | upper).constructor }}',
    '{{ (hosts | map(attribute="constructor") | list)[0] }}',
    '{{ hosts | map("constructor") | list }}',
    '{{ hosts | groupby("__proto__") }}',
    '{{ hosts | sort(attribute="constructor") }}',
    '{{ "{0.constructor}".format(zone) }}',
    '{{ "{0[__proto__]}".format(options) }}',
    '{% call zone.upper.call() %}{% endcall %}',
    '{% import zone.constructor as x %}',
  ])('%s', (text) => {
    expect(() => render(text)).toThrow(TemplateError)
  })

  it('does not let a template change what the next one sees', () => {
    render('{% set __proto__ = {"polluted": 1} %}{% set x = {} %}{{ x.y | default("") }}')
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
    expect(() => render('{{ polluted }}')).toThrow(TemplateError)
  })

  it('never evaluates data', () => {
    const scope = scopeOf({ data: '{{ 7 * 7 }}{% include "x" %}' })
    expect(templar.renderFile({ path: 'test.njk', text: '{{ data }}', searchPath: [] }, scope)).toBe('{{ 7 * 7 }}{% include "x" %}')
  })
})

function render(text: string, folder = '/nowhere'): string {
  return templar.renderFile({ path: join(folder, 'test.njk'), text, searchPath: [folder] }, scopeOf(variables(names)))
}

function failure(text: string): TemplateError {
  try {
    render(text)
  } catch (error) {
    if (error instanceof TemplateError) return error
    throw error
  }
  throw new Error('Nothing failed')
}
