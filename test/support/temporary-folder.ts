import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'

const made: string[] = []

// Registered while the test file is collected, so before all hooks of its own: vitest runs it after all of them, when servers in these folders have stopped.
afterAll(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
})

/** A new folder of this machine, by its real path, that is removed when the test file ends. */
export function temporaryFolder(name: string): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), `tsplay-${name}-`)))
  made.push(folder)
  return folder
}
