import { describe, expect, it } from 'vitest'
import { runEngine } from '../support/engine-run.ts'

const TWO = 'a ansible_connection=local role=x\nb ansible_connection=local role=y\n[g]\nb\n'

describe('delegation', () => {
  it('runs elsewhere, keeps the result; delegate_facts gives facts to the other', async () => {
    const run = await runEngine({ inventory: TWO, files: { 'site.yml': `
- hosts: a
  tasks:
    - { name: there, command: "echo {{ inventory_hostname }}", delegate_to: b, register: out }
    - { name: fact, set_fact: { mine: yes-a } }
    - { name: theirs, set_fact: { theirs: for-b }, delegate_to: b, delegate_facts: true }
    - { debug: { msg: "{{ out.stdout }} {{ mine }} {{ hostvars.b.theirs }} {{ theirs | default('none') }}" } }
` } })
    expect(run.messages).toEqual(['a yes-a for-b none'])
    expect(run.events.find((event) => event.kind === 'host-ended')).toMatchObject({ host: 'a', delegate: 'b' })
  })

  it('a host that cannot be reached is unreachable and dropped; ignore_unreachable keeps it', async () => {
    const run = await runEngine({ inventory: 'a ansible_connection=local\nb ansible_host=127.0.0.1 ansible_port=1\n', files: { 'site.yml': `
- hosts: all
  tasks:
    - { name: tolerated, command: "true", ignore_unreachable: true }
    - { name: lost, command: "true" }
    - { name: after, command: "true" }
` } })
    expect(run.outcomes.toSorted()).toEqual(['a: after: changed', 'a: lost: changed', 'a: tolerated: changed', 'b: lost: unreachable', 'b: tolerated: unreachable (ignored)'])
    expect(run.exitCode).toBe(4)
    expect(run.recap('b')).toMatchObject({ ok: 1, ignored: 1, unreachable: 1, failed: 0 })
  })
})

describe('variables of the run', () => {
  it('magic variables tell where a task is', async () => {
    const run = await runEngine({ inventory: TWO, options: { verbosity: 2, tags: ['all'] }, files: { 'site.yml': `
- name: the play
  hosts: all
  tasks:
    - debug: { msg: "{{ ansible_play_name }} {{ ansible_play_hosts }} {{ groups.g }} {{ group_names }} {{ ansible_verbosity }} {{ playbook_dir == '{{dir}}' }} {{ ansible_version.major }} {{ ansible_check_mode }} {{ hostvars['b'].role }}" }
      when: inventory_hostname == 'a'
` } })
    expect(run.messages).toEqual(["the play ['a', 'b'] ['b'] ['ungrouped'] 2 True 2 False y"])
  })

  it('add_host and group_by make hosts and groups for later plays', async () => {
    const run = await runEngine({ inventory: TWO, files: { 'site.yml': `
- hosts: all
  tasks:
    - { add_host: { name: new, groups: fresh, ansible_connection: local, color: red } }
    - { group_by: { key: "role_{{ role }}" } }
- hosts: fresh:role_y
  tasks:
    - debug: { msg: "{{ inventory_hostname }} {{ color | default('none') }}" }
` } })
    expect(run.messages).toEqual(['new red', 'b none'])
  })

  it('vars_files may hang on variables, vars_prompt is asked for, -e wins over both', async () => {
    const run = await runEngine({ inventory: TWO, answers: ['asked'], extra: { c: 'extra' }, files: {
      'x.yml': 'a: from-x\n', 'y.yml': 'a: from-y\n', 'common.yml': 'c: common\n',
      'site.yml': `
- hosts: all
  vars_files: [common.yml, "{{ role }}.yml"]
  vars_prompt: [{ name: b, prompt: Which, private: false }, { name: c, prompt: Not asked }]
  tasks:
    - debug: { msg: "{{ a }} {{ b }} {{ c }}" }
` } })
    expect(run.messages).toEqual(['from-x asked extra', 'from-y asked extra'])
  })

  it('environment reaches commands, the inner one winning', async () => {
    const run = await runEngine({ files: { 'site.yml': `
- hosts: all
  environment: { A: play, B: play }
  tasks:
    - { name: t, shell: "echo $A $B", environment: { B: "{{ 'task' }}" } }
    - { name: types, shell: "echo $A $B $C $D", environment: [{ A: 1, B: true }, { C: 1.50, D: [x] }] }
` } })
    expect(run.result('t')['stdout']).toBe('play task')
    expect(run.result('types')['stdout']).toBe("1 True 1.5 ['x']")
  })

  it('module_defaults give arguments that the task does not', async () => {
    const run = await runEngine({ files: { 'site.yml': `
- hosts: all
  module_defaults: { debug: { msg: default }, ansible.builtin.command: { chdir: / } }
  tasks:
    - { debug: {} }
    - { debug: { msg: own } }
    - { name: where, command: pwd }
` } })
    expect(run.messages).toEqual(['default', 'own'])
    expect(run.result('where')['stdout']).toBe('/')
  })

  it('facts are gathered first, once, and are variables', async () => {
    const run = await runEngine({ environment: { ANSIBLE_GATHERING: 'implicit' }, files: { 'site.yml': `
- hosts: all
  tasks:
    - debug: { msg: "{{ ansible_system }} {{ ansible_facts.system }}" }
` } })
    expect(run.outcomes[0]).toBe('localhost: Gathering Facts: ok')
    expect(run.messages).toEqual(['Linux Linux'])
  })
})

