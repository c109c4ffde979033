import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { runEngine } from '../support/engine-run.ts'

const JOBS = '  vars: { ansible_async_dir: "{{dir}}/jobs" }\n'

describe('async with poll: 0', () => {
  it('starts a command that lives on, and async_status tells how it ended', async () => {
    const run = await runEngine({ files: { 'site.yml': `
- hosts: all
${JOBS}  tasks:
    - { name: start, shell: "printf '%s\\\\n' \\"$WORD\\" 'é\\"{' ; echo err >&2; sleep 1; exit 3", args: { chdir: /tmp }, environment: { WORD: hello }, async: 30, poll: 0, register: job }
    - { name: early, async_status: { jid: "{{ job.ansible_job_id }}" }, register: early }
    - { name: wait, async_status: { jid: "{{ job.ansible_job_id }}" }, register: ended, until: ended is finished, retries: 30, delay: 0.2, failed_when: false }
    - { name: said, debug: { msg: "{{ [early.finished, ended.rc, ended.stdout_lines, ended.stderr, ended.msg, ended.changed] }}" } }
    - { name: clean, async_status: { jid: "{{ job.ansible_job_id }}", mode: cleanup } }
    - { name: gone, async_status: { jid: "{{ job.ansible_job_id }}" }, ignore_errors: true }
` } })
    expect(run.messages).toEqual([[false, 3, ['hello', 'é"{'], 'err', 'non-zero return code', true]])
    expect(run.result('start')).toMatchObject({ started: true, finished: false, results_file: expect.stringContaining('/jobs/j') as string })
    expect(run.result('clean').erased).toContain('/jobs/')
    expect(run.result('gone')).toMatchObject({ failed: true, msg: 'could not find job' })
    expect(readdirSync(join(run.folder, 'jobs'))).toEqual([])
  })

  it('is judged by how it was started, a job by how it ended', async () => {
    const run = await runEngine({ files: { 'site.yml': `
- hosts: all
${JOBS}  tasks:
    - { name: start, command: sleep 0.1, async: 30, poll: 0, register: job, changed_when: false }
    - { name: wait, async_status: { jid: "{{ job.ansible_job_id }}" }, register: ended, until: ended is finished, retries: 50, delay: 0.1 }
    - { name: start a module, file: { path: "{{dir}}/touched", state: touch }, async: 30, poll: 0, register: touching, changed_when: touching.finished }
    - { name: wait for it, async_status: { jid: "{{ touching.ansible_job_id }}" }, register: ended, until: ended is finished, retries: 50, delay: 0.1 }
    - { name: fails, command: sleep 0, async: 30, poll: 0, failed_when: true, ignore_errors: true }
` } })
    expect(run.outcomes.map((outcome) => outcome.replace('localhost: ', ''))).toEqual(['start: ok', 'wait: changed', 'start a module: ok', 'wait for it: changed', 'fails: failed (ignored)'])
  })

  it('does not keep the run from ending, and the job goes on', async () => {
    const started = performance.now()
    const run = await runEngine({ files: { 'site.yml': `
- hosts: all
${JOBS}  tasks:
    - { name: start, command: sh -c "sleep 5; touch {{dir}}/made", async: 60, poll: 0 }
` } })
    expect(performance.now() - started).toBeLessThan(4900)
    expect(existsSync(join(run.folder, 'made'))).toBe(false)
    for (let tries = 0; tries < 150 && !existsSync(join(run.folder, 'made')); tries++) await new Promise((resolve) => { setTimeout(resolve, 100) })
    expect(existsSync(join(run.folder, 'made'))).toBe(true)
  })

  it('ends a job whose time is over', async () => {
    const run = await runEngine({ files: { 'site.yml': `
- hosts: all
${JOBS}  tasks:
    - { name: start, command: sleep 60, async: 1, poll: 0, register: job }
    - { name: wait, async_status: { jid: "{{ job.ansible_job_id }}" }, register: ended, until: ended is finished, retries: 40, delay: 0.2, ignore_errors: true }
` } })
    expect(run.result('wait')).toMatchObject({ failed: true, finished: true, msg: 'Job reached maximum time limit of 1 seconds.' })
  })

  it('leaves no process behind when it has ended, nor when its time was over', async () => {
    const run = await runEngine({ files: { 'site.yml': `
- hosts: all
${JOBS}  tasks:
    - { name: quick, command: sleep 0.1, async: 3571, poll: 1 }
    - { name: late, shell: "sleep 3572 & sleep 3573", async: 1, poll: 1, ignore_errors: true }
` } })
    expect(run.result('quick')).toMatchObject({ finished: true, cmd: ['sleep', '0.1'] })
    expect(run.result('late')).toMatchObject({ failed: true })
    await new Promise((resolve) => { setTimeout(resolve, 1500) })
    expect(spawnSync('pgrep', ['-fx', 'sleep 357[123]'], { encoding: 'utf8' }).stdout).toBe('')
  })

  it('of a module that is more than a command goes on here', async () => {
    const run = await runEngine({ files: { 'site.yml': `
- hosts: all
  tasks:
    - { name: start, copy: { dest: '{{dir}}/made', content: x }, async: 30, poll: 0, register: job }
    - { name: wait, async_status: { jid: "{{ job.ansible_job_id }}" }, register: ended, until: ended is finished, retries: 30, delay: 0.1 }
` } })
    expect(run.result('wait')).toMatchObject({ finished: true, changed: true })
    expect(run.read('made')).toBe('x')
  })

  it('in check mode only predicts', async () => {
    const run = await runEngine({ options: { check: true }, files: { 'site.yml': `
- hosts: all
${JOBS}  tasks:
    - { name: start, command: touch {{dir}}/made, async: 30, poll: 0 }
` } })
    expect(run.outcomes).toEqual(['localhost: start: changed'])
    expect(existsSync(join(run.folder, 'made'))).toBe(false)
  })
})

describe('a task that takes too long', () => {
  it('fails with async and poll, and with timeout, and its command is ended', async () => {
    const run = await runEngine({ files: { 'site.yml': `
- hosts: all
  tasks:
    - { name: quick, command: echo hi, async: 5, poll: 1 }
    - { name: async, shell: "sleep 3; touch {{dir}}/one", async: 1, poll: 1, ignore_errors: true }
    - { name: timeout, shell: "sleep 3; touch {{dir}}/two", timeout: 1, ignore_errors: true }
    - { name: later, command: sleep 2.5 }
` } })
    expect(run.result('quick')).toMatchObject({ stdout: 'hi', finished: true, started: true })
    expect(run.result('async').msg).toBe('async task did not complete within the requested time - 1s')
    expect(run.result('timeout')).toMatchObject({ msg: 'The shell action failed to execute in the expected time frame (1) and was terminated', timedout: { period: 1 } })
    expect(['one', 'two'].map((name) => existsSync(join(run.folder, name)))).toEqual([false, false])
  })

  it('is refused by modules whose script would end with the run', async () => {
    const run = await runEngine({ files: { 'site.yml': `
- hosts: all
  tasks:
    - { name: waited, script: /some/script.sh, async: 2, ignore_errors: true }
    - { name: left, raw: "true", async: 2, poll: 0, ignore_errors: true }
` } })
    expect(run.result('waited').msg).toBe('This action (script) does not support async.')
    expect(run.result('left').msg).toBe('This action (raw) does not support async.')
  })
})
