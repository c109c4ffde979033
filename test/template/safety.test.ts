import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createTemplar } from '../../src/template/templar.ts'
import { TemplateError } from '../../src/template/template-error.ts'
import { TemplateString } from '../../src/value/template-string.ts'
import type { Value } from '../../src/value/value.ts'
import { evaluate, render, scopeOf, templar, variables } from './render.ts'

const names = variables({ text: 'abc', number: 1, list: ['a'], dict: { key: 'value' }, flag: true })

describe('templates cannot reach JavaScript', () => {
  it.each([
    '{{ text.constructor }}',
    "{{ text['constructor'] }}",
    "{{ text.constructor.constructor('return process')() }}",
    "{{ ''.constructor.constructor('return 1')() }}",
    '{{ list.constructor }}',
    '{{ dict.constructor }}',
    '{{ dict.__proto__ }}',
    "{{ dict['__proto__'] }}",
    '{{ dict.prototype }}',
    '{{ dict.hasOwnProperty }}',
    "{{ dict.hasOwnProperty('key') }}",
    '{{ dict.toString() }}',
    '{{ dict.valueOf() }}',
    '{{ dict.size }}',
    "{{ dict.set('a', 1) }}",
    "{{ dict.has('key') }}",
    '{{ dict.entries() }}',
    '{{ dict.forEach }}',
    '{{ dict.__defineGetter__ }}',
    '{{ dict.__lookupGetter__ }}',
    '{{ list.map }}',
    '{{ list.length }}',
    '{{ list.push(1) }}',
    '{{ list.filter }}',
    '{{ list.__proto__ }}',
    '{{ list.concat([1]) }}',
    '{{ text.length }}',
    '{{ text.charAt(0) }}',
    "{{ text.match('a') }}",
    '{{ text.toString() }}',
    '{{ text.at(0) }}',
    '{{ text.__proto__ }}',
    '{{ number.toFixed(2) }}',
    '{{ number.constructor }}',
    '{{ (1.5).value }}',
    '{{ flag.constructor }}',
    '{{ none.constructor }}',
    '{{ (1, 2).items }}',
    '{{ range.call }}',
    '{{ range.constructor }}',
    '{{ range.bind }}',
    "{{ range.constructor('return process')() }}",
    '{{ text.upper.constructor }}',
    '{{ text.upper.call() }}',
    '{{ text.upper.__globals__ }}',
    '{{ dict.get.constructor }}',
    '{{ lookup.constructor }}',
    '{{ namespace().constructor }}',
    '{{ namespace().__proto__ }}',
    '{{ namespace().get }}',
    '{% for x in list %}{{ loop.constructor }}{% endfor %}',
    '{% for x in list %}{{ loop.__proto__ }}{% endfor %}',
    '{% for x in list %}{{ loop.recurse }}{% endfor %}',
    '{% macro m() %}{% endmacro %}{{ m.constructor }}',
    "{% macro m() %}{% endmacro %}{{ m.call('x') }}",
    '{{ process }}',
    '{{ globalThis }}',
    '{{ global }}',
    '{{ require }}',
    "{{ require('fs') }}",
    '{{ module }}',
    '{{ this }}',
    '{{ self }}',
    '{{ arguments }}',
    '{{ eval }}',
    "{{ Function('return 1')() }}",
    '{{ Object }}',
    '{{ constructor }}',
    '{{ __proto__ }}',
    '{{ toString }}',
    '{{ hasOwnProperty }}',
    '{{ session }}',
    '{{ frame }}',
    '{{ context }}',
    '{{ text | constructor }}',
    '{{ text | __proto__ }}',
    '{{ text | toString }}',
    '{{ text is constructor }}',
    "{{ lookup('constructor') }}",
    "{{ lookup('__proto__') }}",
    "{{ list | map('constructor') | list }}",
    "{{ list | map('__proto__') | list }}",
    "{{ list | map(attribute='constructor') | list }}",
    "{{ [dict] | map(attribute='__proto__') | list }}",
    "{{ [dict] | map(attribute='constructor.constructor') | list }}",
    "{{ list | select('constructor') | list }}",
    "{{ [dict] | groupby('__proto__') }}",
    "{{ [dict, dict] | sort(attribute='constructor') }}",
    "{{ 'constructor' | extract(dict) }}",
    "{{ '{0.constructor}'.format(text) }}",
    "{{ '{0.__class__}'.format(text) }}",
    "{{ '{0[__proto__]}'.format(dict) }}",
    "{{ '{constructor}'.format() }}",
    "{{ '{toString}'.format(**dict) }}",
    "{{ '%(constructor)s' % dict }}",
    "{{ '%(__proto__)s' % dict }}",
    "{{ text.__class__ }}",
    "{{ text.__class__.__mro__[1].__subclasses__() }}",
    "{{ ().__class__.__bases__[0] }}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ dict.__setitem__('a', 1) }}",
    "{{ text.format.__globals__ }}",
    "{{ text.format_map(5) if text.__dict__ else '' }}",
    "{{ dict['constructor']['prototype'] }}",
    "{{ dict | attr('constructor') }}",
    "{{ text | attr('constructor') }}",
    '{% set text.constructor = 1 %}',
    "{% set ns = namespace() %}{% set ns.__proto__.polluted = 1 %}",
    '{% import text.constructor as x %}',
    "{% include '/etc/passwd\0.j2' %}",
    "{{ text | constructor.constructor }}",
    "{{ text | community.general.constructor }}",
    "{{ text | __proto__.polluted.x }}",
    "{{ text is own.tools.constructor }}",
    "{{ lookup('own.tools.constructor') }}",
    "{{ [dict] | to_prettytable(constructor=1) }}",
    "{{ [dict] | to_prettytable(column_alignments={'key': 'constructor'}) }}",
    "{{ [dict] | to_prettytable(column_alignments={'key': '__proto__'}) }}",
    "{{ 'constructor' | hashids_encode }}",
    "{{ [1] | hashids_encode(alphabet='__proto__') }}",
    "{{ ('a' | from_toml).constructor }}",
    "{{ ({'a': 1} | to_toml | from_toml).constructor }}",
    "{{ ([1] | json_diff([2]) | first).constructor }}",
    "{{ lookup('random_words', case='constructor') }}",
    "{{ lookup('collection_version', '__proto__') }}",
    "{{ (query('filetree', '/etc/apt') | first).constructor }}",
    "{{ '%s' | format(text.constructor.constructor('return 1')()) }}",
  ])('%s', (source) => {
    expect(() => evaluate(source, names)).toThrow(TemplateError)
    expect(() => render(source, names)).toThrow(TemplateError)
  })

  it.each([
    ['{{ {"__proto__": {"polluted": 1}} }}', new Map([['__proto__', new Map([['polluted', 1]])]])],
    ["{{ {} | combine({'__proto__': {'polluted': 1}}, recursive=true) }}", new Map([['__proto__', new Map([['polluted', 1]])]])],
    ["{{ '{\"__proto__\": {\"polluted\": 1}}' | from_json }}", new Map([['__proto__', new Map([['polluted', 1]])]])],
    ["{{ '__proto__: {polluted: 1}' | from_yaml }}", new Map([['__proto__', new Map([['polluted', 1]])]])],
    ["{{ '__proto__ = 1' | from_toml }}", new Map([['__proto__', 1]])],
    ["{{ {'__proto__': 1} | json_diff({'__proto__': 2}) }}", [new Map<string, unknown>([['op', 'replace'], ['path', '/__proto__'], ['value', 2]])]],
    ["{{ dict(constructor=1) }}", new Map([['constructor', 1]])],
    ["{{ {'constructor': 5}.constructor }}", 5],
    ["{{ [{'key': '__proto__', 'value': 1}] | items2dict }}", new Map([['__proto__', 1]])],
  ])('%s is plain data', (source, expected) => {
    expect(evaluate(source)).toEqual(expected)
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
  })
})

