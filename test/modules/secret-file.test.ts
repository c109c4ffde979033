import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { SECRET_FILE, withSecretFile } from '../../src/modules/sql/secret-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'secret-file-'))
afterAll(() => { rmSync(folder, { recursive: true, force: true }) })

const SHELLS = [['dash', []], ['bash', ['--norc', '--posix']], ['busybox', ['sh']]] as const

describe.each(SHELLS)('a file of secrets, with %s', (shell, words) => {
  const run = (command: string) => {
    const { status, stdout } = spawnSync(shell, [...words, '-c', withSecretFile(command)], { input: 'very-secret', env: { PATH: process.env['PATH'], TMPDIR: folder }, encoding: 'utf8' })
    return { status, stdout }
  }

  it('is read by the command and by what it starts, as often as they like', () => {
    expect(run(`cat ${SECRET_FILE}; sh -c 'cat ${SECRET_FILE}' | cat`)).toEqual({ status: 0, stdout: 'very-secretvery-secret' })
  })

  it('has no name, is in no environment, and is not the input of the command', () => {
    const { stdout } = run(`ls "$TMPDIR"; cat /proc/self/environ; tr '\\0' ' ' </proc/self/cmdline; cat`)
    expect(stdout).toContain('TMPDIR')
    expect(stdout).not.toContain('very-secret')
    expect(readdirSync(folder)).toEqual([])
  })

  it('leaves the status as it is', () => {
    expect(run('exit 7').status).toBe(7)
    expect(run('false').status).toBe(1)
  })
})
