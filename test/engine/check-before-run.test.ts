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
      expect.stringMatching(/^14:15 unknown-handler: Cannot notify 'nobody'/),
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

  it('included tasks know the variables of the loop that includes them', async () => {
    expect(await check(`
    - { include_tasks: more.yml, loop: [1], loop_control: { loop_var: outer, index_var: place } }
    - { include_tasks: item.yml, loop: [1] }
`, { 'more.yml': '- debug: { msg: "{{ outer }} {{ place }}" }\n', 'item.yml': '- debug: { msg: "{{ item }}" }\n' })).toEqual([])
  })

  it('included tasks may use any name where a template says what the variable of the loop is called', async () => {
    expect(await check(`
    - { include_tasks: more.yml, loop: [1], loop_control: { loop_var: "{{ 'ou' ~ 'ter' }}" } }
`, { 'more.yml': '- debug: { msg: "{{ outer }}" }\n' })).toEqual([])
  })

  it('every play is looked at, and what it includes and reads', async () => {
    const found = await check(`
    - include_tasks: more.yml
    - include_tasks: gone.yml
    - include_role: { name: nowhere }
    - include_role: { nmae: web }
    - meta: flush_handler
    - template: { src: bad.j2, dest: /x }
    - debug: { msg: "{{ 1 | nofilter }} {{ 1 is notest }} {{ lookup('nolookup') }} {{ [1] | map('nomap') }}" }
    - debug: { msg: "{{ item }}" }
      with_itemz: [1]
    - set_fact: { 1st: x }
`, { 'more.yml': '- coppy: {}\n- debug: { mgs: 1 }\n', 'templates/bad.j2': '{% if %}\n{{ x | nosuch }}', 'tasks/x.yml': '' })
    expect(found.map((line) => line.replace(/^\S+ /, ''))).toEqual([
      expect.stringMatching(/^missing-file: Cannot find the task file 'gone.yml'/),
      expect.stringMatching(/^missing-role: Cannot find the role 'nowhere'/),
      expect.stringMatching(/^unknown-module: Cannot find module 'coppy'/),
      expect.stringMatching(/^unknown-argument: .*mgs/),
      expect.stringMatching(/^unknown-argument: Cannot give 'nmae' to include_role/),
      expect.stringMatching(/^unknown-meta: Cannot do meta 'flush_handler'/),
      expect.stringMatching(/^template-syntax/),
      'unknown-filter: Cannot find the filter \'nofilter\'',
      'unknown-test: Cannot find the test \'notest\'',
      'unknown-lookup: Cannot find the lookup \'nolookup\'',
      'unknown-filter: Cannot find the filter \'nomap\'',
      'unknown-lookup: Cannot loop by \'with_itemz\': there is no lookup \'itemz\'',
      'bad-variable-name: Cannot set \'1st\': it is not a variable name',
    ])
  })

  it('a play whose keywords cannot be used', async () => {
    const play = (keywords: string) => checkEngine({ files: { 'site.yml': `- hosts: all\n  ${keywords}\n  tasks: []\n` } })
    expect(await play('strategy: quick')).toMatchObject([{ code: 'bad-keyword', severity: 'error', summary: expect.stringContaining("strategy 'quick'") }])
    expect(await play('serial: some')).toMatchObject([{ code: 'bad-keyword', summary: expect.stringContaining("serial 'some'") }])
    expect(await play('vars_files: [gone.yml]')).toMatchObject([{ code: 'missing-file', severity: 'error' }])
    const found = await checkEngine({ files: { 'site.yml': '- hosts: wbe\n  tasks: []\n' }, inventory: '[web]\na\n' })
    expect(found).toMatchObject([{ code: 'unmatched-pattern', severity: 'warning', hint: expect.stringContaining("'web'") }])
  })

  it('a module that is not there is missed where it is needed, a mistyped one everywhere', async () => {
    const found = await checkEngine({ files: { 'site.yml': '- hosts: all\n  tasks:\n    - { some.other.module: {}, when: ansible_check_mode }\n    - { some.other.thing: {} }\n    - { coppy: {}, when: ansible_check_mode }\n' } })
    expect(found.map(({ summary, severity }) => `${severity} ${summary}`)).toEqual([
      "warning Cannot find module 'some.other.module'", "error Cannot find module 'some.other.thing'", "error Cannot find module 'coppy'",
    ])
  })

  it('what an include brings in that may be skipped is no more certain than it', async () => {
    const files = { 'site.yml': '- hosts: all\n  tasks:\n    - { include_tasks: more.yml, when: ansible_check_mode }\n', 'more.yml': '- coppy: {}\n- { debug: { msg: "{{ 1 + }}" }, notify: nobody }\n' }
    const found = await checkEngine({ files })
    expect(found.map(({ code, severity }) => `${severity} ${code}`).sort()).toEqual(['warning template-syntax', 'warning unknown-handler', 'warning unknown-module'])
  })

  it('mistakes in a task that may be skipped are warnings', async () => {
    const found = await checkEngine({ files: { 'site.yml': '- hosts: all\n  tasks:\n    - { copy: { sorce: x, dest: /x }, when: ansible_check_mode }\n    - { debug: { msg: "{{ x | nofilter }}" }, when: ansible_check_mode }\n' } })
    expect(found.map(({ code, severity }) => `${severity} ${code}`)).toEqual(['warning unknown-argument', 'warning unknown-filter'])
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

describe('after a task that is bound to fail', () => {
  it('what is wrong with an included file is no error of the run', async () => {
    const files = (first: string) => ({ 'broken.yml': 'not tasks\n', 'site.yml': `- hosts: all\n  tasks:\n    - ${first}\n    - include_tasks: broken.yml\n` })
    expect((await checkEngine({ files: files('fail:') })).map(({ severity }) => severity)).toEqual(['warning'])
    expect((await checkEngine({ files: files('debug:') })).map(({ severity }) => severity)).toEqual(['error'])
  })
})
