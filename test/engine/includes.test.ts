import { describe, expect, it } from 'vitest'
import { runEngine } from '../support/engine-run.ts'

const TWO = 'a ansible_connection=local\nb ansible_connection=local\n'

describe('include_tasks', () => {
  it('groups hosts by the file they include, and passes vars and loop variables on', async () => {
    const run = await runEngine({ inventory: TWO, files: {
      'for-a.yml': '- { name: in a, debug: { msg: "{{ inventory_hostname }} {{ extra }}" } }\n',
      'for-b.yml': '- { name: in b, debug: { msg: "{{ inventory_hostname }} {{ extra }}" } }\n',
      'each.yml': '- { name: each, debug: { msg: "{{ inventory_hostname }}{{ item }}" } }\n',
      'site.yml': `
- hosts: all
  tasks:
    - name: own file
      include_tasks: "for-{{ inventory_hostname }}.yml"
      vars: { extra: "x-{{ inventory_hostname }}" }
    - name: looped
      include_tasks: { file: each.yml }
      loop: [1, 2]
      when: item == 1 or inventory_hostname == 'b'
    - { name: end, debug: { msg: end } }
` } })
    expect(run.messages).toEqual(['a x-a', 'b x-b', 'a1', 'b1', 'b2', 'end', 'end'])
    expect(run.recap('a')).toMatchObject({ ok: 5 })
  })

  it('own tags choose the include only; apply reaches the tasks in it', async () => {
    const files = (apply: string) => ({
      'inc.yml': '- { name: inside, debug: { msg: in } }\n- { name: marked, debug: { msg: marked }, tags: t }\n',
      'site.yml': `
- hosts: all
  tasks:
    - name: inc
      include_tasks: { file: inc.yml${apply} }
      tags: t
`,
    })
    expect((await runEngine({ options: { tags: ['t'] }, files: files('') })).messages).toEqual(['marked'])
    expect((await runEngine({ options: { tags: ['t'] }, files: files(', apply: { tags: [t] }') })).messages).toEqual(['in', 'marked'])
  })

  it('a missing file fails the host, and can be rescued', async () => {
    const run = await runEngine({ files: { 'site.yml': `
- hosts: all
  tasks:
    - block:
        - { name: inc, include_tasks: nowhere.yml }
      rescue:
        - { name: rescued, debug: {} }
` } })
    expect(run.outcomes).toEqual(['localhost: inc: failed', 'localhost: rescued: ok'])
  })
})

describe('roles', () => {
  const role = {
    'roles/r/tasks/main.yml': '- { name: first, debug: { msg: "{{ v }} {{ role_name }}" } }\n- { name: leave, meta: end_role, when: leave | default(false) }\n- { name: second, debug: { msg: second } }\n',
    'roles/r/tasks/other.yml': '- { name: other, debug: { msg: "other {{ v }}" } }\n',
    'roles/r/defaults/main.yml': 'v: default\n',
    'roles/r/handlers/main.yml': '- { name: h, debug: { msg: handled } }\n',
  }

  it('include_role sees its parameters and defaults, brings its handlers, and rejoins after end_role', async () => {
    const run = await runEngine({ files: { ...role, 'site.yml': `
- hosts: all
  tasks:
    - include_role: { name: r }
      vars: { v: given }
    - include_role: { name: r, tasks_from: other }
    - { include_role: { name: r }, vars: { leave: true } }
    - { name: notify, command: "true", notify: h }
    - { debug: { msg: "{{ v | default('private') }}" } }
` } })
    expect(run.messages).toEqual(['given r', 'second', 'other default', 'default r', 'private', 'handled'])
  })

  it('a role that is public leaves its defaults behind', async () => {
    const run = await runEngine({ files: { ...role, 'site.yml': `
- hosts: all
  tasks:
    - include_role: { name: r, public: true }
    - { debug: { msg: "{{ v }}" } }
` } })
    expect(run.messages.at(-1)).toBe('default')
  })

  it('roles and imported roles come with dependencies, in order', async () => {
    const run = await runEngine({ files: { ...role,
      'roles/top/meta/main.yml': 'dependencies: [{ role: r, v: from-top }]\n',
      'roles/top/tasks/main.yml': '- { name: top, debug: { msg: "top {{ ansible_parent_role_names | default([]) }} {{ ansible_play_role_names }}" } }\n',
      'site.yml': `
- hosts: all
  roles: [top]
  tasks:
    - import_role: { name: r, tasks_from: other }
` } })
    expect(run.messages).toEqual(['from-top r', 'second', "top [] ['top', 'r']", 'other default'])
  })
})