describe('what is kept from view', () => {
  it('no_log hides results, not from the run', async () => {
    const run = await runEngine({ files: { 'site.yml': `
- hosts: all
  tasks:
    - { name: secret, command: echo hunter22, no_log: true, register: out }
    - { name: use, assert: { that: out.stdout | length == 8 } }
    - { name: looped, command: "echo {{ item }}", loop: [hunter22], no_log: true }
` } })
    expect(run.outcomes.at(1)).toBe('localhost: use: ok')
    expect(JSON.stringify(run.events.filter((event) => event.kind !== 'host-started' && event.kind !== 'task-started'), (key, value: unknown) => key === 'range' ? undefined : value)).not.toContain('hunter22')
  })

  it('the variables of the delegate are there under its name', async () => {
    const run = await runEngine({ inventory: 'a ansible_connection=local\nb ansible_connection=local color=red\n', files: { 'site.yml': `
- hosts: a
  tasks:
    - { debug: { msg: "{{ ansible_delegated_vars[other].color }} {{ inventory_hostname }}" }, delegate_to: "{{ other }}", vars: { other: b } }
    - { debug: { msg: "{{ ansible_delegated_vars is defined }}" } }
` } })
    expect(run.messages).toEqual(['red a', false])
  })

  it('the delegate is named once a task, and ansible_host is where it is reached unless the host has one of its own', async () => {
    const run = await runEngine({ inventory: 'a ansible_connection=local\nb ansible_host=1.2.3.4 ansible_connection=local\n[others]\nc\nd\ne\nf\ng\n[others:vars]\nansible_connection=local\n', files: { 'site.yml': `
- hosts: a
  tasks:
    - set_fact: { who: "{{ ansible_delegated_vars[ansible_host].ansible_host == ansible_host }}" }
      loop: "{{ range(9) }}"
      delegate_to: "{{ groups.others | random }}"
    - { debug: { msg: "{{ who }} {{ ansible_host }}" } }
    - { debug: { msg: "{{ ansible_host }} {{ ansible_delegated_vars.b.inventory_hostname }}" }, delegate_to: b }
- hosts: all
  vars: { ansible_host: own }
  tasks: [{ debug: { msg: "{{ ansible_host }}" }, delegate_to: b, when: inventory_hostname == 'c' }]
` } })
    expect(run.messages).toEqual(['True a', '1.2.3.4 a', 'own'])
  })

  it('connection variables of the task are meant as its own host sees them, those of the delegate as the delegate does', async () => {
    const run = await runEngine({ inventory: 'a ansible_connection=local\nb ansible_connection=local\n', files: { 'site.yml': `
- hosts: a
  tasks:
    - { set_fact: { how: local } }
    - { name: by task, command: "true", delegate_to: b, vars: { ansible_connection: "{{ hostvars[inventory_hostname].how }}" } }
` } })
    expect(run.outcomes.at(-1)).toBe('a: by task: changed')
  })

  it('to nobody is a failure', async () => {
    const run = await runEngine({ files: { 'site.yml': '- hosts: all\n  tasks: [{ name: d, ping: {}, delegate_to: "{{ none_given }}", vars: { none_given: "" }, when: none_given != "" }]\n' } })
    expect(run.outcomes).toEqual(['localhost: d: failed'])
    expect(run.result('d')['msg']).toContain('Empty hostname')
    const unknown = await runEngine({ files: { 'site.yml': '- hosts: all\n  tasks: [{ name: d, ping: {}, delegate_to: "{{ nowhere }}", when: nowhere is defined }]\n' } })
    expect(unknown.outcomes).toEqual(['localhost: d: skipped'])
  })

  it('localhost has hostvars though no inventory names it', async () => {
    const run = await runEngine({ inventory: 'a ansible_connection=local\n', files: { 'site.yml': `
- hosts: a
  tasks:
    - { set_fact: { quiz: 1 }, delegate_to: localhost, delegate_facts: true }
    - { debug: { msg: "{{ 'quiz' in hostvars.localhost }} {{ quiz is defined }} {{ hostvars | list }}" } }
` } })
    expect(run.messages).toEqual(["True False ['a']"])
  })
})

describe('run_once', () => {
  it('holds for every host of the batch, also for those that an include left out', async () => {
    const run = await runEngine({ inventory: 'a ansible_connection=local\nb ansible_connection=local\nc ansible_connection=local\n', files: {
      'part.yml': '- set_fact: { who: "{{ inventory_hostname }}" }\n',
      'site.yml': `
- hosts: all
  tasks:
    - { name: fails, command: "false", when: inventory_hostname == 'c' }
    - { include_tasks: { file: part.yml, apply: { run_once: true } }, run_once: true }
    - { debug: { msg: "{{ who }}" } }
- hosts: localhost
  tasks: [{ debug: { msg: "{{ hostvars.c.who }}" } }]
`,
    } })
    expect(run.messages).toEqual(['a', 'a', 'a'])
  })
})
