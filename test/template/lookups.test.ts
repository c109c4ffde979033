import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createTemplar } from '../../src/template/templar.ts'
import { TemplateError } from '../../src/template/template-error.ts'
import { TemplateString } from '../../src/value/template-string.ts'
import type { Value } from '../../src/value/value.ts'
import type { SourcedSetting } from '../../src/template/types.ts'
import { scopeOf, variables } from './render.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const role = temporaryFolder('role')
const play = temporaryFolder('play')
for (const folder of ['files/conf.d', 'templates', 'vars']) mkdirSync(join(role, folder), { recursive: true })
writeFileSync(join(role, 'files/motd'), '  hello {{ not.evaluated }}\n\n')
writeFileSync(join(role, 'files/conf.d/b.conf'), 'b')
writeFileSync(join(role, 'files/conf.d/a.conf'), 'a')
writeFileSync(join(role, 'files/conf.d/.hidden.conf'), 'h')
writeFileSync(join(play, 'play.txt'), 'from play')
writeFileSync(join(role, 'templates/greet.j2'), 'Hello {{ name }}{% if extra is defined %} {{ extra }}{% endif %}\n')
writeFileSync(join(role, 'templates/odd.j2'), '[% name %] {{ name }}\n')
writeFileSync(join(role, 'templates/outer.j2'), '<{% include "greet.j2" %}>')
writeFileSync(join(role, 'files/people.csv'), 'Li,3,"a, b"\nNa,11,x\n')
writeFileSync(join(role, 'files/tabs.csv'), 'Li\t3\nNa\t11\n')
writeFileSync(join(role, 'files/users.ini'), '[DEFAULT]\nhome = /home\n[integration]\nuser = robert\npath: %(home)s/x\n; comment\n[production]\nuser=mike\nUser2 = two\n')
mkdirSync(join(play, 'collections/ansible_collections/tests/tools'), { recursive: true })
writeFileSync(join(play, 'collections/ansible_collections/tests/tools/galaxy.yml'), 'namespace: tests\nversion: 1.2.3\n')
writeFileSync(join(role, 'files/user.properties'), 'user.name = robert\nuser.pass=secret\n')

const SETTINGS: Readonly<Record<string, SourcedSetting>> = {
  DEFAULT_FORKS: { value: 5, origin: 'env: ANSIBLE_FORKS' },
  'connection.ssh.ssh_transfer_method': { value: 'smart', origin: 'default', vars: ['ansible_ssh_transfer_method'] },
  'connection.ssh.ssh_args': { value: '-C', origin: 'default', vars: ['folder'] },
}
const templar = createTemplar({ basePaths: () => [role, play], setting: (name) => SETTINGS[name] })
const names = variables({
  name: 'Ann', greeting: 'Hi {{ name }}', list: [1, 2], dict: { a: 1, b: 2 }, folder: join(role, 'files'),
  users: [{ name: 'u1', keys: ['k1', 'k2'], opts: { groups: ['g'] } }, { name: 'u2', keys: [] }], groups: { web: ['w1', 'w2'], db: ['d1'], all: ['w1', 'w2', 'd1'] }, app_port: 1, app_host: 2,
})

