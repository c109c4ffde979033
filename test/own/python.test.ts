import { execFileSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkEngine, runEngine, type EngineRun, type EngineRunResult } from '../support/engine-run.ts'
import { SMALL_CORE } from './small-core.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const TELL = `#!/usr/bin/python
from ansible.module_utils.basic import AnsibleModule
import os, sys
def main():
    module = AnsibleModule(dict(name=dict(), size=dict(), secret=dict(no_log=True), fail=dict(), facts=dict()), supports_check_mode=True)
    p = module.params
    if p['fail'] == 'raise':
        raise ValueError('boom')
    if p['fail'] == 'silent':
        sys.exit(0)
    module.exit_json(changed=p['name'] == 'changed', text='{{ 1 + 1 }}', size=p['size'], pid=os.getppid(), word=os.environ.get('WORD'),
                     check=module.check_mode, internal=sorted(module.internal), ansible_facts=p['facts'] or {}, warnings=['take care'])
if __name__ == '__main__':
    main()
`

const FILES = { ...SMALL_CORE, 'library/tell.py': TELL }

function play(tasks: string): string {
  return `- hosts: all\n  vars: { ansible_remote_tmp: "{{dir}}/tmp" }\n  tasks:\n${tasks.split('\n').filter((line) => line !== '').map((line) => `    - ${line}\n`).join('')}`
}

async function run(tasks: string, more: Partial<EngineRun> = {}): Promise<EngineRunResult> {
  const folder = temporaryFolder('own')
  return runEngine({ own: true, folder, inventory: 'localhost ansible_connection=local ansible_python_interpreter=python3\n', ...more, files: { ...FILES, 'site.yml': play(tasks), ...more.files }, environment: { PYTHONPATH: join(folder, 'core'), HOME: folder, ...more.environment } })
}

describe('a module in Python', () => {
  it('runs with its arguments and those of Ansible, and its result is data', async () => {
    const { outcomes, result, messages } = await run(`
{ name: tell, tell: { name: a, size: 8.0 }, environment: { WORD: hello }, register: told }
{ name: again, tell: { name: changed, facts: { colour: red } }, register: again }
{ name: said, debug: { msg: "{{ [told.text, told.pid == again.pid, colour] }}" } }`)
    expect(outcomes).toEqual(['localhost: tell: ok', 'localhost: again: changed', 'localhost: said: ok'])
    expect(result('tell')).toMatchObject({ size: 8, word: 'hello', check: false, internal: ['_ansible_check_mode', '_ansible_diff', '_ansible_remote_tmp'] })
    expect(messages).toEqual([['{{ 1 + 1 }}', true, 'red']])
  })

  it('is told of check mode, and is skipped when it knows nothing of it', async () => {
    const { outcomes, result } = await run('{ name: tell, tell: { name: a } }\n{ name: shy, shy: {} }', {
      options: { check: true },
      files: { 'library/shy.py': "from ansible.module_utils.basic import AnsibleModule\nopen('{{dir}}/made', 'w')\nAnsibleModule({}).exit_json(changed=True)\n".replace('open(', 'm = lambda: open(') },
    })
    expect(outcomes).toEqual(['localhost: tell: ok', 'localhost: shy: skipped'])
    expect(result('tell').check).toBe(true)
  })

  it('fails as Ansible tells it when it gives no result', async () => {
    const { result } = await run('{ name: raise, tell: { fail: raise }, ignore_errors: true }\n{ name: silent, tell: { fail: silent }, ignore_errors: true }')
    expect(result('raise')).toMatchObject({ failed: true, rc: 1, msg: 'MODULE FAILURE\nSee stdout/stderr for the exact error', exception: expect.stringContaining('ValueError: boom') as string })
    expect(result('raise').module_stderr).toContain("raise ValueError('boom')")
    expect(result('silent')).toMatchObject({ failed: true, rc: 0, module_stdout: '' })
  })

  it('shows nothing of arguments that it calls secret', async () => {
    const { events } = await run('{ name: tell, tell: { name: a, secret: "{{ hidden }}" } }', { extra: { hidden: 'geheim-77' } })
    expect(JSON.stringify(events, (_key, value: unknown) => value instanceof Map ? [...value] as unknown : value)).not.toContain('geheim-77')
  })

  it('tells what it warns of', async () => {
    const { events } = await run('{ name: tell, tell: {} }')
    expect(events.flatMap((event) => event.kind === 'warned' ? [event.diagnostic.summary] : [])).toEqual(['take care'])
  })

  it('is ended with all it started when its time is over', async () => {
    const { outcomes, folder } = await run('{ name: slow, slow: {}, timeout: 1, ignore_errors: true }\n{ name: next, tell: {} }', {
      files: { 'library/slow.py': "from ansible.module_utils.basic import AnsibleModule\nimport subprocess\nsubprocess.call(['sh', '-c', 'echo $$ >{{dir}}/pid; exec sleep 60'])\n" },
    })
    expect(outcomes).toEqual(['localhost: slow: failed (ignored)', 'localhost: next: ok'])
    const state = () => execFileSync('sh', ['-c', `cut -d " " -f 3 "/proc/$(cat ${join(folder, 'pid')})/stat" 2>/dev/null || echo gone`]).toString().trim()
    await expect.poll(state).toMatch(/^(?:gone|Z)$/)
  })

  it('that takes the waiting process with it has failed, and the next task has a new one', async () => {
    const { outcomes, result } = await run('{ name: kill, kill: {}, ignore_errors: true }\n{ name: next, tell: {} }', {
      files: { 'library/kill.py': "from ansible.module_utils.basic import AnsibleModule\nimport os, time\nos.kill(os.getppid(), 9)\ntime.sleep(2)\n" },
    })
    expect(outcomes[1]).toBe('localhost: next: ok')
    expect(result('kill').msg ?? outcomes[0]).toMatch(/The Python that runs modules on localhost ended/)
  })

  it('travels once: one file is left on the host, and a task costs one round trip', async () => {
    const { folder, figures } = await run('{ name: tell, tell: {} }')
    expect(readdirSync(join(folder, 'tmp'))).toEqual([expect.stringMatching(/^tsplay-[0-9a-f]{64}\.zip$/)])
    const more = await run('{ name: tell, tell: {} }\n{ name: two, tell: {} }\n{ name: three, tell: {} }')
    expect((more.figures?.roundTrips ?? 0) - (figures?.roundTrips ?? 0)).toBe(2)
  })

  it('left alone with poll: 0 lives on, and async_status has its result', async () => {
    const { messages, result } = await run(`
{ name: start, tell: { name: changed, size: 3 }, async: 30, poll: 0, register: job }
{ name: wait, async_status: { jid: "{{ job.ansible_job_id }}" }, register: ended, until: ended is finished, retries: 50, delay: 0.1 }
{ name: said, debug: { msg: "{{ [ended.size, ended.changed, ended.text] }}" } }`, { files: { 'host_vars/localhost.yml': 'ansible_async_dir: "{{dir}}/jobs"\n' }, environment: { ANSIBLE_ASYNC_DIR: '~/jobs' } })
    expect(result('start')).toMatchObject({ started: true, finished: false })
    expect(messages).toEqual([[3, true, '{{ 1 + 1 }}']])
  })
})

describe('what a module in Python imports', () => {
  const user = (lines: string): string => `from ansible.module_utils.basic import AnsibleModule\n${lines}\nAnsibleModule({}).exit_json(found=found)\n`

  it('is of the playbook before it is of the core, and redirects are followed', async () => {
    const { result } = await run('{ name: use, use: {} }', {
      files: {
        'library/use.py': user('from ansible.module_utils.mine.deep import A as found_a\nfrom ..module_utils.mine import b\nfrom ansible.module_utils.moved import C\ntry:\n    from ansible.module_utils import nowhere\nexcept ImportError:\n    nowhere = None\nfound = [found_a, b.B, C, nowhere]'),
        'module_utils/mine/__init__.py': '', 'module_utils/mine/deep.py': "A = 'a'\n", 'module_utils/mine/b.py': "from .deep import A\nB = A + 'b'\n",
        'collections/ansible_collections/our/own/plugins/module_utils/arrived.py': "C = 'c'\n",
      },
    })
    expect(result('use').found).toEqual(['a', 'ab', 'c', null])
  })

  it('is of its own bundle even where another task has imported a file of the same name before', async () => {
    const { messages } = await run(`
{ name: one, use_one: {}, register: one }
{ name: two, use_two: {}, register: two }
{ name: again, use_one: {}, register: again }
{ debug: { msg: "{{ [one.found, two.found, again.found] }}" } }`, {
      files: {
        'library/use_one.py': user('found = AnsibleModule.__name__'),
        'library/use_two.py': user('from ansible.module_utils.common import mark\nfound = mark.MARK'),
        'module_utils/common/__init__.py': '', 'module_utils/common/mark.py': "MARK = 'marked'\n", 'module_utils/common/parameters.py': "PASS_VARS = {'check_mode': 1, 'diff': 1, 'remote_tmp': 1}\n",
      },
    })
    expect(messages).toEqual([['AnsibleModule', 'marked', 'AnsibleModule']])
  })

  it('is missed before the run', async () => {
    const folder = temporaryFolder('own')
    const problems = await checkEngine({ own: true, folder, environment: { PYTHONPATH: join(folder, 'core') }, files: { ...SMALL_CORE, 'library/use.py': user('from ansible.module_utils.zebra import found'), 'site.yml': play('use:') } })
    expect(problems).toMatchObject([{ code: 'unusable-module', summary: "Cannot use module use: Could not find imported module support code for ansible.modules.use.  Looked for (['ansible.module_utils.zebra.found', 'ansible.module_utils.zebra'])" }])
  })
})

describe('collections', () => {
  const COLLECTION = {
    'collections/ansible_collections/our/own/plugins/modules/renamed.py': TELL,
    'collections/ansible_collections/our/own/plugins/modules/acting.py': TELL,
    'collections/ansible_collections/our/own/plugins/action/acting.py': '',
    'collections/ansible_collections/our/own/meta/runtime.yml': "plugin_routing:\n  modules:\n    former:\n      redirect: our.own.renamed\n      deprecation: { removal_version: 3.0.0, warning_text: Use renamed. }\n    lost:\n      tombstone: { removal_version: 2.0.0, warning_text: Use renamed. }\n",
  }

  it('have modules by full names, by redirects, by names of the core that moved, and by collections:', async () => {
    const { outcomes } = await run(`
{ name: full, our.own.renamed: {} }
{ name: former, our.own.former: {} }
{ name: old, old_name: {} }
{ name: listed, renamed: {}, collections: [our.own] }`, { files: COLLECTION })
    expect(outcomes).toEqual(['localhost: full: ok', 'localhost: former: ok', 'localhost: old: ok', 'localhost: listed: ok'])
  })

  it('may say that a name is understood no longer than to some version', async () => {
    const folder = temporaryFolder('own')
    const problems = await checkEngine({ own: true, folder, environment: { PYTHONPATH: join(folder, 'core') }, files: { ...SMALL_CORE, ...COLLECTION, 'site.yml': play('our.own.former:') } })
    expect(problems).toMatchObject([{ code: 'module-deprecation', severity: 'warning', summary: 'our.own.former has been deprecated. Use renamed. This feature will be removed from our.own in version 3.0.0' }])
  })

  it('say of modules that are gone, or need a plugin on the control host, why they cannot be used', async () => {
    const folder = temporaryFolder('own')
    const problems = await checkEngine({ own: true, folder, environment: { PYTHONPATH: join(folder, 'core') }, files: { ...SMALL_CORE, ...COLLECTION, 'site.yml': play('our.own.lost:\nour.own.acting:\nour.own.nothing:') } })
    expect(problems.map(({ code, summary }) => [code, summary.replace(folder, '')])).toEqual([
      ['unusable-module', 'Cannot use module our.own.lost: it was removed. Use renamed.'],
      ['unusable-module', 'Cannot use module our.own.acting: its action plugin /collections/ansible_collections/our/own/plugins/action/acting.py is written in Python, which tsplay does not run on the control host'],
      ['unknown-module', "Cannot find module 'our.own.nothing'"],
    ])
  })
})
