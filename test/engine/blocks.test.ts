import { describe, expect, it } from 'vitest'
import { runEngine } from '../support/engine-run.ts'

const THREE = 'a ansible_connection=local\nb ansible_connection=local\nc ansible_connection=local\n'

describe('blocks', () => {
  it('rescue takes over for the hosts that failed, always runs for all', async () => {
    const run = await runEngine({ inventory: THREE, files: { 'site.yml': `
- hosts: all
  tasks:
    - block:
        - name: may fail
          fail: { msg: "bad {{ inventory_hostname }}" }
          when: inventory_hostname != 'a'
        - name: after
          debug: { msg: after }
      rescue:
        - name: rescued
          debug: { msg: "{{ ansible_failed_task.name }}: {{ ansible_failed_result.msg }}" }
        - name: rescue fails
          fail: { msg: again }
          when: inventory_hostname == 'c'
      always:
        - name: always
          debug: { msg: always }
    - name: end
      debug: { msg: end }
` } })
    expect(run.outcomes.toSorted()).toEqual([
      'a: after: ok', 'a: always: ok', 'a: end: ok', 'a: may fail: skipped',
      'b: always: ok', 'b: end: ok', 'b: may fail: failed', 'b: rescue fails: skipped', 'b: rescued: ok',
      'c: always: ok', 'c: may fail: failed', 'c: rescue fails: failed', 'c: rescued: ok',
    ])
    expect(run.messages).toContain('may fail: bad b')
    expect(run.recap('b')).toMatchObject({ rescued: 1, failed: 0 })
    expect(run.recap('c')).toMatchObject({ rescued: 1, failed: 1 })
    expect(run.exitCode).toBe(2)
  })

  it('any_errors_fatal ends the play for all hosts, and no later play runs', async () => {
    const run = await runEngine({ inventory: THREE, files: { 'site.yml': `
- hosts: all
  any_errors_fatal: true
  tasks:
    - name: one fails
      fail: {}
      when: inventory_hostname == 'b'
    - name: never
      debug: { msg: never }
- hosts: all
  tasks:
    - name: nor this
      debug: { msg: never }
` } })
    expect(run.outcomes.toSorted()).toEqual(['a: one fails: skipped', 'b: one fails: failed', 'c: one fails: skipped'])
    expect(run.exitCode).toBe(2)
  })

  it('a rescue section recovers from any_errors_fatal', async () => {
    const run = await runEngine({ inventory: THREE, files: { 'site.yml': `
- hosts: all
  tasks:
    - block:
        - name: one fails
          fail: {}
          when: inventory_hostname == 'b'
      any_errors_fatal: true
      rescue:
        - name: rescued
          debug: {}
    - name: goes on
      debug: {}
` } })
    expect(run.outcomes.filter((line) => line.includes('goes on'))).toHaveLength(3)
    expect(run.exitCode).toBe(0)
  })

  it('a failed host sits out, also in later plays; ignore_errors lets it go on', async () => {
    const run = await runEngine({ inventory: THREE, files: { 'site.yml': `
- hosts: all
  tasks:
    - name: fails
      fail: { msg: "{{ inventory_hostname }}" }
      when: inventory_hostname != 'a'
      ignore_errors: "{{ inventory_hostname == 'b' }}"
    - name: next
      debug: {}
- hosts: all
  tasks:
    - name: later
      debug: {}
` } })
    expect(run.outcomes).toContain('b: fails: failed (ignored)')
    expect(run.outcomes.filter((line) => /next|later/.test(line)).toSorted()).toEqual(['a: later: ok', 'a: next: ok', 'b: later: ok', 'b: next: ok'])
    expect(run.recap('b')).toMatchObject({ ignored: 1, failed: 0, ok: 3 })
  })

  it('max_fail_percentage ends the play when too many of a batch failed', async () => {
    const files = (limit: number) => ({ 'site.yml': `
- hosts: all
  max_fail_percentage: ${limit}
  tasks:
    - name: one fails
      fail: {}
      when: inventory_hostname == 'b'
    - name: next
      debug: {}
` })
    const strict = await runEngine({ inventory: THREE, files: files(30) })
    const lenient = await runEngine({ inventory: THREE, files: files(50) })
    expect(strict.outcomes.filter((line) => line.includes('next'))).toEqual([])
    expect(lenient.outcomes.filter((line) => line.includes('next'))).toEqual(['a: next: ok', 'c: next: ok'])
  })
})

