import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import type { ArgumentSpec } from '../../src/module/argument-spec.ts'
import { toJsonSchema } from '../../src/module/json-schema.ts'
import { MODULES } from '../../src/modules/index.ts'

const ajv = new Ajv2020({ allowUnionTypes: true })
const spec: ArgumentSpec = {
  path: { type: 'path', required: true, aliases: ['dest'], description: 'It.' },
  count: { type: 'int', description: 'It.' },
  on: { type: 'bool', required: true, description: 'It.' },
  state: { type: 'str', choices: ['a', 'b'], description: 'It.' },
  rules: { type: 'list', elements: 'dict', options: { port: { type: 'int', required: true, description: 'It.' } }, description: 'It.' },
}

describe('JSON schema of a spec', () => {
  it.each([
    [{ path: '/a', on: 'yes' }, true], [{ dest: '/a', on: true, count: '3', rules: [{ port: 1 }] }, true], [{ on: true }, false], [{ path: '/a' }, false],
    [{ path: '/a', on: 'perhaps' }, false], [{ path: '/a', on: true, state: 'c' }, false], [{ path: '/a', on: true, rules: [{ prt: 1 }] }, false], [{ path: '/a', on: true, x: 1 }, false],
  ])('of %j says %s', (value, valid) => {
    expect(ajv.validate(toJsonSchema(spec), value)).toBe(valid)
  })

  it('lets templates stand anywhere when told so', () => {
    const value = { path: '{{ p }}', on: '{{ o }}', state: '{{ s }}', rules: [{ port: 1 }] }
    expect(ajv.validate(toJsonSchema(spec), value)).toBe(false)
    expect(ajv.validate(toJsonSchema(spec, { templates: true }), value)).toBe(true)
  })

  it.each(MODULES.map((module) => ({ name: module.name, module })))('accepts the examples of $name', ({ module }) => {
    const { additionalProperties, ...schema } = toJsonSchema(module.args)
    const validate = ajv.compile(module.acceptsAnyArgument ? schema : { ...schema, additionalProperties })
    for (const example of module.examples) expect([example.name, validate(example.args), validate.errors]).toEqual([example.name, true, null])
  })
})
