import { describe, expect, it } from 'vitest'
import { runEngine } from '../support/engine-run.ts'

const SITE = `
- hosts: all
  debugger: on_failed
  vars: { wanted: 1 }
  tasks:
    - name: Task 1
      assert: { that: "{{ wanted == 2 }}" }
    - name: Task 2
      debug: { msg: done }
`

describe('the task debugger', () => {
  const CASES: readonly { readonly name: string, readonly answers: readonly string[], readonly outcomes: readonly string[], readonly said?: readonly string[] }[] = [
    { name: 'lets a failure be', answers: ['c'], outcomes: ['localhost: Task 1: failed'] },
    { name: 'runs a task again with another argument', answers: ["task.args['that'] = 'wanted == 1'", 'r'], outcomes: ['localhost: Task 1: failed', 'localhost: Task 1: ok', 'localhost: Task 2: ok'] },
    { name: 'runs a task again with another variable', answers: ["task_vars['wanted'] = 2", 'redo'], outcomes: ['localhost: Task 1: failed', 'localhost: Task 1: ok', 'localhost: Task 2: ok'] },
    { name: 'prints what is asked for', answers: ["p task_vars['wanted'] + 1", 'p result._result.msg', 'p host', 'c'], outcomes: ['localhost: Task 1: failed'], said: ['2', "'Assertion failed'", "'localhost'"] },
  ]
  for (const { name, answers, outcomes, said } of CASES) {
    it(name, async () => {
      const run = await runEngine({ files: { 'site.yml': SITE }, answers })
      expect(run.outcomes).toEqual(outcomes)
      if (said) expect(run.events.flatMap((event) => event.kind === 'displayed' ? [event.text] : [])).toEqual(said)
    })
  }

  it('counts a task that was run again once', async () => {
    const run = await runEngine({ files: { 'site.yml': SITE }, answers: ["task_vars['wanted'] = 2", 'r'] })
    expect(run.recap('localhost')).toMatchObject({ ok: 2, failed: 0 })
    expect(run.exitCode).toBe(0)
  })

  it('starts for all tasks when the settings say so, but not where failures are ignored', async () => {
    const tasks = '- hosts: all\n  tasks:\n    - { name: a, fail: { msg: x }, ignore_errors: true }\n    - { name: b, fail: { msg: x } }\n'
    const asked: string[] = []
    await runEngine({ files: { 'site.yml': tasks }, environment: { ANSIBLE_ENABLE_TASK_DEBUGGER: '1' }, prompt: (text) => { asked.push(text); return 'c' } })
    expect(asked).toEqual(['[localhost] TASK: b (debug)> '])
  })
})
