import { describe, expect, it } from 'vitest'
import type { ConsoleFlags } from '../../src/cli/commands/console.ts'
import { ConsoleSession } from '../../src/cli/console/console-session.ts'
import { settingFlags } from '../../src/cli/console/console-settings.ts'
import { loadConfig } from '../../src/config/load-config.ts'
import { loadInventory } from '../../src/inventory/load-inventory.ts'
import { createModuleRegistry } from '../../src/module/registry.ts'
import { MODULES } from '../../src/modules/index.ts'
import { createLoader } from '../../src/playbook/create-loader.ts'
import type { Sources } from '../../src/cli/compose/load-sources.ts'

const flags: ConsoleFlags = { journal: false, user: 'me' }

/** What a console needs as long as it runs nothing. */
async function session(): Promise<ConsoleSession> {
  const { value: inventory } = await loadInventory(['a,b,'])
  const config = loadConfig({ environment: {}, folder: '/', home: '/nonexistent', file: '/dev/null' })
  const sources: Pick<Sources, 'inventory' | 'config' | 'modules' | 'loader'> = { inventory, config, modules: createModuleRegistry(MODULES), loader: createLoader() }
  return new ConsoleSession(sources as Sources, 'all', flags)
}

describe('the console', () => {
  it('tells in its prompt where it is and as whom', async () => {
    const console = await session()
    expect(console.prompt()).toMatch(/^me@all \(2\)\[f:\d+\]\$ $/)
    await console.obey('cd a')
    await console.obey('become yes')
    await console.obey('forks 3')
    expect(console.prompt()).toBe('me@a (1)[f:3]# ')
  })

  it('stays where it is when no host matches', async () => {
    const console = await session()
    await console.obey('cd nowhere')
    expect(console.prompt()).toContain('@all')
  })

  it('ends at exit only', async () => {
    const console = await session()
    expect(await console.obey('exit')).toBe(false)
    expect(await console.obey('')).toBe(true)
    expect(await console.obey('# a remark')).toBe(true)
  })

  it('completes hosts, modules and their arguments', async () => {
    const console = await session()
    expect(console.candidates('cd ')).toEqual(expect.arrayContaining(['all', 'a', 'b']))
    expect(console.candidates('li')).toEqual(expect.arrayContaining(['list', 'lineinfile']))
    expect(console.candidates('copy d')).toContain('dest=')
  })

  for (const [name, text, result] of [['check', 'yes', { ...flags, check: true }], ['verbosity', '2', { ...flags, verbose: 2 }], ['become_user', 'app', { ...flags, becomeUser: 'app' }]] as const) {
    it(`${name} ${text} changes how things run`, () => { expect(settingFlags(name, text, flags)).toEqual(result) })
  }

  for (const [name, text] of [['check', 'perhaps'], ['forks', 'x'], ['timeout', '']] as const) {
    it(`${name} '${text}' is refused`, () => { expect(settingFlags(name, text, flags)).toEqual(expect.any(String)) })
  }
})
