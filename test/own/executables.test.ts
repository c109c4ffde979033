import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkEngine, runEngine, type EngineRun, type EngineRunResult } from '../support/engine-run.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const OLD = '#!/bin/sh\n. "$1"\nprintf \'{"changed": true, "msg": "%s, %s", "mode": "%s"}\\n\' "${greeting:-Hello}" "$name" "$(umask)"\n'
const JSON_ARGUMENTS = '#!/bin/sh\n# WANT_JSON\nprintf \'{"changed": false, "given": %s}\\n\' "$(cat "$1")"\n'
const INSIDE = '#!/bin/sh\ncat <<\'END\'\n{"changed": false, "given": <<INCLUDE_ANSIBLE_MODULE_JSON_ARGS>>}\nEND\n'

function run(tasks: string, more: Partial<EngineRun> = {}): Promise<EngineRunResult> {
  const site = `- hosts: all\n  vars: { ansible_remote_tmp: "{{dir}}/tmp" }\n  tasks:\n${tasks.split('\n').map((line) => `    - ${line}\n`).join('')}`
  return runEngine({ own: true, ...more, files: { 'library/old.sh': OLD, 'library/wants.sh': JSON_ARGUMENTS, 'library/inside': INSIDE, 'site.yml': site, ...more.files } })
}

describe('an executable', () => {
  it('reads its arguments as key=value words, quoted where they must be', async () => {
    const { result, outcomes } = await run(`{ name: plain, old: { name: you } }\n{ name: odd, old: { name: "a 'b' $(id)", greeting: "x; exit" } }`)
    expect(outcomes).toEqual(['localhost: plain: changed', 'localhost: odd: changed'])
    expect(result('plain').msg).toBe('Hello, you')
    expect(result('odd').msg).toBe("x; exit, a 'b' $(id)")
  })

  it('reads them from a file of JSON, or has them in itself', async () => {
    const { result } = await run('{ name: file, wants: { list: [1, 2.0], word: "é \'" } }\n{ name: inside, inside: { list: [1, 2.0], word: "é \'" } }')
    for (const name of ['file', 'inside']) expect(result(name).given).toMatchObject({ list: [1, 2], word: "é '", _ansible_check_mode: false, _ansible_module_name: name === 'file' ? 'wants' : 'inside' })
  })

  it('stays on the host, and its arguments do not', async () => {
    const { folder } = await run('{ name: one, old: { name: a } }\n{ name: two, old: { name: b } }\n{ name: inside, inside: {} }')
    expect(readdirSync(join(folder, 'tmp'))).toEqual([expect.stringMatching(/^tsplay-[0-9a-f]{64}$/)])
  })

  it('gathers facts where the setting names it, merged with the usual ones', async () => {
    const colour = '#!/bin/sh\nprintf \'{"changed": false, "ansible_facts": {"colour": "red", "ansible_distribution_file_parsed": "mine"}}\\n\'\n'
    const files = { 'library/colour': colour, 'site.yml': '- hosts: all\n  gather_facts: true\n  gather_subset: [min]\n  vars: { ansible_remote_tmp: "{{dir}}/tmp" }\n  tasks: [{ debug: { msg: "{{ [colour, ansible_facts.colour, ansible_facts.system, ansible_facts._ansible_facts_gathered] }}" } }]\n' }
    const { messages, outcomes } = await runEngine({ own: true, files, environment: { ANSIBLE_FACTS_MODULES: 'smart,colour' } })
    expect(messages).toEqual([['red', 'red', 'Linux', true]])
    expect(outcomes).toEqual(['localhost: Gathering Facts: ok', 'localhost: debug: ok'])
  })

  describe('that gathers facts', () => {
    // Each waits for the others, so one after the other they would never end.
    const meeting = '#!/bin/sh\nmkdir -p "${0%/*}/met"; : >"${0%/*}/met/$(cat "$0" | tail -n 1)"\nuntil [ "$(ls "${0%/*}/met" | wc -l)" -ge 3 ]; do sleep 0.1; done\necho \'{"ansible_facts": {"met": ["\'"$(tail -n 1 "$0")"\'"]}}\'\nexit\n'
    const library = { 'library/first': `${meeting}#1\n`, 'library/second': `${meeting}#2\n`, 'library/third': `${meeting}#3\n`, 'library/slow': '#!/bin/sh\nsleep 30\necho \'{"ansible_facts": {"slow": true}}\'\n' }

    it('runs beside the others', async () => {
      const { result } = await run('{ name: all, gather_facts: {}, vars: { ansible_facts_modules: [first, second, third] } }', { files: library })
      expect(result('all')).toMatchObject({ changed: false, ansible_facts: { met: ['#1', '#2', '#3'] } })
    })

    it('is ended when the time is over that facts may take, and its facts are not there', async () => {
      const { result, outcomes } = await run('{ name: late, gather_facts: { parallel: true, gather_timeout: 1 }, vars: { ansible_facts_modules: slow }, ignore_errors: true }\n{ name: none, debug: { msg: "{{ ansible_facts.slow | default(0) }}" } }', { files: library })
      expect(result('late')).toMatchObject({ msg: 'The following modules failed to execute: slow\n', failed_modules: { slow: { msg: 'Timeout exceeded' } } })
      expect(outcomes).toEqual(['localhost: late: failed (ignored)', 'localhost: none: ok'])
      expect(result('none').msg).toBe(0)
    })

    it('has the defaults that the task gives it, and gather_facts has its own', async () => {
      const { result } = await run('{ name: given, gather_facts: {}, vars: { ansible_facts_modules: [wants] }, module_defaults: { wants: { colour: red }, gather_facts: { gather_subset: min } } }', { files: { 'library/wants': '#!/bin/sh\n# WANT_JSON\nprintf \'{"ansible_facts": {"given": %s}}\\n\' "$(cat "$1")"\n' } })
      expect(result('given')).toMatchObject({ ansible_facts: { given: { colour: 'red' } }, warnings: [`Not passing subset(min) to wants`] })
    })

    it('fails the task where it is not there', async () => {
      const { result } = await run('{ name: gone, gather_facts: {}, vars: { ansible_facts_modules: nowhere }, ignore_errors: true }')
      expect(result('gone').msg).toBe('The module nowhere was not found in configured module paths')
    })
  })

  it('may be a program that is no text', async () => {
    const folder = temporaryFolder('own')
    execFileSync('sh', ['-c', `mkdir ${folder}/library; cp "$(command -v cat)" ${folder}/library/binary`])
    const { result } = await run('{ name: binary, binary: { word: x } }', { folder })
    expect(result('binary')).toMatchObject({ word: 'x', failed: false })
  })

  it('is run by another program where a variable says so', async () => {
    const { result } = await run('{ name: ruby, ruby: {} , vars: { ansible_ruby_interpreter: /bin/sh } }\n{ name: none, ruby: {}, ignore_errors: true }', { files: { 'library/ruby': '#!/no/such/ruby\n. "$1"\necho "{\\"msg\\": \\"ran\\"}"\n' } })
    expect(result('ruby').msg).toBe('ran')
    expect(result('none').msg).toBe('Cannot run the module ruby: localhost has no /no/such/ruby, which its first line asks for')
  })

  it('is run in check mode only if it knows of it', async () => {
    const { outcomes } = await run('{ name: old, old: { name: a } }\n{ name: knows, knows: {} }', { options: { check: true }, files: { 'library/knows': '#!/bin/sh\n. "$1"\n[ "$_ansible_check_mode" = True ] && echo "{\\"changed\\": true}"\n' } })
    expect(outcomes).toEqual(['localhost: old: unknown', 'localhost: knows: changed'])
  })

  it('without a first line that names its program is refused before the run', async () => {
    const problems = await checkEngine({ own: true, files: { 'library/bare': 'echo\n', 'site.yml': '- hosts: all\n  tasks: [bare: ]\n' } })
    expect(problems).toMatchObject([{ code: 'unusable-module', summary: expect.stringMatching(/^Cannot use module bare: the first line of .*\/library\/bare names no program to run it$/) as string }])
  })
})

