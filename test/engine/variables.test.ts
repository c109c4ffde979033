import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkEngine, runEngine } from '../support/engine-run.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

describe('variables of a run', () => {
  it('vars of a listed role are weaker than those of its tasks, its parameters stronger than facts that are set', async () => {
    const run = await runEngine({ files: {
      'roles/r/vars/main.yml': 'given: file\nparameter: file\n',
      'roles/r/tasks/main.yml': '- set_fact: { parameter: set }\n- { debug: { msg: "{{ given }} {{ parameter }}" } }\n- { debug: { msg: "{{ given }}" }, vars: { given: task } }\n',
      'site.yml': '- hosts: all\n  roles: [{ role: r, parameter: listed, vars: { given: listed } }]\n',
    } })
    expect(run.messages).toEqual(['listed listed', 'task'])
  })

  it('vars of a nested dependency are seen by it alone', async () => {
    const run = await runEngine({ files: {
      'roles/a/meta/main.yml': 'dependencies: [{ role: common, vars: { from: a } }]\n',
      'roles/b/meta/main.yml': 'dependencies: [{ role: common, vars: { from: b } }]\n',
      'roles/common/meta/main.yml': 'allow_duplicates: true\ndependencies: [{ role: nested, vars: { inner: "{{ from }}" } }]\n',
      'roles/nested/meta/main.yml': 'allow_duplicates: true\n',
      'roles/nested/tasks/main.yml': '- { debug: { msg: "{{ inner }}" } }\n',
      'site.yml': '- hosts: all\n  roles: [a, b]\n',
    } })
    expect(run.messages).toEqual(['a', 'b'])
  })

  it('include_vars merges dicts on demand, and tells what it read', async () => {
    const run = await runEngine({ files: {
      'more.yml': 'dict: { b: 2 }\ntext: "{{ 1 + 1 }}"\n',
      'site.yml': '- hosts: all\n  vars: { dict: { a: 1 } }\n  tasks:\n    - include_vars: { file: more.yml, hash_behaviour: merge }\n    - { debug: { msg: "{{ dict }} {{ text }}" } }\n',
    } })
    expect(run.messages).toEqual(["{'a': 1, 'b': 2} 2"])
    expect(run.result('include_vars')).toMatchObject({ ansible_facts: { dict: { a: 1, b: 2 }, text: '{{ 1 + 1 }}' } })
  })

  it('gathering = smart asks a host once', async () => {
    const run = await runEngine({ environment: { ANSIBLE_GATHERING: 'smart' }, files: { 'site.yml': '- hosts: all\n- hosts: all\n  tasks: [{ debug: { msg: "{{ ansible_facts.module_setup }}" } }]\n' } })
    expect(run.outcomes.filter((line) => line.includes('Gathering Facts'))).toHaveLength(1)
  })

  it('writes who failed into a file for --limit', async () => {
    const folder = temporaryFolder('retry')
    const run = await runEngine({
      environment: { ANSIBLE_RETRY_FILES_ENABLED: '1', ANSIBLE_RETRY_FILES_SAVE_PATH: folder }, inventory: 'b ansible_connection=local\na ansible_connection=local\nc ansible_connection=local\n',
      files: { 'site.yml': '- hosts: all\n  tasks: [{ fail: {}, when: inventory_hostname != "c" }]\n' },
    })
    expect(readFileSync(join(folder, 'site.retry'), 'utf8')).toBe('a\nb\n')
    expect(run.events).toContainEqual({ kind: 'displayed', text: `\tto retry, use: --limit @${folder}/site.retry`, verbosity: 0 })
  })

  it('adds a host from a dict', async () => {
    const run = await runEngine({ files: { 'site.yml': '- hosts: all\n  vars: { made: { name: new, groups: g, x: 5 } }\n  tasks:\n    - add_host: "{{ made }}"\n    - { debug: { msg: "{{ groups.g }} {{ hostvars.new.x }}" } }\n' } })
    expect(run.messages).toEqual(["['new'] 5"])
  })

  it('says the way round of variables that need each other', async () => {
    const run = await runEngine({ files: { 'site.yml': '- hosts: all\n  vars: { a: "{{ b }}", b: "{{ c }}", c: "{{ a }}" }\n  tasks: [{ debug: { msg: "{{ a }}" } }]\n' } })
    expect(run.result('debug').msg).toMatch(/'\{\{ b \}\}' \S+: it needs its own value: it needs '\{\{ c \}\}' \S+, which needs '\{\{ a \}\}' \S+, which needs it again/)
  })

  it('warns of variables that are named like keywords or globals', async () => {
    const found = await checkEngine({ files: { 'site.yml': '- hosts: all\n  vars: { lipsum: 1, port: 2, fine: 3 }\n  tasks: [{ debug: { msg: x } }]\n' } })
    expect(found.map(({ severity, summary }) => [severity, summary])).toEqual([
      ['warning', 'Found variable using reserved name: lipsum'], ['warning', 'Found variable using reserved name: port'],
    ])
  })
})

describe('hostvars that need each other', () => {
  it('end in an error that shows the way round', async () => {
    const run = await runEngine({
      inventory: `a ansible_connection=local x="{{ hostvars['b'].x }}" fine="{{ hostvars.b.y }}"\nb ansible_connection=local x="{{ hostvars['a'].x }}" y=1\n`,
      files: { 'site.yml': `
- hosts: a
  tasks:
    - { name: fine, debug: { msg: "{{ fine }}" } }
    - { name: round, debug: { msg: "{{ x }}" }, ignore_errors: true }
` },
    })
    expect(run.result('fine')['msg']).toBe(1)
    expect(run.result('round')['msg']).toBe("Cannot evaluate hostvars['b'].x: it needs its own value: it needs hostvars['a'].x, which needs it again")
  })
})
