import { describe, expect, it } from 'vitest'
import { runEngine } from '../support/engine-run.ts'

describe('loops', () => {
  it('run a task once for each item and register a list', async () => {
    const run = await runEngine({ files: { 'site.yml': `
- hosts: all
  tasks:
    - name: loop
      command: "echo {{ item }}"
      loop: [a, b, c]
      when: item != 'b'
      register: out
    - name: tell
      debug: { msg: "{{ out.results | map(attribute='item') | list }} {{ out.results[2].stdout }} {{ out.results[1].skipped }}" }
` } })
    expect(run.messages).toEqual(["['a', 'b', 'c'] c True"])
    const result = run.result('loop')
    expect(result).toMatchObject({ changed: true, msg: 'All items completed', skipped: false })
    expect(result['results']).toMatchObject([{ item: 'a', ansible_loop_var: 'item', rc: 0 }, { item: 'b', skipped: true }, { item: 'c' }])
    expect(run.events.filter((event) => event.kind === 'item-ended').map((event) => `${event.label} ${event.outcome.status}`)).toEqual(['a changed', 'b skipped', 'c changed'])
  })

  it('loop_control names variables and tells more', async () => {
    const run = await runEngine({ files: { 'site.yml': `
- hosts: all
  tasks:
    - name: loop
      debug: { msg: "{{ i }} {{ thing }} {{ ansible_loop.first }} {{ ansible_loop.revindex }} {{ ansible_loop.nextitem | default('none') }}" }
      loop: [x, y]
      loop_control: { loop_var: thing, index_var: i, extended: true, label: "{{ thing | upper }}" }
` } })
    expect(run.messages).toEqual(['0 x True 2 y', '1 y False 1 none'])
    expect(run.events.filter((event) => event.kind === 'item-ended').map((event) => event.label)).toEqual(['X', 'Y'])
  })

  it('with_ loops go through lookups', async () => {
    const run = await runEngine({ files: { 'site.yml': `
- hosts: all
  tasks:
    - { debug: { msg: "{{ item }}" }, with_items: [a, [b, c]] }
    - { debug: { msg: "{{ item.key }}={{ item.value }}" }, with_dict: { x: 1 } }
    - { debug: { msg: "{{ item }}" }, with_sequence: start=1 end=2 }
    - { debug: { msg: "{{ item.0 }}{{ item.1 }}" }, with_nested: [[a], [1, 2]] }
` } })
    expect(run.messages).toEqual(['a', 'b', 'c', 'x=1', '1', '2', 'a1', 'a2'])
  })

  it('an empty list skips; set_fact is seen by the next turn; break_when ends', async () => {
    const run = await runEngine({ files: { 'site.yml': `
- hosts: all
  vars: { sum: 0 }
  tasks:
    - { name: none, debug: {}, loop: [] }
    - { name: add, set_fact: { sum: "{{ sum | int + item }}" }, loop: [1, 2, 3] }
    - { name: stop, command: "echo {{ item }}", loop: [1, 2, 3], register: out, loop_control: { break_when: ["out.stdout == '2'"] } }
    - { debug: { msg: "{{ sum }} {{ out.results | length }}" } }
` } })
    expect(run.outcomes[0]).toBe('localhost: none: skipped')
    expect(run.messages).toEqual(['6 2'])
  })

  it('until tries again, and tells how often', async () => {
    const run = await runEngine({ files: { 'site.yml': `
- hosts: all
  tasks:
    - name: third time
      shell: "echo x >> {{dir}}/count; wc -l < {{dir}}/count"
      register: out
      until: out.stdout | int == 3
      retries: 5
      delay: 0
    - name: never
      command: "false"
      register: out
      until: out.rc == 0
      retries: 2
      delay: 0
      ignore_errors: true
` } })
    expect(run.result('third time')['attempts']).toBe(3)
    expect(run.result('never')).toMatchObject({ attempts: 2, failed: true })
    expect(run.events.filter((event) => event.kind === 'task-retried').map((event) => `${event.attempt} ${event.left}`)).toEqual(['1 5', '2 4', '1 2', '2 1'])
  })

  it('failed_when and changed_when judge the result', async () => {
    const run = await runEngine({ files: { 'site.yml': `
- hosts: all
  tasks:
    - { name: fine, command: "false", register: r, failed_when: r.rc > 1, changed_when: r.rc == 1 }
    - { name: bad, command: "true", register: r, failed_when: ["r.rc == 0", "'x' == 'x'"], ignore_errors: true }
    - { name: unchanged, command: "true", changed_when: false }
` } })
    expect(run.outcomes).toEqual(['localhost: fine: changed', 'localhost: bad: failed (ignored)', 'localhost: unchanged: ok'])
    expect(run.result('bad')).toMatchObject({ failed_when_result: true })
  })
})

