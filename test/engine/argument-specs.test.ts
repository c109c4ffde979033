import { describe, expect, it } from 'vitest'
import { runEngine } from '../support/engine-run.ts'

const spec = '{ main: { short_description: A server, options: { size: { type: int, required: true } } }, other: { options: { name: { required: true } } } }'
const role = {
  'roles/web/meta/argument_specs.yml': `argument_specs: ${spec}\n`,
  'roles/web/tasks/main.yml': '- { name: Serve, debug: { msg: "size {{ size }}" } }\n',
  'roles/web/tasks/other.yml': '- { name: Name it, debug: { msg: "{{ name }}" } }\n',
  'roles/web/tasks/free.yml': '- { name: Anything, debug: {} }\n',
}
const outcomes = async (play: string, files: Record<string, string> = role) => {
  const { outcomes: all, result } = await runEngine({ files: { ...files, 'site.yml': `- hosts: all\n${play}` } })
  return [...all, ...[result("Validating arguments against arg spec 'main' - A server")['argument_errors'] ?? []].flat()].map(String)
}
const checked = "localhost: Validating arguments against arg spec 'main' - A server"

describe('argument specs of a role', () => {
  it('are checked before its tasks, whichever way it is used', async () => {
    expect(await outcomes('  roles: [{ role: web, size: 80 }]\n')).toEqual([`${checked}: ok`, 'localhost: Serve: ok'])
    expect(await outcomes('  tasks: [{ import_role: { name: web }, vars: { size: "80" } }]\n')).toEqual([`${checked}: ok`, 'localhost: Serve: ok'])
    expect(await outcomes('  tasks: [{ include_role: { name: web } }]\n')).toEqual([
      'localhost: include_role : web: ok', `${checked}: failed`, 'missing required arguments: size',
    ])
  })

  it('refuse parameters that they do not know, but not variables', async () => {
    expect(await outcomes('  vars: { colour: red }\n  roles: [{ role: web, size: 80, szie: 8080, vars: { height: 1 } }]\n')).toEqual([
      `${checked}: failed`, 'szie. Supported parameters include: size.',
    ])
  })

  it('belong to the file of tasks that is used', async () => {
    expect(await outcomes('  tasks: [{ include_role: { name: web, tasks_from: other.yml }, vars: { name: x } }]\n')).toEqual([
      'localhost: include_role : web: ok', "localhost: Validating arguments against arg spec 'other': ok", 'localhost: Name it: ok',
    ])
    expect(await outcomes('  tasks: [{ import_role: { name: web, tasks_from: free } }]\n')).toEqual(['localhost: Anything: ok'])
  })

  it('are left alone with rolespec_validate: false', async () => {
    expect(await outcomes('  tasks: [{ import_role: { name: web, rolespec_validate: false }, vars: { size: x } }]\n')).toEqual(['localhost: Serve: ok'])
    expect(await outcomes('  tasks: [{ include_role: { name: web, rolespec_validate: false }, vars: { size: x } }]\n')).toEqual([
      'localhost: include_role : web: ok', 'localhost: Serve: ok',
    ])
  })

  it('are found in meta/main.yml too', async () => {
    const files = { ...role, 'roles/web/meta/argument_specs.yml': '', 'roles/web/meta/main.yml': `argument_specs: ${spec}\n` }
    expect(await outcomes('  roles: [web]\n', files)).toEqual([`${checked}: failed`, 'missing required arguments: size'])
  })

  it('are checked whatever tags are asked for', async () => {
    const { outcomes: all } = await runEngine({ files: { ...role, 'site.yml': '- hosts: all\n  roles: [{ role: web, size: 80 }]\n' }, options: { tags: ['none'] } })
    expect(all).toEqual([`${checked}: ok`])
  })
})
