import { describe, expect, it } from 'vitest'
import { checkEngine, runEngine } from '../support/engine-run.ts'

const RUNTIME = `
action_groups:
  talk:
    - metadata: { extend_group: other }
    - ansible.builtin.debug
  other:
    - metadata: { extend_group: [acme.tools.talk, acme.gone.x] }
    - ansible.builtin.ping
  odd:
    - metadata: [x]
    - ansible.builtin.ping
`
const COLLECTION = { 'collections/ansible_collections/acme/tools/meta/runtime.yml': RUNTIME }

function play(defaults: string, tasks: string): Readonly<Record<string, string>> {
  return { ...COLLECTION, 'site.yml': `- hosts: all\n  gather_facts: false\n  module_defaults: ${defaults}\n  tasks: ${tasks}\n` }
}

describe('module_defaults of a module', () => {
  it('are those of the innermost entry alone, by whichever of its names', async () => {
    const tasks = '[{ module_defaults: { ansible.builtin.debug: { msg: outer } }, block: [{ debug: {} }, { module_defaults: { debug: { verbosity: 0 } }, debug: {} }] }, { debug: {} }]'
    expect((await runEngine({ files: play('{ debug: { msg: play } }', tasks) })).messages).toEqual(['outer', 'Hello world!', 'play'])
  })
})

describe('module_defaults of a group', () => {
  it('are for its modules and those of the groups that it extends', async () => {
    const run = await runEngine({ files: play('{ group/acme.tools.other: { msg: group, data: pang } }', '[{ name: d, debug: {} }, { name: p, ping: {} }]') })
    expect(run.outcomes).toEqual(['localhost: d: failed'])
    const fitting = await runEngine({ files: play('{ group/acme.tools.talk: { msg: group } }', '[{ debug: {} }, { debug: { msg: own } }]') })
    expect(fitting.messages).toEqual(['group', 'own'])
  })

  it('count less than those of the module itself, wherever either is written', async () => {
    const tasks = '[{ block: [{ debug: {} }], module_defaults: { group/acme.tools.talk: { msg: inner group } } }]'
    expect((await runEngine({ files: play('{ debug: { msg: module } }', tasks) })).messages).toEqual(['module'])
    expect((await runEngine({ files: play('{ group/acme.tools.talk: { msg: outer group } }', tasks) })).messages).toEqual(['inner group'])
  })

  it('may hold templates, evaluated for each task', async () => {
    const run = await runEngine({ files: play('{ group/acme.tools.talk: { msg: "{{ item }}" } }', '[{ debug: {}, loop: [1, 2] }]') })
    expect(run.messages).toEqual([1, 2])
  })

  it('of a collection that is not installed are for modules of tsplay that have its name', async () => {
    const files = play('{ group/community.postgresql.postgresql: { nonsense: 1 } }', '[{ name: q, community.postgresql.postgresql_query: { query: x } }, { name: p, ping: {} }]')
    const run = await runEngine({ files })
    expect(run.outcomes).toEqual(['localhost: q: failed'])
    expect(run.result('q')['msg']).toContain('nonsense')
  })

  it('that nobody knows are an error before the run; odd ones are a warning unless settings say no', async () => {
    expect(await checkEngine({ files: play('{ group/acme.tools.none: {} }', '[{ ping: {} }]') })).toMatchObject([
      { code: 'unknown-group', severity: 'error', ansible: 'Error loading module_defaults: could not resolve the module_defaults group acme.tools.none' },
    ])
    const odd = play('{ group/acme.tools.odd: {} }', '[{ ping: {} }]')
    expect(await checkEngine({ files: odd })).toMatchObject([{ severity: 'warning', summary: expect.stringContaining("The metadata is not a dictionary. Got ['x']") }])
    expect(await checkEngine({ files: odd, environment: { ANSIBLE_VALIDATE_ACTION_GROUP_METADATA: 'false' } })).toEqual([])
  })
})
