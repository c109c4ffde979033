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

  it('a name nobody answers to fails the task', async () => {
    const run = await runEngine({ files: { 'site.yml': `
- hosts: all
  tasks:
    - { name: one, command: "true", notify: nobody }
` } })
    expect(run.outcomes).toEqual(['localhost: one: failed'])
    expect(run.result('one')['msg']).toContain("'nobody'")
  })
})
