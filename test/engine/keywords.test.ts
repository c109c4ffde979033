import { describe, expect, it } from 'vitest'
import { runEngine } from '../support/engine-run.ts'

describe('keywords', () => {
  it('one that is omitted is inherited after all', async () => {
    const run = await runEngine({ files: { 'site.yml': `
- hosts: all
  tasks:
    - block:
        - { name: inherits, fail: {}, ignore_errors: "{{ omit }}" }
        - { name: after, debug: {} }
      ignore_errors: true
` } })
    expect(run.outcomes).toEqual(['localhost: inherits: failed (ignored)', 'localhost: after: ok'])
  })

  it('throttle holds for all hosts, also under strategy free', async () => {
    const run = await runEngine({
      inventory: ['a', 'b', 'c', 'd'].map((name) => `${name} ansible_connection=local`).join('\n'),
      files: { 'site.yml': `
- hosts: all
  strategy: free
  tasks:
    - { name: one by one, shell: "mkdir {{dir}}/lock && sleep 0.1 && rmdir {{dir}}/lock", throttle: 1 }
` },
    })
    expect(run.outcomes.filter((line) => line.endsWith('changed'))).toHaveLength(4)
  })

  it('a template file sees ansible_managed and where it comes from', async () => {
    const run = await runEngine({ files: {
      'templates/t.j2': '{{ ansible_managed }} {{ template_path }} {{ template_fullpath }} {{ template_destpath }}\n',
      'site.yml': '- hosts: all\n  tasks:\n    - { name: t, template: { src: t.j2, dest: "{{dir}}/out" } }\n',
    } })
    expect(run.read('out')).toBe(`Ansible managed t.j2 ${run.folder}/templates/t.j2 ${run.folder}/out\n`)
  })

  it('a module named by a template runs', async () => {
    const run = await runEngine({ files: { 'site.yml': `
- hosts: all
  vars: { which: debug }
  tasks:
    - { name: t, action: { module: "{{ which }}", msg: hello } }
` } })
    expect(run.result('t')['msg']).toBe('hello')
  })
})

describe('conditions with templates in their midst', () => {
  it('what the template yields stays a value', async () => {
    const run = await runEngine({ files: { 'site.yml': `
- hosts: all
  vars: { evil: "1 or true", ok: 5 }
  tasks:
    - { name: compares, assert: { that: "ok == {{ ok }}" } }
    - { name: no code, assert: { that: "0 == {{ evil }}" }, ignore_errors: true }
` } })
    expect(run.outcomes).toEqual(['localhost: compares: ok', 'localhost: no code: failed (ignored)'])
  })
})
