import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { CONTROLS } from '../../../src/cli/doc/controls.ts'
import { keywordText } from '../../../src/cli/doc/keyword-text.ts'
import { moduleJson } from '../../../src/cli/doc/module-json.ts'
import { moduleSnippet } from '../../../src/cli/doc/module-snippet.ts'
import { moduleText } from '../../../src/cli/doc/module-text.ts'
import type { Argument } from '../../../src/module/argument-spec.ts'
import type { Module } from '../../../src/module/module.ts'
import { MODULES } from '../../../src/modules/index.ts'
import { CONTROL_ARGUMENTS } from '../../../src/playbook/control-arguments.ts'
import { KEYWORDS_OF } from '../../../src/playbook/keywords.ts'

const module = (wanted: string): Module => {
  const found = MODULES.find(({ name }) => name === wanted)
  if (found === undefined) throw new Error(`no module ${wanted}`)
  return found
}

describe('tsplay doc', () => {
  it('tells what a module takes, what it does in check mode, and examples', () => {
    const text = moduleText(module('copy'))
    expect(text).toMatch(/^copy: Copy a file/)
    expect(text).toContain('  dest  (path, required)\n')
    expect(text).toContain('  Only one of src and content.\n')
    expect(text).toContain('Check mode and undo\n  Keeps a state')
    expect(text).toMatch(/Examples\n {2}- name: .*\n {4}copy:\n/)
  })

  it('gives tasks to begin with, that hold what is required and no more', () => {
    for (const one of MODULES) {
      const [task] = parse(moduleSnippet(one)) as [Record<string, Record<string, null> | null>]
      const required = Object.entries<Argument>(one.args).filter(([, { required: wanted }]) => wanted).map(([name]) => name)
      expect(Object.keys(task[one.name] ?? {}), one.name).toEqual(required)
    }
  })

  it('tells programs of every argument', () => {
    for (const one of MODULES) expect(Object.keys((moduleJson(one)['doc'] as { options: object }).options), one.name).toEqual(Object.keys(one.args))
    expect(moduleJson(module('ini_file'))).toMatchObject({ doc: { plugin_name: 'community.general.ini_file', options: { path: { type: 'path', required: true } } } })
    expect(moduleJson(module('user'))).toMatchObject({ doc: { plugin_name: 'ansible.builtin.user', options: { password: { no_log: true } } } })
  })

  it('describes what steers a run, by the arguments that are taken', () => {
    const named = (args: object): string[] => Object.keys(args).filter((name) => name !== '_raw_params').sort()
    expect(CONTROLS.map(({ name }) => name).filter((name) => name !== 'import_playbook')).toEqual(Object.keys(CONTROL_ARGUMENTS).sort())
    for (const [name, taken] of Object.entries(CONTROL_ARGUMENTS)) {
      const args = CONTROLS.find((control) => control.name === name)?.args ?? {}
      const aliases = Object.values(args).flatMap(({ aliases: others = [] }) => others)
      expect([...named(args), ...aliases].sort(), name).toEqual(taken.filter((argument) => argument !== '_raw_params').sort())
    }
  })

  it('describes every keyword that people write, and guesses at others', () => {
    const text = keywordText([])
    for (const place of ['play', 'block', 'task', 'handler'] as const) {
      for (const name of KEYWORDS_OF[place]) expect(text, name).toMatch(new RegExp(`^${name} .*\\(.*${place === 'handler' && name !== 'listen' ? 'task' : place}.*\\)$`, 'm'))
    }
    expect(() => keywordText(['wehn'])).toThrow("Cannot describe 'wehn'")
  })
})
