import { describe, expect, it } from 'vitest'
import { Float } from '../../src/value/float.ts'
import { TemplateString } from '../../src/value/template-string.ts'
import type { Value } from '../../src/value/value.ts'
import { VaultString } from '../../src/value/vault-string.ts'
import { parseYaml } from '../../src/yaml/parse-yaml.ts'
import { valueOf } from '../../src/yaml/value-of.ts'

/** Plain scalars and what PyYAML's safe loader makes of them. */
const SCALARS: readonly (readonly [string, Value])[] = [
  ['yes', true], ['No', false], ['on', true], ['OFF', false], ['y', 'y'], ['~', null], ['null', null], ['', null],
  ['0644', 420], ['0o644', '0o644'], ['0x1F', 31], ['0b11', 3], ['1_000', 1000], ['-12', -12], ['08', '08'], ['1:30', 90],
  ['8.0', new Float(8)], ['1e3', '1e3'], ['1.5e+3', new Float(1500)], ['.5', new Float(0.5)], ['.inf', new Float(Infinity)],
  ['2024-01-02', '2024-01-02'], ['9007199254740993', 9007199254740993n], ['1.2.3', '1.2.3'], ['hello world', 'hello world'],
]

describe('parseYaml', () => {
  it.each(SCALARS)('reads the plain scalar %s', (text, expected) => {
    expect(read(`key: ${text}\n`).get('key')).toEqual(expected)
  })

  it.each([
    ['quoted text stays text', 'key: "yes"', 'yes'],
    ['literal block', 'key: |\n  a\n   b\n', 'a\n b\n'],
    ['folded block without newline', 'key: >-\n  a\n  b\n', 'a b'],
    ['a block that ends with the text', 'key: |\n  a', 'a'],
    ['escapes', 'key: "a\\tb\\u00e9"', 'a\tbé'],
    ['!unsafe', 'key: !unsafe "{{ x }}"', '{{ x }}'],
    ['!!str', 'key: !!str 5', '5'],
    ['!!int', 'key: !!int "5"', 5],
  ])('reads %s', (_, text, expected) => {
    expect(read(text).get('key')).toEqual(expected)
  })

  it('makes templates of text with template marks, with their place', () => {
    const text = 'key: "{{ x }}"\n'
    const template = read(text).get('key')
    expect(template).toBeInstanceOf(TemplateString)
    expect(template).toMatchObject({ source: '{{ x }}', range: { start: 5, end: 14 } })
  })

  it('keeps vault text encrypted', () => {
    const value = read('key: !vault |\n  $ANSIBLE_VAULT;1.1;AES256\n  6162\n').get('key')
    expect(value).toBeInstanceOf(VaultString)
    expect(value).toMatchObject({ ciphertext: '$ANSIBLE_VAULT;1.1;AES256\n6162' })
  })

  it('keeps the order that PyYAML gives to merged entries', () => {
    expect([...read('a: 1\n<<: [{a: 2, b: 3}, {c: 4, b: 5}]\nd: 6\n')]).toEqual([['c', 4], ['b', 3], ['a', 1], ['d', 6]])
  })

  it('fills in merge keys: own entries win, then the first merged', () => {
    const dict = read('a: &a {x: 1, y: 1}\nb: &b {x: 2, z: 2}\nc:\n  <<: [*a, *b]\n  y: 3\n').get('c')
    expect(Object.fromEntries(dict as Map<string, Value>)).toEqual({ x: 1, y: 3, z: 2 })
  })

  it('keeps keys that are not text', () => {
    expect([...read('1: a\ntrue: b\n').keys()]).toEqual([1, true])
  })

  it('takes the last of two equal keys, with a warning', () => {
    const { value, diagnostics } = parse('a: 1\na: 2\n')
    expect(value && valueOf(value)).toEqual(new Map([['a', 2]]))
    expect(diagnostics).toMatchObject([{ severity: 'warning', code: 'duplicate-key', range: { start: 5 } }])
  })

  it.each([
    ['an unquoted template', 'a: {{ x }}\n', 'Quote the whole value: "{{ ... }}"'],
    ['an unquoted template followed by text', 'a: {{ x }}/bin\n', 'Quote the whole value: "{{ ... }}"'],
    ['text after a quoted part', 'a: "x" y\n', 'Quote the whole value, not a part of it'],
    ['a colon inside a value', 'a: b: c\n', 'Quote the whole value, or put the nested mapping on lines of its own'],
    ['a tab as indentation', 'a:\n\tb: 1\n', 'Indent with spaces: YAML allows no tabs there'],
    ['an unknown tag', 'a: !foo x\n', 'Tags are !vault and !unsafe; text that starts with ! must be quoted'],
    ['an unknown alias', 'a: *b\n', 'Quote the value if the * is meant as text'],
  ])('refuses %s with a hint', (_, text, hint) => {
    const errors = parse(text).diagnostics.filter(({ severity }) => severity === 'error')
    expect(errors[0]).toMatchObject({ code: 'yaml-syntax', hint })
  })

  it.each([
    ['at the column of the key', 'k:\n  a: "one\n  two"\n', 'one two'],
    ['at the start of the line', "k:\n  a: 'it''s\n\nmore'\n", "it's\nmore"],
    ['with tabs', 'k:\n  a: "one\n\t\ttwo \\"x\\""\n', 'one two "x"'],
  ])('reads further lines of quoted text %s, as PyYAML does', (_, text, expected) => {
    expect(parse(text).diagnostics).toEqual([])
    expect(read(text).get('k')).toEqual(new Map([['a', expected]]))
  })

  it('refuses a quote that is never closed', () => {
    expect(parse('a: "one\nb: 2\n').diagnostics).toMatchObject([{ code: 'yaml-syntax' }])
  })

  it('calls a file of JSON by its name', () => {
    expect(parseYaml({ path: 'a.json', text: '{}}' }).diagnostics).toMatchObject([{ code: 'yaml-syntax', summary: expect.stringContaining('Cannot read the JSON: ') as unknown }])
  })

  it('refuses a second document', () => {
    expect(parse('---\na: 1\n---\nb: 1\n').diagnostics).toMatchObject([{ code: 'yaml-several-documents', range: { start: 9 } }])
  })

  it.each([['---\na: 1\n...\n'], ['# only\n---\na: 1\n'], ['\uFEFFa: 1\n']])('reads one document with its marks: %j', (text) => {
    expect(parse(text).diagnostics).toEqual([])
    expect(read(text).get('a')).toBe(1)
  })

  it('is undefined for an empty file', () => {
    expect(parse('# nothing\n')).toEqual({ value: undefined, diagnostics: [] })
  })
})

function parse(text: string) {
  return parseYaml({ path: 'test.yml', text })
}

function read(text: string): Map<Value, Value> {
  const { value } = parse(text)
  return (value ? valueOf(value) : new Map()) as Map<Value, Value>
}
