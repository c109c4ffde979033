import { appendFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { runChain } from './chain.ts'
import { CHAIN_CASES } from './chain-cases.ts'

describe('check mode is exact, and undo complete', () => {
  it.each(CHAIN_CASES)('$name', async (chain) => {
    const { name, unknown = [], again = [], impossible = [], fails = [], left } = chain
    const told = await runChain(chain)
    if (process.env['CHAIN_SHOWN'] !== undefined) appendFileSync(process.env['CHAIN_SHOWN'], `${name} ${JSON.stringify(told, null, 1)}\n`)
    expect(told.statuses.filter((status) => status.endsWith('failed')).map(moduleOf)).toEqual(fails)
    expect(told.wrong).toEqual([])
    expect(told.unknown).toEqual(unknown)
    if (again !== 'any') expect(told.again).toEqual(again)
    expect(told.impossible.map(moduleOf)).toEqual(impossible)
    expect(told.left.filter((line) => left?.test(line) !== true)).toEqual([])
  })
})

function moduleOf(line: string): string {
  return line.slice(0, line.indexOf(':'))
}
