import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { DICT_METHODS } from '../../src/template/methods/dict-methods.ts'
import { LIST_METHODS } from '../../src/template/methods/list-methods.ts'
import { TEXT_METHODS } from '../../src/template/methods/text-methods.ts'
import { createRegistry } from '../../src/template/registry.ts'

/** Whatever can be named in a template is named in a case with the value that Jinja2 or Ansible gives. */
const folder = import.meta.dirname
const cases = readdirSync(join(folder, 'cases')).filter((name) => name.endsWith('.json')).map((name) => join(folder, 'cases', name))
const sources = [...cases, join(folder, 'files.json'), join(folder, 'lookups.test.ts'), join(folder, 'network-lookups.test.ts')].map((path) => readFileSync(path, 'utf8')).join('\n')
const registry = createRegistry()

const uncovered = (names: Iterable<string>, pattern: (name: string) => string): string => [...names].filter((name) => !new RegExp(pattern(escaped(name))).test(sources)).join(' ')

describe('every', () => {
  it('filter has a case', () => {
    expect(uncovered(registry.filters.keys(), (name) => `(?:\\||filter) *(?:[\\w.]+\\.)?${name}\\b|(?:map|filter)\\(\\\\?['"](?:[\\w.]+\\.)?${name}\\\\?['"]`)).toBe('')
  })

  it('test has a case', () => {
    const names = [...registry.tests.keys()].filter((name) => /^\w+$/.test(name))
    expect(uncovered(names, (name) => `is (?:not )?(?:[\\w.]+\\.)?${name}\\b|(?:select|reject|selectattr|rejectattr)\\((?:[^()]*, *)?\\\\?['"](?:[\\w.]+\\.)?${name}\\\\?['"]`)).toBe('')
    const operators = [...registry.tests.keys()].filter((name) => !/^\w+$/.test(name))
    expect(uncovered(operators, (name) => `\\\\?['"]${name}\\\\?['"]`)).toBe('')
  })

  it('lookup has a case', () => {
    expect(uncovered(registry.lookups.keys(), (name) => `(?:lookup|query|q)\\(\\\\?['"](?:[\\w.]+\\.)?${name}\\\\?['"]`)).toBe('')
  })

  it('method has a case', () => {
    const names = [...TEXT_METHODS.keys(), ...LIST_METHODS.keys(), ...DICT_METHODS.keys()]
    expect(uncovered(names, (name) => `\\.${name}\\(`)).toBe('')
  })

  it('global function has a case', () => {
    expect(uncovered(registry.globals.keys(), (name) => `\\b${name}\\(`)).toBe('')
  })

  it('statement has a case', () => {
    const statements = ['for', 'else', 'elif', 'if', 'set', 'endset', 'macro', 'call', 'filter', 'raw', 'include', 'import', 'from', 'extends', 'block', 'do', 'with', 'break', 'continue', 'autoescape']
    expect(uncovered(statements, (name) => `\\{%[-+]? *${name}\\b`)).toBe('')
    for (const part of ['recursive', 'super()', 'without context', 'ignore missing', 'scoped', 'required', 'namespace(', 'caller(', 'varargs', 'kwargs', 'loop.changed', 'loop.cycle', 'loop.previtem', 'self.']) expect(sources, part).toContain(part)
  })
})

function escaped(name: string): string {
  return name.replace(/[^\w]/g, '\\$&')
}