describe('a library', () => {
  const saying = (word: string): string => `#!/bin/sh\necho '{"location": "${word}"}'\n`

  it('is before native modules, that of the playbook before that of a role, and that before those of the settings', async () => {
    const files = { 'library/ping': saying('playbook'), 'roles/r/library/ping': saying('role'), 'roles/r/library/stat.sh': saying('role'), 'lib/stat': saying('settings'), 'lib/other.sh': saying('settings'), 'lib/other.ini': '', 'roles/r/tasks/main.yml': '[]' }
    const { messages } = await run(`{ ping: {}, register: a }\n{ ansible.builtin.ping: {}, register: b }\n{ stat: {}, register: c }\n{ other: {}, register: d }\n{ debug: { msg: "{{ [a.location, b.ping, c.location, d.location] }}" } }`, {
      files: { ...files, 'site.yml': '- hosts: all\n  roles: [r]\n  tasks:\n    - { ping: {}, register: a }\n    - { ansible.builtin.ping: {}, register: b }\n    - { stat: {}, register: c }\n    - { other: {}, register: d }\n    - { debug: { msg: "{{ [a.location, b.ping, c.location, d.location] }}" } }\n' },
      environment: { ANSIBLE_LIBRARY: './lib' },
    })
    expect(messages).toEqual([['playbook', 'pong', 'role', 'settings']])
  })

  it('may hold modules in TypeScript, which keep a state as native ones do', async () => {
    // The example of the documentation.
    const source = /```ts\n([\s\S]*?)```/.exec(readFileSync(join(import.meta.dirname, '../../docs/modules-of-your-own.md'), 'utf8'))?.[1] ?? ''
    const task = '{ name: greet, greeting: { path: "{{dir}}/greeting" } }'
    const files = { 'library/greeting.ts': source }
    const { outcomes, read } = await run(`${task}\n${task}`, { files })
    expect(outcomes).toEqual(['localhost: greet: changed', 'localhost: greet: ok'])
    expect(read('greeting')).toBe('Hello')
    expect((await run(task, { files, options: { check: true } })).outcomes).toEqual(['localhost: greet: changed'])
  })
})
