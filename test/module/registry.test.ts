import { describe, expect, it } from 'vitest'
import { defineAction } from '../../src/module/define-module.ts'
import type { Module } from '../../src/module/module.ts'
import { createModuleRegistry } from '../../src/module/registry.ts'

const named = (name: string, aliases: readonly string[] = []): Module => defineAction({
  name, aliases, summary: 'It.', where: 'controller', check: 'run', args: {}, examples: [], run: () => Promise.resolve({ changed: false }),
})

const registry = createModuleRegistry([named('copy'), named('systemd', ['systemd_service']), named('ini_file', ['community.general.ini_file']), named('postgresql_db', ['community.postgresql.postgresql_db'])])

describe('registry of modules', () => {
  it.each([
    ['copy', 'copy'], ['ansible.builtin.copy', 'copy'], ['ansible.legacy.copy', 'copy'], ['systemd_service', 'systemd'], ['ansible.builtin.systemd_service', 'systemd'],
    ['community.general.ini_file', 'ini_file'], ['community.general.postgresql_db', 'postgresql_db'],
  ])('finds %s', (name, found) => {
    expect(registry.find(name)?.name).toBe(found)
  })

  it.each(['copi', 'community.general.copy', 'toString', ''])('does not find %j', (name) => {
    expect(registry.find(name)).toBeUndefined()
  })

  it('tells the nearest names', () => {
    expect(registry.nearest('coppy')[0]).toBe('copy')
    expect(registry.nearest('ansible.builtin.inifile')[0]).toBe('ini_file')
    expect(registry.nearest('completely_different_thing')).toEqual([])
  })

  it('tells all names', () => {
    expect(registry.names()).toEqual(['copy', 'ini_file', 'postgresql_db', 'systemd'])
  })
})
