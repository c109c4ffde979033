import { describe, expect, it } from 'vitest'
import { runEngine } from '../support/engine-run.ts'

describe('a play', () => {
  it('runs tasks in order and tells how they ended', async () => {
    const run = await runEngine({ files: { 'site.yml': `
- hosts: all
  vars: { greeting: hello }
  tasks:
    - name: greet
      debug: { msg: "{{ greeting }} {{ inventory_hostname }}" }
    - name: skip
      debug: { msg: no }
      when: greeting == 'bye'
    - name: write
      copy: { content: "{{ greeting }}\\n", dest: "{{dir}}/out" }
    - name: write again
      copy: { content: "{{ greeting }}\\n", dest: "{{dir}}/out" }
    - name: ask
      command: cat {{dir}}/out
      register: out
      changed_when: false
    - name: tell
      debug: { msg: "{{ out.stdout_lines }}" }
` } })
    expect(run.outcomes).toEqual([
      'localhost: greet: ok', 'localhost: skip: skipped', 'localhost: write: changed', 'localhost: write again: ok', 'localhost: ask: ok', 'localhost: tell: ok',
    ])
    expect(run.messages).toEqual(['hello localhost', ['hello']])
    expect(run.exitCode).toBe(0)
    expect(run.recap('localhost')).toMatchObject({ ok: 5, changed: 1, skipped: 1, failed: 0 })
  })
})
