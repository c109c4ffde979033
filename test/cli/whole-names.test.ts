import { Command } from 'commander'
import { describe, expect, it } from 'vitest'
import { calledAs } from '../../src/cli/called-as.ts'
import { addRunCommand } from '../../src/cli/commands/run.ts'
import { wholeNames } from '../../src/cli/whole-names.ts'

const program = new Command('tsplay')
addRunCommand(program)

const CASES: readonly { readonly given: readonly string[], readonly whole: readonly string[] }[] = [
  { given: ['run', 'a.yml', '--limi', 'x'], whole: ['run', 'a.yml', '--limit', 'x'] },
  { given: ['run', '--syntax', 'a.yml'], whole: ['run', '--syntax-check', 'a.yml'] },
  { given: ['run', '--inventory-file=hosts', 'a.yml'], whole: ['run', '--inventory=hosts', 'a.yml'] },
  { given: ['run', '--list', 'a.yml'], whole: ['run', '--list', 'a.yml'] },
  { given: ['run', '--check', '--', '--limi'], whole: ['run', '--check', '--', '--limi'] },
  { given: ['run', '-e', 'a=b', '--tags=x'], whole: ['run', '-e', 'a=b', '--tags=x'] },
]

describe('options', () => {
  for (const { given, whole } of CASES) {
    it(`${given.join(' ')} is ${whole.join(' ')}`, () => {
      expect(wholeNames(['node', 'tsplay', ...given], program).slice(2)).toEqual(whole)
    })
  }
})

describe('a link of an Ansible name', () => {
  for (const [name, command] of [['ansible-playbook', 'run'], ['ansible', 'exec'], ['ansible-inventory', 'inventory'], ['ansible-vault', 'vault'], ['ansible-config', 'config'], ['ansible-console', 'console']]) {
    it(`${name} stands for ${command}`, () => {
      expect(calledAs(['node', `/usr/bin/${name}`, 'x'])).toEqual(['node', `/usr/bin/${name}`, command, 'x'])
    })
  }

  it('is no other name', () => {
    expect(calledAs(['node', '/usr/bin/tsplay', 'run'])).toEqual(['node', '/usr/bin/tsplay', 'run'])
  })
})
