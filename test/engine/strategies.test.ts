import { describe, expect, it } from 'vitest'
import { runEngine } from '../support/engine-run.ts'

const THREE = 'a ansible_connection=local\nb ansible_connection=local\nc ansible_connection=local\n'

function warnings(run: Awaited<ReturnType<typeof runEngine>>): string[] {
  return run.events.filter((event) => event.kind === 'warned').map(({ diagnostic }) => diagnostic.summary)
}

describe.each(['free', 'host_pinned', 'ansible.builtin.free'])('strategy %s', (strategy) => {
  it('lets no failure of one host end the play of another, and says so of the keywords that would', async () => {
    const run = await runEngine({ inventory: THREE, files: { 'site.yml': `
- hosts: all
  strategy: ${strategy}
  any_errors_fatal: true
  max_fail_percentage: 0
  tasks:
    - { name: fails, command: "false", when: inventory_hostname == 'a' }
    - { name: slow, command: sleep 0.2 }
    - { name: last, debug: {} }
` } })
    expect(run.outcomes.filter((line) => line.includes('last')).toSorted()).toEqual(['b: last: ok', 'c: last: ok'])
    expect(run.exitCode).toBe(2)
    expect(warnings(run).map((text) => text.split(' ')[1])).toEqual(['max_fail_percentage', 'any_errors_fatal'])
  })

  it('has every host do a run_once task, with a warning', async () => {
    const run = await runEngine({ inventory: THREE, files: { 'site.yml': `
- hosts: all
  strategy: ${strategy}
  tasks:
    - { name: once, command: "echo {{ inventory_hostname }}", run_once: true, register: said }
    - { name: fails once, command: "false", run_once: true, when: inventory_hostname == 'b' }
    - { name: said, debug: { msg: "{{ said.stdout }}" } }
` } })
    expect(run.messages.toSorted()).toEqual(['a', 'c'])
    expect(run.outcomes.filter((line) => line.includes('fails once: failed'))).toEqual(['b: fails once: failed'])
    expect(warnings(run)).toEqual([expect.stringContaining('run_once')])
  })
})

describe('strategy free', () => {
  it('does not keep a quick host waiting for a slow one', async () => {
    const run = await runEngine({ inventory: THREE, files: { 'site.yml': `
- hosts: all
  strategy: free
  tasks:
    - { name: wait, command: sleep 0.5, when: inventory_hostname == 'a' }
    - { name: last, debug: {} }
` } })
    expect(run.outcomes.slice(-2)).toEqual(['a: wait: changed', 'a: last: ok'])
  })
})

describe('host_pinned', () => {
  it('begins no more hosts than there are forks, and takes each to its end', async () => {
    const run = await runEngine({ inventory: THREE, options: { forks: 1 }, files: { 'site.yml': `
- hosts: all
  strategy: host_pinned
  tasks:
    - { name: one, command: "true" }
    - { name: two, command: "true" }
` } })
    expect(run.outcomes.map((line) => line.replace(': changed', ''))).toEqual(['a: one', 'a: two', 'b: one', 'b: two', 'c: one', 'c: two'])
  })
})

describe('linear', () => {
  it('finishes a task on all hosts before the next begins, whatever throttle says', async () => {
    const run = await runEngine({ inventory: THREE, files: { 'site.yml': `
- hosts: all
  tasks:
    - { name: one, command: "sleep 0.{{ 3 - groups.all.index(inventory_hostname) }}", throttle: 2 }
    - { name: two, debug: {} }
` } })
    expect(run.outcomes.map((line) => line.split(': ')[1])).toEqual(['one', 'one', 'one', 'two', 'two', 'two'])
  })
})
