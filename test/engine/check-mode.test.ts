import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { runEngine } from '../support/engine-run.ts'

const tasks = `
- hosts: all
  tasks:
    - { name: folder, file: { path: "{{dir}}/w/d", state: directory } }
    - { name: file in it, copy: { content: "port 1\\n", dest: "{{dir}}/w/d/conf" } }
    - { name: edit, lineinfile: { path: "{{dir}}/w/d/conf", regexp: "^port", line: port 2 }, notify: h }
    - { name: same edit, lineinfile: { path: "{{dir}}/w/d/conf", regexp: "^port", line: port 2 } }
    - { name: look, stat: { path: "{{dir}}/w/d/conf" }, register: st }
    - { name: depends, file: { path: "{{dir}}/w/seen", state: touch }, when: st.stat.exists and st.stat.size == 7 }
  handlers:
    - { name: h, file: { path: "{{dir}}/w/handled", state: directory } }
`

describe('check mode', () => {
  it('predicts task by task what the run then does, and changes nothing', async () => {
    const files = { 'w/keep': '', 'site.yml': tasks }
    const predicted = await runEngine({ files, options: { check: true } })
    expect(existsSync(join(predicted.folder, 'w/d'))).toBe(false)
    expect(existsSync(join(predicted.folder, 'w/handled'))).toBe(false)
    const made = await runEngine({ files, folder: predicted.folder })
    expect(predicted.outcomes).toEqual(made.outcomes)
    expect(made.outcomes).toEqual([
      'localhost: folder: changed', 'localhost: file in it: changed', 'localhost: edit: changed', 'localhost: same edit: ok',
      'localhost: look: ok', 'localhost: depends: changed', 'localhost: h: changed',
    ])
  })

  it('what depends on a command that was not run is unknown, and so are its handlers', async () => {
    const run = await runEngine({ options: { check: true }, files: { 'site.yml': `
- hosts: all
  tasks:
    - { name: ask, command: echo 1, register: out }
    - { name: depends, assert: { that: out.stdout == '1' } }
    - { name: condition, file: { path: "{{dir}}/x", state: touch }, when: out.stdout == '1', notify: h, register: made }
    - { name: set, set_fact: { value: "{{ out.stdout }}", other: plain } }
    - { name: uses it, assert: { that: value == '1' } }
    - { name: uses that, assert: { that: made is changed } }
    - { name: other is known, assert: { that: other == 'plain' } }
    - { name: status is judged, command: echo 2, register: two, changed_when: two.stdout == '3' }
    - { name: never changes, command: echo 2, changed_when: false }
    - { name: certain, debug: { msg: "{{ inventory_hostname }}" } }
  handlers:
    - { name: h, debug: {} }
` } })
    expect(run.outcomes.map((line) => line.replace('localhost: ', ''))).toEqual([
      'ask: changed', 'depends: unknown', 'condition: unknown', 'set: ok', 'uses it: unknown', 'uses that: unknown', 'other is known: ok',
      'status is judged: unknown', 'never changes: ok', 'certain: ok', 'h: unknown',
    ])
    expect(run.recap('localhost')).toMatchObject({ unknown: 6, failed: 0 })
    expect(run.exitCode).toBe(0)
    expect(existsSync(join(run.folder, 'x'))).toBe(false)
  })

  it('check_mode: false runs for real in a check, check_mode: true only predicts in a run', async () => {
    const run = await runEngine({ options: { check: true }, files: { 'site.yml': `
- hosts: all
  tasks:
    - { name: real, command: echo yes, check_mode: false, register: out }
    - { name: uses it, copy: { content: "{{ out.stdout }}", dest: "{{dir}}/f" } }
` } })
    expect(run.outcomes).toEqual(['localhost: real: changed', 'localhost: uses it: changed'])
    expect(existsSync(join(run.folder, 'f'))).toBe(false)
    const other = await runEngine({ files: { 'site.yml': '- hosts: all\n  tasks:\n    - { name: only predicted, copy: { content: x, dest: "{{dir}}/f" }, check_mode: true }\n    - { name: made, copy: { content: x, dest: "{{dir}}/f" } }\n    - { name: nothing left, copy: { content: x, dest: "{{dir}}/f" }, check_mode: true }\n' } })
    expect(other.outcomes).toEqual(['localhost: only predicted: changed', 'localhost: made: changed', 'localhost: nothing left: ok'])
  })

  it('--diff shows what would change', async () => {
    const run = await runEngine({ options: { check: true, diff: true }, files: { f: 'a\n', 'site.yml': '- hosts: all\n  tasks:\n    - { name: w, copy: { content: "b\\n", dest: "{{dir}}/f" } }\n' } })
    expect(run.events.find((event) => event.kind === 'host-ended')).toMatchObject({ diff: [{ before: 'a\n', after: 'b\n' }] })
    expect(run.read('f')).toBe('a\n')
  })

  it('a task with check_mode: true in a real run leaves nothing believed', async () => {
    const run = await runEngine({ files: { 'site.yml': `
- hosts: all
  tasks:
    - { name: first, copy: { dest: '{{dir}}/made', content: x }, check_mode: true }
    - { name: second, copy: { dest: '{{dir}}/made', content: x }, check_mode: true }
    - { name: look, stat: { path: '{{dir}}/made' }, check_mode: true, register: found }
    - { name: say, debug: { msg: "{{ found.stat.exists }}" } }
` } })
    expect(run.outcomes).toEqual(['localhost: first: changed', 'localhost: second: changed', 'localhost: look: ok', 'localhost: say: ok'])
    expect(run.messages).toEqual([false])
  })
})

