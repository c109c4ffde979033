import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { TemplateError } from '../../src/template/template-error.ts'
import { parseYaml } from '../../src/template/yaml/parse-yaml.ts'
import { TemplateString } from '../../src/value/template-string.ts'
import { reprOf } from '../../src/value/text.ts'
import { templar } from './render.ts'

/**
 * Cases as data: a template and the repr of its value, as Jinja2 and Ansible give them (`ERROR` where they fail).
 * All see the variables of cases/variables.yml.
 */
const folder = join(import.meta.dirname, 'cases')
const variables = parseYaml(readFileSync(join(folder, 'variables.yml'), 'utf8'))

describe.each(readdirSync(folder).filter((name) => name.endsWith('.json')))('%s', (name) => {
  const cases = JSON.parse(readFileSync(join(folder, name), 'utf8')) as readonly (readonly [string, string])[]
  it.each(cases.map(([source, expected]) => ({ source, expected })))('$source', ({ source, expected }) => {
    if (expected === 'ERROR') expect(() => value(source)).toThrow(TemplateError)
    else expect(reprOf(value(source))).toBe(expected)
  })
})

function value(source: string): ReturnType<typeof templar.evaluate> {
  const names = variables instanceof Map ? variables : new Map()
  return templar.evaluate(new TemplateString(source), { get: (name) => names.get(name), names: () => names.keys() })
}