describe('batches and strategies', () => {
  it('serial runs the whole play batch by batch, sizes from a list', async () => {
    const run = await runEngine({ inventory: THREE, files: { 'site.yml': `
- hosts: all
  serial: [1, "100%"]
  tasks:
    - name: one
      debug: { msg: "{{ ansible_play_batch }}" }
    - name: two
      debug: {}
` } })
    expect(run.outcomes).toEqual(['a: one: ok', 'a: two: ok', 'b: one: ok', 'c: one: ok', 'b: two: ok', 'c: two: ok'])
    expect(run.messages[0]).toEqual(['a'])
  })

  it('free lets each host go at its own pace', async () => {
    const run = await runEngine({ inventory: THREE, files: { 'site.yml': `
- hosts: all
  strategy: free
  tasks:
    - name: wait
      command: sleep 0.5
      when: inventory_hostname == 'a'
    - name: done
      debug: {}
` } })
    expect(run.outcomes.indexOf('c: done: ok')).toBeLessThan(run.outcomes.indexOf('a: wait: changed'))
  })

  it('order and limit choose hosts', async () => {
    const run = await runEngine({ inventory: THREE, options: { limit: '!b' }, files: { 'site.yml': `
- hosts: all
  order: reverse_sorted
  serial: 1
  tasks: [{ name: t, debug: {} }]
` } })
    expect(run.outcomes).toEqual(['c: t: ok', 'a: t: ok'])
  })

  it('run_once runs on the first host and gives its result to all', async () => {
    const run = await runEngine({ inventory: THREE, files: { 'site.yml': `
- hosts: all
  tasks:
    - name: once
      command: echo {{ inventory_hostname }}
      run_once: true
      register: out
    - name: all
      debug: { msg: "{{ out.stdout }}" }
` } })
    expect(run.outcomes[0]).toBe('a: once: changed')
    expect(run.messages).toEqual(['a', 'a', 'a'])
  })

  it('clear_host_errors in always lets the hosts go on after the block, and in the next play', async () => {
    const run = await runEngine({ files: { 'site.yml': `
- hosts: all
  tasks:
    - block:
        - block:
            - { name: fails, fail: {}, any_errors_fatal: true }
          always:
            - { name: inner, debug: {} }
      always:
        - meta: clear_host_errors
    - { name: after, debug: {} }
- hosts: all
  tasks:
    - { name: next play, debug: {} }
` } })
    expect(run.outcomes).toEqual(['localhost: fails: failed', 'localhost: inner: ok', 'localhost: after: ok', 'localhost: next play: ok'])
    expect(run.exitCode).toBe(0)
  })

  it('clear_host_errors elsewhere brings failed hosts back for the next play only', async () => {
    const run = await runEngine({ inventory: 'a ansible_connection=local\nb ansible_connection=local\n', files: { 'site.yml': `
- hosts: all
  tasks:
    - { name: fails, fail: {}, when: inventory_hostname == 'a' }
    - meta: clear_host_errors
    - { name: after, debug: {} }
- hosts: all
  tasks:
    - { name: next play, debug: {} }
` } })
    expect(run.outcomes.filter((line) => !line.includes('fails')).sort()).toEqual(['a: next play: ok', 'b: after: ok', 'b: next play: ok'])
  })

  it('past max_fail_percentage not even always runs', async () => {
    const run = await runEngine({ inventory: 'a ansible_connection=local\nb ansible_connection=local\n', files: { 'site.yml': `
- hosts: all
  max_fail_percentage: 49
  tasks:
    - block:
        - { name: fails, fail: {}, when: inventory_hostname == 'a' }
      always:
        - { name: always, debug: {} }
` } })
    expect(run.outcomes.filter((line) => line.includes('always'))).toEqual([])
    expect(run.exitCode).toBe(2)
  })

  it('meta that is done once asks for the first host only, end_host for each', async () => {
    const run = await runEngine({ inventory: 'a ansible_connection=local\nb ansible_connection=local\n', files: { 'site.yml': `
- hosts: all
  tasks:
    - { meta: end_play, when: inventory_hostname == 'b' }
    - { meta: end_host, when: inventory_hostname == 'b' }
    - { name: after, debug: {} }
    - { meta: end_batch, when: inventory_hostname == 'a' }
    - { name: never, debug: {} }
` } })
    expect(run.outcomes).toEqual(['a: meta: skipped', 'a: meta: skipped', 'a: after: ok'])
  })
})