describe('lookups', () => {
  it.each<[string, Value]>([
    ["{{ lookup('file', 'motd') }}", '  hello {{ not.evaluated }}'],
    ["{{ lookup('file', 'motd', lstrip=true, rstrip=false) }}", 'hello {{ not.evaluated }}\n\n'],
    ["{{ lookup('file', 'play.txt') }}", 'from play'],
    ["{{ lookup('ansible.builtin.file', '{{ folder }}/motd') | trim }}", 'hello {{ not.evaluated }}'],
    ["{{ lookup('file', 'conf.d/a.conf', 'conf.d/b.conf') }}", 'a,b'],
    ["{{ lookup('file', 'conf.d/a.conf', 'conf.d/b.conf', wantlist=True) }}", ['a', 'b']],
    ["{{ query('file', 'conf.d/a.conf') }}", ['a']],
    ["{{ q('file', 'conf.d/a.conf') }}", ['a']],
    ["{{ lookup('file', 'nope', errors='ignore') }}", ''],
    ["{{ lookup('template', 'greet.j2') }}", 'Hello Ann\n'],
    ["{{ lookup('template', 'greet.j2', template_vars={'name': 'Bob', 'extra': 1}) }}", 'Hello Bob 1\n'],
    ["{{ lookup('template', 'odd.j2', variable_start_string='[%', variable_end_string='%]') }}", 'Ann {{ name }}\n'],
    ["{{ lookup('template', 'outer.j2') }}", '<Hello Ann>'],
    ["{{ lookup('vars', 'name') }}", 'Ann'],
    ["{{ lookup('vars', 'greeting') }}", 'Hi Ann'],
    ["{{ lookup('vars', 'name', 'greeting', wantlist=True) }}", ['Ann', 'Hi Ann']],
    ["{{ lookup('vars', 'nope', default='d') }}", 'd'],
    ["{{ query('varnames', '^app_') }}", ['app_port', 'app_host']],
    ["{{ lookup('env', 'TSPLAY_NOT_SET') }}", ''],
    ["{{ lookup('env', 'TSPLAY_NOT_SET', default='x') }}", 'x'],
    ["{{ lookup('env', 'HOME') | length > 0 }}", true],
    ["{{ lookup('pipe', 'echo one; echo two') }}", 'one\ntwo'],
    ["{{ query('lines', 'echo one; echo two') }}", ['one', 'two']],
    ["{{ query('fileglob', 'conf.d/*.conf') | map('basename') }}", ['a.conf', 'b.conf']],
    ["{{ query('filetree', '{{ folder }}') | map(attribute='path') }}", ['conf.d', 'motd', 'people.csv', 'tabs.csv', 'user.properties', 'users.ini', 'conf.d/.hidden.conf', 'conf.d/a.conf', 'conf.d/b.conf']],
    ["{{ query('filetree', 'conf.d', exclude='b') | map(attribute='state') }}", ['file', 'file']],
    ["{{ lookup('collection_version', 'tests.tools', 'tests.missing', wantlist=true) }}", ['1.2.3', null]],
    ["{{ lookup('community.general.random_pet', words=3, prefix='x', separator='_') is match('x_[a-z]+_[a-z]+_[a-z]+$') }}", true],
    ["{{ (lookup('random_words', errors='ignore') or '') is string }}", true],
    ["{{ query('fileglob', 'mot*') | map('basename') }}", ['motd']],
    ["{{ query('fileglob', '{{ folder }}/conf.d/[a]*') | map('basename') }}", ['a.conf']],
    ["{{ query('fileglob', 'none*') }}", []],
    ["{{ lookup('first_found', ['nope', 'motd']) | basename }}", 'motd'],
    ["{{ lookup('first_found', {'files': ['nope', 'a.conf'], 'paths': ['conf.d']}) | basename }}", 'a.conf'],
    ["{{ query('first_found', {'files': ['nope'], 'skip': true}) }}", []],
    ["{{ query('first_found', files=['motd'], skip=true) | map('basename') }}", ['motd']],
    ["{{ lookup('dict', dict) }}", [new Map<Value, Value>([['key', 'a'], ['value', 1]]), new Map<Value, Value>([['key', 'b'], ['value', 2]])]],
    ["{{ query('items', [1, [2]], 3) }}", [1, [2], 3]],
    ["{{ query('list', [1], 2) }}", [[1], 2]],
    ["{{ query('flattened', [1, [2, [3, none]]], 4) }}", [1, 2, 3, 4]],
    ["{{ query('indexed_items', ['a', 'b']) }}", [[0, 'a'], [1, 'b']]],
    ["{{ query('nested', ['a', 'b'], [1, 2]) }}", [['a', 1], ['a', 2], ['b', 1], ['b', 2]]],
    ["{{ query('together', [1, 2], ['a']) }}", [[1, 'a'], [2, null]]],
    ["{{ query('subelements', users, 'keys') | map('last') }}", ['k1', 'k2']],
    ["{{ query('subelements', users, 'opts.groups', {'skip_missing': true}) | map('last') }}", ['g']],
    ["{{ query('sequence', 'start=1 end=3') }}", ['1', '2', '3']],
    ["{{ query('sequence', '4:host%02d') }}", ['host01', 'host02', 'host03', 'host04']],
    ["{{ query('sequence', 'start=0x0f00 count=2 format=%04x') }}", ['0f00', '0f01']],
    ["{{ query('sequence', '2-10/4') }}", ['2', '6', '10']],
    ["{{ query('sequence', start=5, end=1, stride=-2) }}", ['5', '3', '1']],
    ["{{ query('sequence', 'count=0') }}", []],
    ["{{ lookup('csvfile', 'Li', file='people.csv', delimiter=',') }}", '3'],
    ["{{ lookup('csvfile', 'Li file=people.csv delimiter=, col=2') }}", 'a, b'],
    ["{{ lookup('csvfile', 'Na', file='tabs.csv') }}", '11'],
    ["{{ lookup('csvfile', 'Xx', file='tabs.csv', default='none') }}", 'none'],
    ["{{ lookup('ini', 'user', section='integration', file='users.ini') }}", 'robert'],
    ["{{ lookup('ini', 'path', section='integration', file='users.ini') }}", '/home/x'],
    ["{{ lookup('ini', 'user2', section='production', file='users.ini') }}", 'two'],
    ["{{ lookup('ini', 'nope', section='production', file='users.ini', default='d') }}", 'd'],
    ["{{ lookup('ini', 'user.name', type='properties', file='user.properties') }}", 'robert'],
    ["{{ query('ini', 'user.*', section='production', file='users.ini', re=true) }}", ['mike', 'two']],
    ["{{ query('inventory_hostnames', 'web:db') }}", ['w1', 'w2', 'd1']],
    ["{{ query('inventory_hostnames', 'all:!web') }}", ['d1']],
    ["{{ lookup('random_choice', [1]) | type_debug }}", 'list'],
    ["{{ lookup('config', 'DEFAULT_FORKS') }}", 5],
    ["{{ lookup('config', 'DEFAULT_FORKS', show_origin=true) }}", [5, 'env: ANSIBLE_FORKS']],
    ["{{ lookup('config', 'NOPE', on_missing='skip') }}", []],
    ["{{ lookup('config', 'ssh_transfer_method', plugin_type='connection', plugin_name='ansible.builtin.ssh') }}", 'smart'],
    ["{{ lookup('config', 'ssh_args', plugin_type='connection', plugin_name='ssh', show_origin=true)[1] }}", 'var: folder'],
    ["{{ lookup('config', 'nope', plugin_type='connection', plugin_name='ssh', on_missing='skip') }}", []],
    ["{{ lookup('password', '/dev/null length=12 chars=digits') | length }}", 12],
    ["{{ lookup('password', '/dev/null chars=ascii_lowercase') is match('^[a-z]{20}$') }}", true],
    ["{{ lookup('password', '/dev/null length=8', seed='x') | length }}", 8],
  ])('%s', (source, expected) => {
    expect(evaluate(source)).toEqual(expected)
  })

  it.each([
    ["{{ lookup('file', 'nope') }}", 'lookup-failed', "Cannot find the file 'nope'"],
    ["{{ lookup('template', 'nope.j2') }}", 'lookup-failed', 'nope.j2'],
    ["{{ lookup('first_found', ['x', 'y']) }}", 'lookup-failed', 'No file was found'],
    ["{{ lookup('vars', 'nope') }}", 'undefined-variable', "'nope' is undefined"],
    ["{{ lookup('pipe', 'echo bad >&2; exit 3') }}", 'lookup-failed', 'returned 3: bad'],
    ["{{ lookup('nope') }}", 'unknown-lookup', 'nope'],
    ["{{ query('sequence', 'end=3 count=2') }}", 'lookup-failed', 'end'],
    ["{{ lookup('dict', [1]) }}", 'lookup-failed', 'dict'],
    ["{{ lookup('ini', 'a', section='nope', file='users.ini') }}", 'lookup-failed', "No section 'nope'"],
    ["{{ query('subelements', users, 'nope') }}", 'lookup-failed', "'nope'"],
  ])('%s fails', (source, code, message) => {
    try {
      evaluate(source)
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error
      expect(error.code).toBe(code)
      expect(error.message.toLowerCase()).toContain(message.toLowerCase())
      return
    }
    throw new Error('Nothing failed')
  })

  it('password keeps what it made, readable by its owner alone', () => {
    const path = join(play, 'secrets/db')
    const first = evaluate(`{{ lookup('password', '${path} length=16') }}`)
    expect(evaluate(`{{ lookup('password', '${path} length=16') }}`)).toBe(first)
    expect(readFileSync(path, 'utf8')).toBe(`${String(first)}\n`)
    expect(statSync(path).mode & 0o777).toBe(0o600)
    const hash = evaluate(`{{ lookup('password', '${path}', encrypt='md5_crypt') }}`)
    expect(evaluate(`{{ lookup('password', '${path}', encrypt='md5_crypt') }}`)).toBe(hash)
    expect(String(hash)).toMatch(/^\$1\$/)
    expect(evaluate(`{{ lookup('password', '${path}') }}`)).toBe(first)
  })

  it('results are data', () => {
    writeFileSync(join(role, 'files/evil'), "{{ lookup('pipe', 'id') }}")
    expect(evaluate("{{ lookup('file', 'evil') }}")).toBe("{{ lookup('pipe', 'id') }}")
  })
})

function evaluate(source: string): Value {
  return templar.evaluate(new TemplateString(source), scopeOf(names))
}