describe('check_mode of a task in a run that is none', () => {
  it('skips what cannot be foretold, so that nothing after it hangs on that', async () => {
    const run = await runEngine({ files: { 'site.yml': `
- hosts: all
  tasks:
    - { name: asked, command: "true", check_mode: true, register: r }
    - { debug: { msg: "{{ r is skipped }} {{ r is changed }}" } }
` } })
    expect(run.outcomes[0]).toBe('localhost: asked: skipped')
    expect(run.messages).toEqual(['True False'])
  })

  it('believes that a command with creates or removes would change something', async () => {
    const run = await runEngine({ files: { 'site.yml': `
- hosts: all
  tasks:
    - { name: asked, command: "true", args: { creates: /nonexistent/file }, check_mode: true, register: r }
    - { debug: { msg: "{{ 'skipped' in r }} {{ r is changed }} {{ r.msg }}" } }
` } })
    expect(run.outcomes[0]).toBe('localhost: asked: changed')
    expect(run.messages).toEqual(['False True Command would have run if not in check mode'])
  })

  it('does not fetch, and says that nothing is there', async () => {
    const run = await runEngine({ files: { 'site.yml': `
- hosts: all
  tasks:
    - { name: asked, fetch: { src: /etc/hostname, dest: '{{dir}}/kept/' }, check_mode: true, register: r }
    - { debug: { msg: "{{ r is skipped }} {{ r.msg }}" } }
` } })
    expect(run.outcomes[0]).toBe('localhost: asked: skipped')
    expect(run.messages).toEqual(['True check mode not (yet) supported for this module'])
  })
})

describe('what an unknown task may change', () => {
  const outcomes = async (tasks: string): Promise<readonly string[]> => {
    const run = await runEngine({ options: { check: true }, files: { f: 'a\n', 'site.yml': `- hosts: all\n  tasks:\n    - { name: ask, command: echo 1, register: out }\n${tasks}` } })
    return run.outcomes.slice(1).map((line) => line.replace('localhost: ', ''))
  }

  it('is unknown after it: the paths among its arguments', async () => {
    expect(await outcomes(`
    - { name: writes, copy: { content: "{{ out.stdout }}", dest: "{{dir}}/f" } }
    - { name: looks, stat: { path: "{{dir}}/f" } }
    - { name: looks elsewhere, stat: { path: "{{dir}}/g" } }
`)).toEqual(['writes: unknown', 'looks: unknown', 'looks elsewhere: ok'])
  })

  it('is what it would do if its condition held, and nothing where that is nothing', async () => {
    expect(await outcomes(`
    - { name: perhaps, lineinfile: { path: "{{dir}}/f", line: b, backup: false }, when: out.rc == 0 }
    - { name: looks, slurp: { src: "{{dir}}/f" } }
`)).toEqual(['perhaps: unknown', 'looks: unknown'])
    expect(await outcomes(`
    - { name: perhaps, lineinfile: { path: "{{dir}}/f", line: a }, when: out.rc == 0 }
    - { name: looks, slurp: { src: "{{dir}}/f" } }
`)).toEqual(['perhaps: unknown', 'looks: ok'])
  })

  it('is told for each item of a loop, or for all of a loop that is not known', async () => {
    expect(await outcomes(`
    - { name: some, file: { path: "{{dir}}/{{ item }}", state: touch }, loop: [x, y], when: out.rc == 0 }
    - { name: looks, stat: { path: "{{dir}}/y" } }
    - { name: all, copy: { content: "{{ item }}", dest: "{{dir}}/z" }, loop: "{{ out.stdout_lines }}" }
    - { name: looks again, stat: { path: "{{dir}}/z" } }
    - { name: looks elsewhere, stat: { path: "{{dir}}/f" } }
`)).toEqual(['some: unknown', 'looks: unknown', 'all: unknown', 'looks again: unknown', 'looks elsewhere: ok'])
  })
})
