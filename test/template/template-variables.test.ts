import { utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createTemplar } from '../../src/template/templar.ts'
import { templateScope } from '../../src/template/template-variables.ts'
import { TemplateString } from '../../src/value/template-string.ts'
import { scopeOf } from './render.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const folder = temporaryFolder('managed')
const path = join(folder, '{{ 1 % 0 }}.j2')
writeFileSync(path, '')
utimesSync(path, 1_000_000_000, 1_000_000_000)

describe('ansible_managed', () => {
  const managed = (text: string | undefined): unknown => {
    const scope = templateScope(scopeOf({}), { path, name: '{{ 1 % 0 }}.j2', destination: '/etc/x', setting: (name) => name === 'DEFAULT_MANAGED_STR' && text !== undefined ? { value: text, origin: 'ansible.cfg' } : undefined })
    return createTemplar().evaluate(new TemplateString('{{ ansible_managed }}'), scope)
  }

  it('is the setting, with the times of the file and names that are not evaluated', () => {
    expect(managed(undefined)).toBe('Ansible managed')
    expect(managed('by {file} of %Y')).toBe('by {{ 1 % 0 }}.j2 of 2001')
    expect(managed('sum {{{{ 1 + 1 }}}}')).toBe('sum 2')
    expect(managed('{{literal}} 100%%')).toBe('{literal} 100%')
  })
})

describe('jinja2_native, written out as false', () => {
  const templar = createTemplar({ setting: (name) => name === 'DEFAULT_JINJA2_NATIVE' ? { value: false, origin: 'env: ANSIBLE_JINJA2_NATIVE' } : undefined })
  const value = (source: string, names = {}): unknown => templar.evaluate(new TemplateString(source), scopeOf(names))

  it('makes data of text that reads like it, as JSON or Python writes it', () => {
    expect(value("{{ '' }}{\"a\": null, \"b\": [true, 1.5]}")).toEqual(createTemplar().evaluate(new TemplateString("{{ {'a': none, 'b': [true, 1.5]} }}"), scopeOf({})))
    expect(value("[{{ 1 }}, 'x', (1, -2)]")).toEqual([1, 'x', [1, -2]])
    expect(value('{{ "Tr" }}ue')).toBe(true)
  })

  it('makes text of numbers and of nothing, but not in conditions', () => {
    expect(value('{{ 1 + 1 }}')).toBe('2')
    expect(value('{{ none }}')).toBe('')
    expect(value('{{ number }}', { number: 5 })).toBe(5)
    expect(value('{{ text }}', { text: '[5]' })).toEqual([5])
    expect(templar.condition('number + 1 == 2', scopeOf({ number: 1 }))).toBe(true)
  })

  it('leaves other text, and what is text on purpose', () => {
    expect(value('{{ [1] | to_json }}')).toBe('[1]')
    expect(value('[{{ name }}]', { name: 'x' })).toBe('[x]')
    expect(value('{{ text }}', { text: '{{ 1 }}' })).toBe('{{ 1 }}')
    expect(value("{{ '[lookup(1)]' }}")).toBe('[lookup(1)]')
  })

  it('as true or by default, text stays text', () => {
    expect(createTemplar().evaluate(new TemplateString("{{ '[1]' }}"), scopeOf({}))).toBe('[1]')
  })
})
