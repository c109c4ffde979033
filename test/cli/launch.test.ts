import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { loadProgram } from '../../src/cli/launch/load-program.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

let folder: string
let file: string
beforeEach(() => {
  folder = temporaryFolder('launch')
  file = join(folder, 'program.cjs')
  writeFileSync(file, "exports.runProgram = async (argv) => { argv.push(require('node:path').basename(__filename), typeof __url); await import('node:os') }\n")
})

async function ran(): Promise<{ readonly isWarm: boolean, readonly argv: readonly string[] }> {
  const program = loadProgram(file)
  const argv: string[] = []
  await program.runProgram(argv)
  program.keepCode()
  return { isWarm: program.isWarm, argv }
}

describe('the program', () => {
  const argv = ['program.cjs', 'string']

  it('is loaded with the code of its last start', async () => {
    expect(await ran()).toEqual({ isWarm: false, argv })
    expect(await ran()).toEqual({ isWarm: true, argv })
    expect(readdirSync(folder).sort()).toEqual(['program.cjs', 'program.cjs.code'])
  })

  it.each(['nonsense', ''])('is compiled anew where that code is broken: %j', async (code) => {
    // Text that this process has not compiled yet.
    writeFileSync(file, `exports.runProgram = async (argv) => { argv.push('other${code}') }\n`)
    writeFileSync(`${file}.code`, code)
    expect(await ran()).toEqual({ isWarm: false, argv: [`other${code}`] })
  })
})
