import { describe, expect, it } from 'vitest'
import { runEngine } from '../support/engine-run.ts'

const ROLES = {
  'roles/a/tasks/main.yml': '- { name: in a, debug: { msg: a } }\n',
  'roles/b/tasks/main.yml': '- { name: in b, debug: { msg: b } }\n',
  'roles/b/meta/main.yml': 'dependencies: [a]\n',
  'roles/c/tasks/main.yml': '- { name: in c, debug: { msg: c } }\n',
  'roles/c/meta/main.yml': 'dependencies: [a]\n',
  'roles/again/tasks/main.yml': '- { name: in again, debug: { msg: again } }\n',
  'roles/again/meta/main.yml': 'allow_duplicates: true\ndependencies: [a]\n',
}

async function messagesOf(play: string, inventory?: string): Promise<readonly unknown[]> {
  const run = await runEngine({ files: { ...ROLES, 'site.yml': `- hosts: all\n${play}` }, ...(inventory !== undefined && { inventory }) })
  return run.messages
}

it('looks for what is included at run time in the collections of its metadata', async () => {
  const run = await runEngine({ files: {
    'collections/ansible_collections/acme/tools/roles/greet/tasks/main.yml': '- debug: { msg: greeting }\n',
    'roles/outer/meta/main.yml': 'collections: [acme.tools]\n',
    'roles/outer/tasks/main.yml': "- { include_role: { name: '{{ which }}' }, vars: { which: greet } }\n- include_tasks: '{{ file }}.yml'\n  vars: { file: more }\n",
    'roles/outer/tasks/more.yml': '- import_role: { name: greet }\n',
    'site.yml': '- hosts: all\n  roles: [outer]\n',
  } })
  expect(run.messages).toEqual(['greeting', 'greeting'])
})

describe('a role that ran already', () => {
  it('does not run again as a dependency, of a listed, an imported or an included role', async () => {
    expect(await messagesOf('  roles: [a, b]\n  tasks: [{ import_role: { name: c } }]\n')).toEqual(['a', 'b', 'c'])
    expect(await messagesOf('  tasks: [{ include_role: { name: b } }, { include_role: { name: c } }]\n')).toEqual(['a', 'b', 'c'])
  })

  it('runs again when it is imported or included itself, unless that forbids it', async () => {
    expect(await messagesOf('  roles: [a]\n  tasks: [{ import_role: { name: a } }, { include_role: { name: a } }]\n')).toEqual(['a', 'a', 'a'])
    expect(await messagesOf('  tasks: [{ include_role: { name: a } }, { include_role: { name: a, allow_duplicates: false } }]\n')).toEqual(['a'])
  })

  it('runs again when it allows duplicates, with other parameters, or when it was skipped', async () => {
    expect(await messagesOf('  roles: [again, again]\n')).toEqual(['a', 'again', 'again'])
    expect(await messagesOf('  roles: [a, { role: a, x: 1 }, { role: a, x: 1 }]\n')).toEqual(['a', 'a'])
    expect(await messagesOf('  roles: [{ role: a, when: x is defined }, b, { role: a, when: x is defined }, { role: a, when: x is defined }]\n  vars: {}\n  pre_tasks: []\n')).toEqual(['a', 'b'])
    expect(await messagesOf('  roles: [{ role: a, when: false }, a, a]\n')).toEqual(['a'])
  })

  it('is remembered host by host', async () => {
    const messages = await messagesOf('  tasks: [{ include_role: { name: b }, when: inventory_hostname == "x" }, { include_role: { name: c } }]\n', 'x ansible_connection=local\ny ansible_connection=local\n')
    expect([...messages].sort()).toEqual(['a', 'a', 'b', 'c', 'c'])
  })
})

describe('the keywords of a role', () => {
  it('hold for its handlers too', async () => {
    const run = await runEngine({ files: {
      'roles/web/tasks/main.yml': '- { name: t, command: "true", notify: h }\n',
      'roles/web/handlers/main.yml': '- { name: h, command: "printenv WORD" }\n',
      'site.yml': '- hosts: all\n  roles: [{ role: web, environment: { WORD: from-role } }]\n',
    } })
    expect(run.result('h').stdout).toBe('from-role')
  })
})

describe('variables about roles', () => {
  it('tell who included a role, and all roles of the play', async () => {
    const show = "'{{ ansible_parent_role_names | default('none') }} {{ ansible_dependent_role_names }} {{ ansible_play_role_names }} {{ ansible_role_names }} {{ ansible_collection_name }}'"
    const run = await runEngine({ files: {
      'roles/dependency/tasks/main.yml': `- debug: { msg: ${show.replaceAll("'", '"').replaceAll('"none"', "'none'")} }\n`,
      'roles/top/meta/main.yml': 'dependencies: [dependency]\n',
      'roles/top/tasks/main.yml': '- include_role: { name: inner }\n',
      'roles/inner/tasks/main.yml': `- debug: { msg: ${show.replaceAll("'", '"').replaceAll('"none"', "'none'")} }\n`,
      'site.yml': '- hosts: all\n  roles: [top]\n',
    } })
    expect(run.messages).toEqual([
      "none ['dependency'] ['top'] ['dependency', 'top'] ",
      "['top'] ['dependency'] ['top', 'inner'] ['dependency', 'top', 'inner'] ",
    ])
  })
})

describe('private_role_vars', () => {
  it('keeps variables of roles to themselves, or opens those of included ones', async () => {
    const files = {
      'roles/r/defaults/main.yml': 'v: role\n', 'roles/r/tasks/main.yml': '- debug: { msg: "in {{ v }}" }\n',
      'site.yml': '- hosts: all\n  roles: [r]\n  tasks: [{ debug: { msg: "{{ v | default(\'none\') }}" } }]\n- hosts: all\n  tasks: [{ include_role: { name: r } }, { debug: { msg: "{{ v | default(\'none\') }}" } }]\n',
    }
    expect((await runEngine({ files })).messages).toEqual(['in role', 'role', 'in role', 'none'])
    expect((await runEngine({ files, loader: { privateRoles: true } })).messages).toEqual(['in role', 'none', 'in role', 'none'])
    expect((await runEngine({ files, loader: { privateRoles: false } })).messages).toEqual(['in role', 'role', 'in role', 'role'])
  })

  it('public of import_role wins over the setting', async () => {
    const files = {
      'roles/r/defaults/main.yml': 'v: role\n', 'roles/r/tasks/main.yml': '[]\n',
      'site.yml': "- hosts: all\n  tasks: [{ import_role: { name: r, public: true } }, { debug: { msg: \"{{ v | default('none') }}\" } }]\n",
    }
    expect((await runEngine({ files, loader: { privateRoles: true } })).messages).toEqual(['role'])
  })
})

describe('import_role', () => {
  it('takes templates for yes and no, of what is known before the run', async () => {
    const run = await runEngine({ files: {
      'roles/r/tasks/main.yml': '- debug: { msg: r }\n', 'roles/r/defaults/main.yml': 'mine: 1\n',
      'site.yml': `
- hosts: all
  vars: { yes_or_no: false }
  tasks:
    - import_role: { name: r, allow_duplicates: "{{ yes_or_no }}", public: "{{ yes_or_no }}" }
    - import_role: { name: r, allow_duplicates: "{{ yes_or_no }}" , public: "{{ yes_or_no }}" }
    - debug: { msg: "{{ mine is defined }}" }
`,
    } })
    expect(run.messages).toEqual(['r', false])
  })
})
