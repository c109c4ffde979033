import { appendFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { runChain, type Chain } from './chain.ts'

interface Case extends Chain {
  readonly name: string
  /** Tasks whose outcome only a run can tell, by module. */
  readonly unknown?: readonly string[]
  /** Tasks that change something each time, by module. */
  readonly again?: readonly string[]
  /** Modules that say that they cannot take back what they did. */
  readonly impossible?: readonly string[]
  /** What is left once all else is taken back. */
  readonly left?: RegExp
}

const CASES: readonly Case[] = [
  {
    name: 'a diversion moves files, and others come in their place',
    tasks: `
- file: {path: /srv/app, state: directory}
- copy: {content: "a\\n", dest: /srv/app/tool}
- dpkg_divert: {path: /srv/app/tool, divert: /srv/app/tool.real, rename: true}
- stat: {path: /srv/app/tool}
- stat: {path: /srv/app/tool.real}
- copy: {content: "b\\n", dest: /srv/app/tool}
- dpkg_divert: {path: /srv/app/other}
- dpkg_divert: {path: /srv/app/other, divert: /srv/app/elsewhere}
- dpkg_divert: {path: /srv/app/other, state: absent}
- dpkg_divert: {path: /usr/bin/cal}
- lineinfile: {path: /srv/app/tool.real, line: c}
`,
    again: ['copy', 'copy', 'dpkg_divert', 'dpkg_divert', 'dpkg_divert'],
  },
]

describe('check mode is exact, and undo complete', () => {
  it.each(CASES)('$name', async (chain) => {
    const { name, unknown = [], again = [], impossible = [], left } = chain
    const told = await runChain(chain)
    if (process.env['CHAIN_SHOWN'] !== undefined) appendFileSync(process.env['CHAIN_SHOWN'], `${name} ${JSON.stringify(told, null, 1)}\n`)
    expect(told.statuses.filter((status) => status.includes('failed'))).toEqual([])
    expect(told.wrong).toEqual([])
    expect(told.unknown).toEqual(unknown)
    expect(told.again).toEqual(again)
    expect(told.impossible.map((reason) => reason.split(':')[0])).toEqual(impossible)
    expect(told.left.filter((line) => left?.test(line) !== true)).toEqual([])
  })
})
