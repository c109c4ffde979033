import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { TemplateError } from '../../src/template/template-error.ts'
import { parseYaml } from '../../src/template/yaml/parse-yaml.ts'
import { templar } from './render.ts'

/** Texts of template files and what Ansible's template module makes of them, byte for byte (`ERROR` where it fails). */
const cases = JSON.parse(readFileSync(join(import.meta.dirname, 'files.json'), 'utf8')) as readonly (readonly [string, string])[]
const folder = join(import.meta.dirname, 'templates')
const variables = readFileSync(join(import.meta.dirname, 'cases/variables.yml'), 'utf8')

describe('template files', () => {
  it.each(cases.map(([text, expected]) => ({ text, expected })))('$text', ({ text, expected }) => {
    if (expected === 'ERROR') expect(() => render(text)).toThrow(TemplateError)
    else expect(render(text)).toBe(expected)
  })
})

function render(text: string): string {
  const names = parseYaml(variables)
  const values = names instanceof Map ? names : new Map()
  return templar.renderFile({ path: join(folder, 'test.j2'), text, searchPath: [folder] }, { get: (name) => values.get(name), names: () => values.keys() })
}
