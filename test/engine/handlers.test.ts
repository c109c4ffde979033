import { describe, expect, it } from 'vitest'
import { runEngine } from '../support/engine-run.ts'

describe('handlers', () => {
  it('run once a host, in the order defined, after the section; topics reach all that listen', async () => {
    const run = await runEngine({ files: { 'site.yml': `
- hosts: all
  pre_tasks:
    - { name: pre, command: "true", notify: second }
  tasks:
    - { name: one, command: "true", notify: [second, topic] }
    - { name: two, command: "true", notify: second }
    - { name: unchanged, command: "true", changed_when: false, notify: fourth }
  post_tasks:
    - { name: post, debug: {} }
  handlers:
    - { name: first, debug: {}, listen: topic }
    - { name: second, debug: {} }
    - { name: third, debug: {}, listen: [topic] }
    - { name: fourth, debug: {} }
` } })
    expect(run.outcomes.map((line) => line.split(': ')[1])).toEqual(['pre', 'second', 'one', 'two', 'unchanged', 'first', 'second', 'third', 'post'])
    expect(run.events.filter((event) => event.kind === 'handler-notified').map((event) => event.handler)).toEqual(['second', 'second', 'first', 'third'])
  })

  it('a handler can notify a later one; flush_handlers runs them early', async () => {
    const run = await runEngine({ files: { 'site.yml': `
- hosts: all
  tasks:
    - { name: one, command: "true", notify: a }
    - meta: flush_handlers
    - { name: two, debug: {} }
  handlers:
    - { name: a, command: "true", notify: b }
    - { name: b, debug: {} }
` } })
    expect(run.outcomes.map((line) => line.split(': ')[1])).toEqual(['one', 'a', 'b', 'two'])
  })

  it('of one name: the first of what came last; of a topic: one of each name', async () => {
    const run = await runEngine({ files: {
      'roles/web/tasks/main.yml': '- debug: {}\n',
      'roles/web/handlers/main.yml': '- { name: x, debug: { msg: role } }\n',
      'site.yml': `
- hosts: all
  tasks:
    - { name: one, command: "true", notify: [x, topic] }
    - include_role: { name: web }
  handlers:
    - { name: x, debug: { msg: first } }
    - { name: x, debug: { msg: second } }
    - { name: l, debug: { msg: l1 }, listen: topic }
    - { name: l, debug: { msg: l2 }, listen: topic }
    - { debug: { msg: unnamed }, listen: topic }
` } })
    expect(run.messages).toEqual(['Hello world!', 'l1', 'unnamed', 'role'])
  })

  it('a name that turns out to mean nothing ends the run, as a mistake of the playbook', async () => {
    const run = await runEngine({ inventory: 'a ansible_connection=local\nb ansible_connection=local\n', files: { 'site.yml': `
- hosts: all
  tasks:
    - block:
        - { name: one, command: "true", notify: "{{ 'nobody' }}" }
      rescue:
        - { name: rescued, debug: {} }
    - { name: never, debug: {} }
- hosts: all
  tasks: [{ name: next play, debug: {} }]
` } })
    expect(run.exitCode).toBe(1)
    expect(run.outcomes.toSorted()).toEqual(['a: one: changed', 'b: one: changed'])
    expect(run.events.filter((event) => event.kind === 'warned').map(({ diagnostic }) => diagnostic.ansible)).toEqual([
      "The requested handler 'nobody' was not found in either the main handlers list nor in the listening handlers list",
    ])
  })

  it('notify of a block, and of apply, is for what has none of its own', async () => {
    const run = await runEngine({ files: {
      'part.yml': '- { name: part, command: "true" }\n- { name: own, command: "true", notify: c }\n',
      'roles/r/tasks/main.yml': '- { name: role, command: "true" }\n',
      'site.yml': `
- hosts: all
  tasks:
    - include_tasks: { file: part.yml, apply: { notify: a } }
    - meta: flush_handlers
    - block: [{ include_tasks: part.yml }]
      notify: [b]
    - meta: flush_handlers
    - block: [{ import_role: { name: r } }]
      notify: b
  handlers:
    - { name: a, debug: {} }
    - { name: b, debug: {} }
    - { name: c, debug: {} }
` } })
    const names = run.outcomes.map((line) => line.split(': ')[1])
    expect(names.filter((name) => name !== 'include_tasks')).toEqual(['part', 'own', 'a', 'c', 'part', 'own', 'b', 'c', 'role', 'b'])
  })

  it('a run_once task notifies for the host that did it', async () => {
    const run = await runEngine({ inventory: 'a ansible_connection=local\nb ansible_connection=local\n', files: { 'site.yml': `
- hosts: all
  tasks:
    - { name: one, command: "true", notify: h, run_once: true }
  handlers:
    - { name: h, debug: {} }
` } })
    expect(run.outcomes).toEqual(['a: one: changed', 'a: h: ok'])
  })

  it('an import hands its notify to the tasks of the file', async () => {
    const run = await runEngine({ files: { 'inner.yml': '- { name: in, command: "true" }\n', 'site.yml': `
- hosts: all
  tasks:
    - { import_tasks: inner.yml, notify: h }
  handlers:
    - { name: h, debug: {} }
` } })
    expect(run.outcomes).toEqual(['localhost: in: changed', 'localhost: h: ok'])
  })

  it('whose name cannot be evaluated are told of, and no obstacle; topics are as written', async () => {
    const run = await runEngine({ files: { 'site.yml': `
- hosts: all
  vars: { word: topic }
  tasks:
    - { name: one, command: "true", notify: [h, "{{ word }}"] }
  handlers:
    - { name: "x {{ nowhere }}", debug: { msg: never } }
    - { name: h, debug: { msg: h } }
    - { name: l, debug: { msg: literal }, listen: topic }
    - { name: t, debug: { msg: templated }, listen: "{{ word }}" }
` } })
    expect(run.messages).toEqual(['h', 'literal'])
    expect(run.events.filter((event) => event.kind === 'warned').map(({ diagnostic }) => diagnostic.code)).toEqual(['unusable-handler'])
  })

  it('that are missing are no failure when the settings say so', async () => {
    const files = { 'site.yml': '- hosts: all\n  tasks: [{ name: one, command: "true", notify: nobody }, { name: two, debug: {} }]\n' }
    expect((await runEngine({ files })).outcomes).toEqual(['localhost: one: changed'])
    expect((await runEngine({ files, environment: { ANSIBLE_ERROR_ON_MISSING_HANDLER: 'false' } })).outcomes).toEqual(['localhost: one: changed', 'localhost: two: ok'])
  })

  it('do not run on a host that failed, unless forced', async () => {
    const files = (force: boolean) => ({ 'site.yml': `
- hosts: all
  force_handlers: ${force}
  tasks:
    - { name: one, command: "true", notify: h }
    - { name: two, fail: {} }
  handlers:
    - { name: h, debug: {} }
` })
    expect((await runEngine({ files: files(false) })).outcomes).not.toContain('localhost: h: ok')
    expect((await runEngine({ files: files(true) })).outcomes).toContain('localhost: h: ok')
  })

  it('end for a host with the first that fails, though they are forced', async () => {
    const run = await runEngine({ files: { 'site.yml': `
- hosts: all
  force_handlers: true
  tasks:
    - { name: one, command: "true", notify: [h, i] }
  handlers:
    - { name: h, fail: {} }
    - { name: i, debug: {} }
  post_tasks:
    - { name: two, command: "true" }
` } })
    expect(run.outcomes).toEqual(['localhost: one: changed', 'localhost: h: failed'])
  })

  it('a handler of a role answers to its name and to role : name', async () => {
    const run = await runEngine({ files: {
      'roles/web/tasks/main.yml': '- { name: in role, command: "true", notify: restart }\n',
      'roles/web/handlers/main.yml': '- { name: restart, debug: { msg: "{{ role_name }} {{ port }}" } }\n',
      'roles/web/defaults/main.yml': 'port: 80\n',
      'site.yml': `
- hosts: all
  roles: [web]
  tasks:
    - { name: by role, command: "true", notify: "web : restart" }
` } })
    expect(run.outcomes).toEqual(['localhost: in role: changed', 'localhost: by role: changed', 'localhost: restart: ok'])
    expect(run.messages).toEqual(['web 80'])
  })
})
