import { describe, expect, it } from 'vitest'
import { runEngine } from '../support/engine-run.ts'

/** Copies, files and lines, as many as asked for. */
function tasks(count: number): string {
  const kinds = [
    (index: number) => `    - copy: { content: "content ${index}\\n", dest: "{{dir}}/w/copy-${index}", mode: "0644" }`,
    (index: number) => `    - file: { path: "{{dir}}/w/dir-${index}", state: directory, mode: "0755" }`,
    (index: number) => `    - lineinfile: { path: "{{dir}}/w/lines", line: "line ${index}", create: true }`,
  ]
  return Array.from({ length: count }, (_, index) => kinds[index % 3]?.(index)).join('\n')
}

const playbook = (count: number, extra = '') => ({ 'w/keep': '', 'site.yml': `- hosts: all\n  tasks:\n${tasks(count)}\n${extra}` })

describe('look-ahead', () => {
  it('confirms a converged host in a few round trips, however many tasks there are', async () => {
    const first = await runEngine({ files: playbook(100) })
    expect(first.recap('localhost')).toMatchObject({ changed: 100, failed: 0 })
    const second = await runEngine({ files: playbook(100), folder: first.folder })
    expect(second.recap('localhost')).toMatchObject({ ok: 100, changed: 0 })
    expect(second.figures?.roundTrips).toBeLessThanOrEqual(8)
  })

  it('sees into blocks, roles and loops, and over tasks that need a result', async () => {
    const files = {
      'w/keep': '',
      'roles/r/tasks/main.yml': '- { file: { path: "{{dir}}/w/role", state: directory } }\n',
      'site.yml': `
- hosts: all
  roles: [r]
  tasks:
    - { copy: { content: "{{ item }}", dest: "{{dir}}/w/{{ item }}" }, loop: [a, b, c] }
    - { stat: { path: "{{dir}}/w/a" }, register: st }
    - { copy: { content: "{{ st.stat.size }}", dest: "{{dir}}/w/size" } }
    - block:
        - { file: { path: "{{dir}}/w/in-block", state: directory } }
        - { lineinfile: { path: "{{dir}}/w/l", line: x, create: true } }
`,
    }
    const first = await runEngine({ files })
    const second = await runEngine({ files, folder: first.folder })
    expect(second.recap('localhost')).toMatchObject({ changed: 0, failed: 0 })
    expect(second.figures?.roundTrips).toBeLessThanOrEqual(10)
  })

  it('an answer from before a command is not believed after it', async () => {
    const run = await runEngine({ files: { 'w/keep': '', 'site.yml': `
- hosts: all
  tasks:
    - { name: there, file: { path: "{{dir}}/w/d", state: directory } }
    - { name: gone, command: "rmdir {{dir}}/w/d" }
    - { name: there again, file: { path: "{{dir}}/w/d", state: directory } }
` } })
    expect(run.outcomes).toEqual(['localhost: there: changed', 'localhost: gone: changed', 'localhost: there again: changed'])
  })

  it('nor after a change made through another name of the same machine', async () => {
    const run = await runEngine({ inventory: 'a ansible_connection=local\nb ansible_connection=local\n', files: { 'w/keep': '', 'site.yml': `
- hosts: all
  tasks:
    - { name: make, copy: { content: x, dest: "{{dir}}/w/f" }, when: inventory_hostname == 'a' }
    - { name: see, stat: { path: "{{dir}}/w/f" }, register: st }
    - { debug: { msg: "{{ st.stat.exists }}" } }
` } })
    expect(run.messages).toEqual([true, true])
  })
})

describe('look-ahead past commands', () => {
  const files = { 'w/keep': '', 'site.yml': `
- hosts: all
  tasks:
    - { name: ask, command: "true", changed_when: false, register: asked }
${Array.from({ length: 20 }, (_, index) => `    - { file: { path: "{{dir}}/w/d${index}", state: directory } }\n    - { file: { path: "{{dir}}/w/e${index}", state: directory }, when: asked.rc == 0 }`).join('\n')}
    - { name: ask again, command: "true", changed_when: false }
    - { file: { path: "{{dir}}/w/last", state: directory } }
    - { name: elsewhere, file: { path: "{{dir}}/w/there", state: directory }, delegate_to: localhost }
` }

  it('a command judged unchanged keeps the answers', async () => {
    const first = await runEngine({ files })
    const second = await runEngine({ files, folder: first.folder })
    expect(second.recap('localhost')).toMatchObject({ changed: 0, ok: 44 })
    // Start, who am I, both commands, and reads together: for the tasks evaluated at first, and for those that needed the answer.
    expect(second.figures?.roundTrips).toBeLessThanOrEqual(8)
  })
})
