import { chmodSync, existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { loadInventory } from '../../src/inventory/load-inventory.ts'
import { type EngineRunResult, runEngine } from '../support/engine-run.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const folder = temporaryFolder('injection')
const attack = `{{ lookup('pipe', 'touch ${folder}/pwned') }}`

/** Where text from outside turns up again, as a debug task sees it: each expression must yield the text itself. */
const SOURCES: readonly (readonly [string, string, string])[] = [
  ['the output of a command', 'out.stdout', ''],
  ['its lines', 'out.stdout_lines[0]', ''],
  ['its errors', 'out.stderr', ''],
  ['the message of a failure', 'failure.msg', ''],
  ['the content of a file', 'content.content | b64decode', ''],
  ['the name of a file', 'names.files[0].path | basename', ''],
  ['a fact that was set from data', 'derived', ''],
  ['a variable that leads to data', 'lazy', ''],
  ['a variable that leads to such a variable', 'lazier', ''],
  ['a member of a variable', 'nested.deep[0].text', ''],
  ['results of a loop', 'looped.results[0].stdout', ''],
  ['an item of a loop', 'item', 'loop: ["{{ out.stdout }}"]'],
  ['an item of a loop over data', 'item', 'with_items: "{{ out.stdout_lines }}"'],
  ['an item of a dict', 'item.value', 'loop: "{{ {1: out.stdout} | dict2items }}"'],
  ['a prompt', 'asked', ''],
  ['the environment', "lookup('env', 'TSPLAY_INJECTED')", ''],
  ['a file on the controller', "lookup('file', 'data.txt')", ''],
  ['a program on the controller', "lookup('pipe', 'cat {{dir}}/data.txt')", ''],
  ['lines of a program', "lookup('lines', 'cat {{dir}}/data.txt')", ''],
  ['a CSV file', "lookup('csvfile', 'key', file='data.csv', delimiter=';')", ''],
  ['an INI file', "lookup('ini', 'key', section='data', file='data.ini', interpolation=false)", ''],
  ['a variable by its name', "lookup('vars', 'derived')", ''],
  ['a variable of another host', "hostvars['localhost'].derived", ''],
  ['a variable of a host that was added', "hostvars['added'].text", ''],
  ['a task variable', 'own', 'vars: {own: "{{ out.stdout }}"}'],
  ['a task variable of a variable', 'own', 'vars: {own: "{{ lazy }}"}'],
  ['parts put together', "'{' ~ out.stdout[1:]", ''],
  ['JSON that was read', '(\'{"a": \' ~ (out.stdout | to_json) ~ \'}\' | from_json).a if false else (out.stdout | to_json | from_json)', ''],
  ['YAML that was read', "(out.stdout | to_json | from_yaml)", ''],
  ['a default', 'nothing | default(out.stdout)', ''],
  ['a macro', "lookup('template', 'macro.j2') | trim", ''],
  ['a template file', "lookup('file', 'rendered.txt')", ''],
  ['a line that was put into a file', "lookup('file', 'lined.txt')", ''],
  ['a group of hosts', "(groups | dict2items | selectattr('key', 'search', 'lookup') | first).key", ''],
]

describe('text from outside is never evaluated', () => {
  let run: EngineRunResult

  beforeAll(async () => {
    process.env['TSPLAY_INJECTED'] = attack
    const shown = SOURCES.map(([name, expression, more]) => `    - { name: ${JSON.stringify(name)}, debug: {msg: ${JSON.stringify(`{{ ${expression} }}`)}}${more === '' ? '' : `, ${more}`} }`)
    run = await runEngine({
      folder, answers: [attack],
      files: {
        'data.txt': attack, 'data.csv': `key;${attack}\n`, 'data.ini': `[data]\nkey = ${attack}\n`, 'templates/macro.j2': '{% macro m(text) %}{{ text }}{% endmacro %}{{ m(out.stdout) }}\n', 'templates/file.j2': '{{ out.stdout }}\n',
        'site.yml': `
- hosts: localhost
  vars_prompt: [{name: asked, private: false}]
  vars: {lazy: "{{ out.stdout }}", lazier: "{{ lazy }}", nested: {deep: [{text: "{{ out.stdout }}"}]}}
  tasks:
    - { name: prepare, shell: "cat {{dir}}/data.txt; cat {{dir}}/data.txt >&2", register: out }
    - { name: fails, fail: {msg: "{{ out.stdout }}"}, register: failure, ignore_errors: true }
    - { name: reads, slurp: {src: "{{dir}}/data.txt"}, register: content }
    - { name: makes, command: {argv: [sh, -c, 'mkdir -p {{dir}}/found && : > "{{dir}}/found/$1"', sh, "{{ out.stdout | replace('/', '_') }}"]} }
    - { name: finds, find: {paths: "{{dir}}/found"}, register: names }
    - { name: loops, command: "cat {{dir}}/data.txt", loop: [1], register: looped }
    - { name: sets, set_fact: {derived: "{{ out.stdout }}"} }
    - { name: adds, add_host: {name: added, text: "{{ out.stdout }}"} }
    - { name: groups, group_by: {key: "{{ out.stdout }}"} }
    - { name: renders, template: {src: file.j2, dest: "{{dir}}/rendered.txt"} }
    - { name: lines, lineinfile: {path: "{{dir}}/lined.txt", create: true, line: "{{ out.stdout }}"} }
${shown.join('\n')}
    - { name: condition, debug: {msg: held}, when: out.stdout, ignore_errors: true }
    - { name: whole condition, debug: {msg: held}, when: "{{ out.stdout }}", ignore_errors: true }
    - { name: assertion, assert: {that: ["{{ out.stdout }}"]}, ignore_errors: true }
    - { name: assertion by a variable, assert: {that: "{{ lazy }}"}, ignore_errors: true }
    - { name: assertion by a fact, assert: {that: "{{ derived }}"}, ignore_errors: true }
    - { name: embedded, assert: {that: "'x' == {{ out.stdout }}"}, ignore_errors: true }
    - { name: until, command: "true", until: out.stdout, retries: 1, delay: 0, ignore_errors: true }
`.replaceAll('{{dir}}', folder),
      },
    })
  })

  it.each(SOURCES.map(([name]) => name))('%s', (name) => {
    // Names of files have no slashes, those of groups no blanks.
    expect(JSON.stringify(run.result(name))).toMatch(/\{\{.lookup\('pipe',.'touch/)
  })

  it('conditions of such text fail or compare it', () => {
    expect(run.outcomes.filter((line) => /condition|assertion|embedded|until/.test(line)).every((line) => !line.endsWith(': ok') && !line.endsWith(': changed'))).toBe(true)
  })

  it('names and values that an inventory script tells are data', async () => {
    const script = join(folder, 'inventory.sh')
    writeFileSync(script, `#!/bin/sh\ncat <<'END'\n${JSON.stringify({ all: { hosts: ['h'], vars: { text: attack } }, _meta: { hostvars: { h: { own: attack, list: [attack] } } } })}\nEND\n`)
    chmodSync(script, 0o755)
    const { value, diagnostics } = await loadInventory([script])
    expect(diagnostics).toEqual([])
    // Were they templates they would not be texts.
    expect(Object.fromEntries(value.hosts.get('h')?.variables ?? [])).toEqual({ own: attack, list: [attack] })
  })

  it('conditions that a variable of a file holds are somebody\'s own, until something found takes its place', async () => {
    const { outcomes } = await runEngine({ files: { 'site.yml': `
- hosts: localhost
  vars: {conditions: ["1 == 1", "conditions | length == 2"]}
  tasks:
    - { name: own, assert: {that: "{{ conditions }}"} }
    - { name: found, set_fact: {conditions: ["1 == 1"]} }
    - { name: told, assert: {that: "{{ conditions }}"}, ignore_errors: true }
` } })
    expect(outcomes.map((line) => line.replace(/^localhost: /, ''))).toEqual(['own: ok', 'found: ok', expect.stringMatching(/^told: failed/)])
  })

  it('nothing was run', () => {
    expect(existsSync(join(folder, 'pwned'))).toBe(false)
  })
})
