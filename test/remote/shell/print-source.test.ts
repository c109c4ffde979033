import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { printSource } from '../../../src/remote/shell/payload-source.ts'

const CONTENTS: Readonly<Record<string, Buffer | string>> = {
  nothing: '',
  'a text': "it's 100% \\n plain\n",
  'a text in unicode': 'grün 漢字 🐚\n',
  'a text with a nul': 'a\0b',
  'a dash': '-n -e --',
  'every byte': Buffer.from(Array.from({ length: 256 }, (_, byte) => byte)),
  'pairs of bytes': Buffer.from(Array.from({ length: 65536 * 2 }, (_, index) => (index % 2 === 0 ? index >> 9 : (index >> 1) % 256))),
  'only newlines': '\n\n\n',
}

describe('print source', () => {
  it.each(['dash', 'bash --posix', 'busybox sh'].flatMap((shell) => Object.keys(CONTENTS).map((name) => [shell, name] as const)))('makes %s print %s', (shell, name) => {
    const content = CONTENTS[name] ?? ''
    const [program = '', ...args] = shell.split(' ')
    for (const LC_ALL of ['C', 'C.UTF-8']) {
      const { stdout } = spawnSync(program, args, { input: `${printSource(content)}\n`, maxBuffer: 1e8, env: { ...process.env, LC_ALL } })
      expect(stdout.equals(Buffer.from(content))).toBe(true)
    }
  })
})