describe('meta', () => {
  it('end_host ends one host without failing it; end_play ends all', async () => {
    const run = await runEngine({ inventory: TWO, files: { 'site.yml': `
- hosts: all
  tasks:
    - { meta: end_host, when: inventory_hostname == 'a' }
    - { name: one, debug: {} }
    - meta: end_play
    - { name: never, debug: {} }
- hosts: all
  tasks:
    - { name: next play, debug: {} }
` } })
    expect(run.outcomes).toEqual(['b: meta: skipped', 'b: one: ok', 'a: next play: ok', 'b: next play: ok'])
    expect(run.exitCode).toBe(0)
  })

  it('every file that a loop includes counts in the recap', async () => {
    const run = await runEngine({ files: { 'inner.yml': '- debug:\n', 'site.yml': '- hosts: all\n  tasks: [{ include_tasks: inner.yml, loop: [1, 2, 3] }]\n' } })
    expect(run.recap('localhost')).toMatchObject({ ok: 6, changed: 0 })
  })
})

describe('an included file that is broken', () => {
  it('ends the run, where one that is missing is a failure of the host', async () => {
    const site = (name: string) => ({ 'site.yml': `
- hosts: all
  tasks:
    - block: [{ include_tasks: "{{ '${name}' }}" }]
      rescue: [{ name: rescued, debug: {} }]
    - { name: after, debug: {} }
`, 'broken.yml': '- { name: x, debug: {}, nonsense: 1 }\n' })
    const broken = await runEngine({ files: site('broken.yml') })
    expect(broken.exitCode).toBe(1)
    expect(broken.outcomes).toEqual(['localhost: include_tasks: failed'])
    const missing = await runEngine({ files: site('missing.yml') })
    expect(missing.exitCode).toBe(0)
    expect(missing.outcomes).toEqual(['localhost: include_tasks: failed', 'localhost: rescued: ok', 'localhost: after: ok'])
  })

  it('brings in the same once for each time a loop asks for it', async () => {
    const run = await runEngine({ files: {
      'site.yml': '- hosts: all\n  tasks:\n    - include_tasks: say.yml\n      loop: [a, a, b, a]\n',
      'say.yml': '- debug: { msg: "{{ item }}" }\n',
    } })
    expect([...run.messages].sort()).toEqual(['a', 'a', 'a', 'b'])
  })
})

describe('an include in a loop', () => {
  it('of equal items brings its file in for each of them', async () => {
    const run = await runEngine({ files: {
      'part.yml': '- debug: { msg: "{{ item }}" }\n',
      'site.yml': '- hosts: all\n  tasks:\n    - { include_tasks: part.yml, loop: [a, a, b, a] }\n',
    } })
    expect(run.messages).toEqual(['a', 'a', 'b', 'a'])
  })
})

describe('a module that is not there', () => {
  it('ends the run when it is met, and no rescue covers it', async () => {
    const run = await runEngine({ files: {
      'part.yml': '- { name: gone, wrong.wrong.wrong: {} }\n',
      'site.yml': '- hosts: all\n  tasks:\n    - block: [{ include_tasks: part.yml }]\n      rescue: [{ name: rescued, debug: {} }]\n    - { name: after, debug: {} }\n',
    } })
    expect(run.exitCode).toBe(1)
    expect(run.outcomes).toEqual(['localhost: include_tasks: ok', 'localhost: gone: failed'])
  })

  it('is a failure where failures are let pass', async () => {
    const run = await runEngine({ files: { 'site.yml': '- hosts: all\n  tasks:\n    - { name: gone, wrong.wrong.wrong: {}, ignore_errors: true }\n    - { name: after, debug: {} }\n' } })
    expect(run.outcomes).toEqual(['localhost: gone: failed (ignored)', 'localhost: after: ok'])
  })
})
