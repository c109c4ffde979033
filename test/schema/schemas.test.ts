import { Ajv2020 } from 'ajv/dist/2020.js'
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { SETTING_TABLE } from '../../src/config/settings.ts'
import { findFiles } from '../../src/lint/find-files.ts'
import { PROFILES } from '../../src/lint/rule.ts'
import { RULES } from '../../src/lint/rules/index.ts'
import { MODULES } from '../../src/modules/index.ts'
import { CONTROL_ARGUMENTS } from '../../src/playbook/control-arguments.ts'
import { KEYWORDS_OF } from '../../src/playbook/keywords.ts'
import { createSchemas } from '../../src/schema/schemas.ts'
import { TemplateString } from '../../src/value/template-string.ts'
import { Float } from '../../src/value/float.ts'
import type { YamlNode } from '../../src/yaml/node.ts'
import { parseYaml } from '../../src/yaml/parse-yaml.ts'

const project = resolve(import.meta.dirname, '../..')
const schemas = createSchemas({ modules: MODULES, settings: SETTING_TABLE, lint: { profiles: PROFILES, rules: RULES.map(({ id }) => id) } })

let ajv: Ajv2020
beforeAll(() => {
  // What matters is the time to compile: each schema is used a few times.
  ajv = new Ajv2020({ strict: false, inlineRefs: false, code: { optimize: false } })
  for (const [name, schema] of Object.entries(schemas)) ajv.addSchema(schema, `${name}.json`)
  for (const name of Object.keys(schemas)) ajv.getSchema(`${name}.json`)
}, 120_000)

const problems = (name: string, text: string, path = 'x.yml') => {
  const { value } = parseYaml({ path, text })
  const validate = ajv.getSchema(`${name}.json`)
  if (validate === undefined) throw new Error(`no schema ${name}`)
  return validate(value === undefined ? null : plain(value)) ? [] : [ajv.errorsText(validate.errors)]
}

describe('the schemas in docs/schemas', () => {
  it.each(Object.keys(schemas))('%s is current (npm run schemas writes it)', (name) => {
    const path = join(project, 'docs/schemas', `${name}.json`)
    expect(existsSync(path) ? readFileSync(path, 'utf8') : '').toBe(`${JSON.stringify(schemas[name], null, 1)}\n`)
  })
})

describe('our own playbooks and roles are valid', () => {
  const kinds: Readonly<Record<string, string>> = { playbook: 'playbook', tasks: 'tasks', handlers: 'tasks', meta: 'meta', 'argument-specs': 'argument_specs' }
  const files = findFiles(['playbooks', 'roles'].map((folder) => join(project, folder)), []).filter(({ kind }) => kinds[kind] !== undefined)

  it('there are some', () => {
    expect(files.length).toBeGreaterThan(30)
  })

  it.each(files.map((file) => [file.source.path, file] as const))('%s', (path, { kind, source }) => {
    expect(problems(kinds[kind] ?? '', source.text, path)).toEqual([])
  })
})

describe('the schemas know what the loader knows', () => {
  it('every keyword and module', () => {
    const { play } = schemas['playbook']?.['$defs'] as Record<string, { properties: object }>
    const { task } = schemas['tasks']?.['$defs'] as Record<string, { properties: object }>
    expect(Object.keys(play?.properties ?? {})).toEqual([...KEYWORDS_OF.play])
    expect(Object.keys(task?.properties ?? {})).toEqual(expect.arrayContaining([...KEYWORDS_OF.task, ...Object.keys(CONTROL_ARGUMENTS), ...MODULES.map(({ name }) => name)]))
  })

  it('every keyword is described', () => {
    const { play, block } = { ...schemas['playbook']?.['$defs'] as object, ...schemas['tasks']?.['$defs'] as object } as Record<string, { properties: Record<string, object> }>
    const all = { ...play?.properties, ...block?.properties }
    expect(Object.entries(all).filter(([, schema]) => !('description' in schema)).map(([name]) => name)).toEqual([])
  })

  it.each([
    ['playbook', '- hosts: all\n  taskz: []\n'],
    ['playbook', '- tasks: []\n'],
    ['playbook', '- hosts: all\n  tasks: [{ copy: { sorce: a, dest: b } }]\n'],
    ['playbook', '- hosts: all\n  gather_facts: maybe\n'],
    ['playbook', '- hosts: all\n  tasks: [{ service: { name: a, state: runing } }]\n'],
    ['tasks', '- debug: {}\n  wen: x\n'],
    ['tasks', '- meta: flush\n'],
    ['tasks', '- include_role: { nmae: x }\n'],
    ['inventory', 'all: { hostz: {} }\n'],
    ['argument_specs', 'argument_specs: { main: { options: { a: { type: strng } } } }\n'],
    ['meta', 'dependancies: []\n'],
    ['lint', 'profile: safty\n'],
    ['settings', 'defaults: { gathering: sometimes }\n'],
  ])('%s refuses %j', (name, text) => {
    expect(problems(name, text)).toHaveLength(1)
  })

  it.each([
    ['playbook', '- hosts: [a, b]\n  become: "{{ x }}"\n  roles: [a, { role: b, size: 1 }]\n  tasks:\n    - copy: { content: "{{ x }}", dest: /a, mode: "0644" }\n    - community.other.thing: { a: 1 }\n    - shell: ls\n      with_items: [1]\n    - block: [{ debug: msg=x }]\n      rescue: []\n- import_playbook: x.yml\n'],
    ['tasks', '- set_fact: { a: 1, b: [x] }\n- ansible.builtin.copy: "{{ args }}"\n- include_tasks: x.yml\n- include_role: { name: x, apply: { tags: [a] } }\n'],
    ['inventory', 'all:\n  hosts: { a: , b: { x: 1 } }\n  children: { web: { hosts: { a: } } }\n  vars: { y: 2 }\n'],
    ['inventory', 'plugin: constructed\nstrict: true\n'],
    ['settings', 'defaults: { forks: 5, host_key_checking: false }\n'],
    ['lint', 'skip_list: [yaml, no-changed-when]\nmock_modules: [x]\n'],
  ])('%s accepts %j', (name, text) => {
    expect(problems(name, text)).toEqual([])
  })
})

/** A document as JSON, templates as they are written. */
function plain(node: YamlNode): unknown {
  if (node.kind === 'sequence') return node.items.map(plain)
  if (node.kind === 'mapping') return Object.fromEntries(node.entries.map(({ key, value }) => [String(key.value instanceof TemplateString ? key.value.source : key.value), plain(value)]))
  if (node.value instanceof TemplateString) return node.value.source
  return node.value instanceof Float ? node.value.value : node.value
}
