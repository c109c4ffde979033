import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { HostFile } from '../generate/host-file.ts'

/** Writes generated files under a folder, from where they are put on a host. */
export function stageFiles(folder: string, files: readonly HostFile[]): void {
  mkdirSync(folder, { recursive: true })
  for (const { path, content, mode } of files) {
    const target = join(folder, path)
    mkdirSync(dirname(target), { recursive: true })
    writeFileSync(target, content)
    chmodSync(target, mode ?? 0o644)
  }
}
