import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { Bundle } from '../../src/own/python/bundle.ts'
import { Supervisor, type PythonTask } from '../../src/own/python/supervisor.ts'
import type { ProgramChannel } from '../../src/remote/remote.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const SOURCES: Readonly<Record<string, string>> = {
  'ansible/__init__.py': '', 'ansible/module_utils/__init__.py': '', 'ansible/module_utils/basic.py': '_ANSIBLE_ARGS = None\n', 'ansible/modules/__init__.py': '',
  'ansible/modules/m.py': 'import sys\nfrom ansible.module_utils import basic\nsys.stdout.write(basic._ANSIBLE_ARGS.decode("utf-8"))\nsys.stderr.write("said")\nsys.exit(4)\n',
}

function bundleOf(sources: Readonly<Record<string, string>>): Bundle {
  const sum = (text: string) => createHash('sha256').update(text).digest('hex')
  return { id: sum(JSON.stringify(sources)), module: 'ansible.modules.m', files: Object.entries(sources).map(([path, text]) => [path, sum(text)]), sources: new Map(Object.values(sources).map((text) => [sum(text), text])) }
}

function channel(shell: readonly string[]): ProgramChannel {
  const [program = 'sh', ...words] = shell
  const child = spawn(program, words)
  const ended = new Promise<{ readonly kind: 'exited', readonly status: number }>((resolve) => { child.once('exit', (status) => { resolve({ kind: 'exited', status: status ?? -1 }) }) })
  return { stdin: child.stdin, stdout: child.stdout, stderr: child.stderr, ended, kill: () => { child.kill('SIGKILL') }, asked: () => () => undefined, connected: () => true }
}

function task(folder: string, args: string): PythonTask {
  return { bundle: bundleOf(SOURCES), args, environment: {}, folder, openFiles: 0, job: undefined, seconds: undefined }
}

describe.each([['dash'], ['bash', '--posix'], ['bash'], ['busybox', 'sh']])('the Python that runs modules, started by %s %s', (...shell) => {
  const words = shell.filter((word) => typeof word === 'string')

  it('takes requests, many at once, and says how each ended', async () => {
    const folder = temporaryFolder('own')
    const supervisor = await Supervisor.start(channel(words), ['/no/such/python', 'python3'], 'here')
    const large = JSON.stringify({ text: 'é\n'.repeat(100_000) })
    const ends = await Promise.all(['{"a": 1}', '{"a": 2}', large].map((args) => supervisor.run(task(folder, args))))
    expect(ends).toEqual(['{"a": 1}', '{"a": 2}', large].map((stdout) => ({ kind: 'ended', output: { rc: 4, stdout, stderr: 'said' } })))
    await supervisor.close()
    expect(supervisor.ended).toBe(true)
  })

  it('is missed where there is none', async () => {
    await expect(Supervisor.start(channel(words), ['/no/such/python'], 'here')).rejects.toThrow('there is no Python on here (looked for /no/such/python)')
  })
})