describe('tasks that take their time', () => {
  it('poll: 0 goes on in the background, async_status tells when it is done', async () => {
    const run = await runEngine({ files: { 'site.yml': `
- hosts: all
  tasks:
    - { name: start, shell: "sleep 0.4; echo done", async: 10, poll: 0, register: job }
    - { name: meanwhile, async_status: { jid: "{{ job.ansible_job_id }}" }, register: early }
    - { name: wait, async_status: { jid: "{{ job.ansible_job_id }}" }, register: late, until: late.finished == 1, retries: 50, delay: 0.05 }
    - { debug: { msg: "{{ early.finished }} {{ late.finished }} {{ late.stdout }}" } }
` } })
    expect(run.messages).toEqual(['False True done'])
  })

  it('timeout gives up', async () => {
    const run = await runEngine({ files: { 'site.yml': '- hosts: all\n  tasks:\n    - { name: slow, command: sleep 20, timeout: 1 }\n' } })
    expect(run.outcomes).toEqual(['localhost: slow: failed'])
    expect(run.result('slow')['msg']).toContain('failed to execute in the expected time frame (1)')
  })

  it('an interrupt lets the task end and starts no other', async () => {
    const abort = new AbortController()
    setTimeout(() => { abort.abort() }, 150)
    const run = await runEngine({ signal: abort.signal, files: { 'site.yml': '- hosts: all\n  tasks:\n    - { name: first, command: sleep 0.5 }\n    - { name: second, debug: {} }\n' } })
    expect(run.outcomes).toEqual(['localhost: first: changed'])
    expect(run.exitCode).toBe(99)
  })

  it('with_first_found leaves out names that hang on something undefined', async () => {
    const run = await runEngine({ files: {
      'files/there.txt': '',
      'site.yml': `
- hosts: all
  tasks:
    - { name: found, debug: {msg: "{{ item | basename }}"}, with_first_found: [{files: ["{{ nobody_defines_this }}.txt", there.txt]}] }
`,
    } })
    expect(run.messages).toEqual(['there.txt'])
  })

  it('with_first_found looks where the module has its files', async () => {
    const run = await runEngine({ files: {
      'files/x.yml': 'is: a file',
      'vars/x.yml': 'is: a variable',
      'site.yml': `
- hosts: all
  tasks:
    - { name: load, include_vars: {file: "{{ item }}"}, with_first_found: [x.yml] }
    - { name: tell, debug: {msg: "{{ is }}, {{ item | dirname | basename }}"}, with_first_found: [x.yml] }
`,
    } })
    expect(run.messages).toEqual(['a variable, files'])
  })
})

describe('attempts', () => {
  it('are known to failed_when, whose word is the last one', async () => {
    const run = await runEngine({ files: { 'site.yml': `
- hosts: all
  tasks:
    - { name: tries, command: "true", register: r, until: 1 == 0, retries: 2, delay: 0, failed_when: r.attempts > 6 }
    - { debug: { msg: "{{ r.attempts }} {{ r.failed }}" } }
    - { name: gives up, command: "true", register: r, until: 1 == 0, retries: 2, delay: 0, ignore_errors: true }
` } })
    expect(run.outcomes).toEqual(['localhost: tries: changed', expect.anything(), 'localhost: gives up: failed (ignored)'])
    expect(run.messages).toEqual(['2 True'])
  })
})