describe('data is never evaluated', () => {
  const attack = "{{ lookup('pipe', 'touch /tmp/tsplay-pwned') }}{% set x = 1 %}"

  it.each([
    '{{ data }}', '{{ [data] | first }}', '{{ {"k": data}.k }}', '{{ data ~ "" }}', '{{ data | default("x") }}', '{{ data | upper | lower | replace("x", "x") }}',
    '{{ items | map("string") | list }}', '{{ items | join(",") }}', '{% for i in items %}{{ i }}{% endfor %}', '{{ data | to_json | from_json }}', '{{ data | to_yaml | from_yaml }}',
    '{{ data | b64encode | b64decode }}', '{{ "%s" % data }}', '{{ "{}".format(data) }}', '{{ data | regex_replace("^", "") }}', '{{ items | random }}', '{{ lookup("vars", "data") }}',
    '{{ lookup("list", data) }}', '{{ lookup("dict", {"a": data}) }}', '{% set y = data %}{{ y }}', '{% macro m(v) %}{{ v }}{% endmacro %}{{ m(data) }}', '{{ nested.deep[0].text }}',
    '{{ [{"a": data}] | to_prettytable }}', '{{ {"a": data} | to_toml | from_toml }}', '{{ {"a": 1} | json_diff({"a": data}) }}', '{{ lookup("template", "/dev/null") }}{{ data }}', '{{ "%r" | format(data) }}',
    '{{ data if true else "" }}', '{{ vars["data"] }}', '{{ data | comment }}', '{{ query("items", items) }}',
  ])('%s', (source) => {
    const scope: Record<string, Value> = { data: attack, items: [attack, attack], nested: new Map([['deep', [new Map([['text', attack]])]]]) }
    const value = templar.evaluate(new TemplateString(source), scopeOf(scope))
    expect(JSON.stringify([value].flat(2).map((each) => each instanceof Map ? [...each] : each)).toLowerCase()).toContain('lookup(')
    expect(existsSync('/tmp/tsplay-pwned')).toBe(false)
  })

  it.each(['[lookup("pipe", "id")]', "{'a': lookup('pipe', 'id')}", '[{{ 1 + 1 }}]', '[x for x in y]', "['a'.upper()]", '[1 + 1]', "{'a': self}", '[].__class__', '{{ 1 }}', "['a'] | first", '[not_there]'])('of templates that are not native, %s stays text', (text) => {
    const old = createTemplar({ setting: (name) => name === 'DEFAULT_JINJA2_NATIVE' ? { value: false, origin: 'ansible.cfg' } : undefined })
    expect(old.evaluate(new TemplateString('{{ data }}'), scopeOf({ data: text }))).toBe(text)
    expect(old.evaluate(new TemplateString('{{ data ~ "" }}'), scopeOf({ data: text }))).toBe(text)
  })

  it('a condition that is data is no condition', () => {
    expect(templar.condition('data', scopeOf({ data: '1 == 2' })), 'as any text').toBe(true)
    expect(() => templar.condition('{{ data }}', scopeOf({ data: '1 == 1' }))).toThrow(TemplateError)
  })

  it('text from a host that builds a template stays text', () => {
    expect(evaluate("{{ '{' ~ '{ 1 + 1 }' ~ '}' }}")).toBe('{{ 1 + 1 }}')
    expect(evaluate('{{ a }}{{ b }}', { a: '{{ 1 ', b: '+ 1 }}' })).toBe('{{ 1 + 1 }}')
  })
})
