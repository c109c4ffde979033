import { describe, expect, it } from 'vitest'
import { locationText } from '../../src/diagnostics/position.ts'
import { listHosts, listTags, listTasks } from '../../src/engine/listing.ts'
import { checkEngine, engineRequest } from '../support/engine-run.ts'

const check = async (tasks: string, files: Record<string, string> = {}) => {
  const found = await checkEngine({ files: { ...files, 'site.yml': `- hosts: all\n  vars: { known: 1 }\n  tasks:\n${tasks}` } })
  return found.map(({ code, summary, range }) => `${range ? locationText(range).split(':').slice(1).join(':') : '?'} ${code}: ${summary}`)
}

describe('before connecting', () => {
  it('all that is wrong is told at once, each with its place', async () => {
    expect(await check(`
    - coppy: { dest: /x }
    - copy: { content: x }
    - debug: { mesg: hello }
    - debug: { msg: "{{ unclosed" }
    - debug: { msg: "{{ missing_name }}" }
    - debug: { msg: fine }
      when: known ==
    - template: { src: nowhere.j2, dest: /x }
    - command: "true"
      notify: nobody
`)).toEqual([
      expect.stringMatching(/^8:\d+ template-syntax/),
      expect.stringMatching(/^11:\d+ template-syntax/),
      expect.stringMatching(/^13:\d+ unknown-handler: Cannot notify 'nobody'/),
      expect.stringMatching(/^5:7 unknown-module: Cannot find module 'coppy'/),
      expect.stringMatching(/^6:7 missing-argument/),
      expect.stringMatching(/^7:\d+ unknown-argument/),
      expect.stringMatching(/^9:\d+ undefined-variable: Cannot use 'missing_name'/),
      expect.stringMatching(/^12:\d+ missing-file: Cannot find 'nowhere.j2'/),
    ])
  })

  it('nothing is said of tasks that may be skipped, are rescued, or whose failure is expected', async () => {
    expect(await check(`
    - { debug: { msg: "{{ missing }}" }, when: known == 2 }
    - { debug: { msg: "{{ missing }}" }, ignore_errors: true }
    - { copy: { content: x }, failed_when: false }
    - block: [{ debug: { msg: "{{ missing }}" } }]
      rescue: [{ debug: {} }]
    - { debug: { msg: "{{ missing }}" }, tags: never }
`)).toEqual([])
  })

  it('names that the run itself defines are known', async () => {
    expect(await check(`
    - { command: "true", register: out }
    - { set_fact: { fact: 1 } }
    - { debug: { msg: "{{ out.rc }} {{ fact }} {{ ansible_system }} {{ inventory_hostname }} {{ maybe | default('') }} {{ known }}" } }
    - { debug: { msg: "{{ thing }} {{ i }}" }, loop: [1], loop_control: { loop_var: thing, index_var: i } }
`)).toEqual([])
  })
})

describe('listing', () => {
  const run = { inventory: 'a\nb\n', files: {
    'roles/r/tasks/main.yml': '- { name: in role, debug: {}, tags: [z, y] }\n',
    'site.yml': '- name: first\n  hosts: all\n  tags: p\n  roles: [r]\n  tasks:\n    - { name: "plain {{ 1 + 1 }}", debug: {} }\n    - { name: hidden, debug: {}, tags: never }\n',
  } }

  it('shows hosts, tasks and tags without running anything', async () => {
    const { request, folder } = await engineRequest(run)
    const title = `\nplaybook: ${folder}/site.yml\n\n  play #1 (all): first\tTAGS: [p]\n`
    expect(listHosts(request)).toBe(`${title}    pattern: ['all']\n    hosts (2):\n      a\n      b\n`)
    expect(listTasks(request)).toBe(`${title}    tasks:\n      r : in role\tTAGS: [p, y, z]\n      plain 2\tTAGS: [p]\n`)
    expect(listTags(request)).toBe(`${title}      TASK TAGS: [p, y, z]\n`)
  })
})
