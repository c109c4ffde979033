import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { localSession } from './remotes.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

it.each([['a short text', 'new'], ['a long one', 'long'.repeat(100_000)]])('%s is written over a file that cannot be replaced, where that is allowed', async (_, content) => {
  const folder = temporaryFolder('remote')
  // A host where nothing can be renamed.
  mkdirSync(join(folder, 'bin'))
  writeFileSync(join(folder, 'bin/mv'), '#!/bin/sh\nexit 1\n')
  chmodSync(join(folder, 'bin/mv'), 0o755)
  const session = localSession(`/usr/bin/env PATH=${folder}/bin:${process.env['PATH'] ?? ''} sh`)
  const path = join(folder, 'file')
  writeFileSync(path, 'old and longer than the new one')
  try {
    const remote = await session.remote()
    await expect(remote.writeFile(path, content)).rejects.toThrow('Cannot write')
    expect(readFileSync(path, 'utf8')).toBe('old and longer than the new one')
    await remote.writeFile(path, content, { mode: 0o600, inPlace: true })
    expect(readFileSync(path, 'utf8')).toBe(content)
    expect(readdirSync(folder).sort()).toEqual(['bin', 'file'])
  } finally {
    await session.close()
  }
})
