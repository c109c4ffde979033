import { createHash } from 'node:crypto'
import { lstatSync, mkdirSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'

/** Makes a folder anew with these files, the same for whoever comes: scripts (`#!`) are executable. */
export function prepareScratch(folder: string, files: ReadonlyMap<string, string>): void {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(join(folder, 'home'), { recursive: true, mode: 0o755 })
  for (const [path, text] of files) {
    mkdirSync(join(folder, dirname(path)), { recursive: true })
    writeFileSync(join(folder, path), text, { mode: text.startsWith('#!') ? 0o755 : 0o644 })
  }
}

/** What each tool keeps for itself. */
const OWN: ReadonlySet<string> = new Set(['.tsplay', 'home/.ansible', '.ansible_async', 'home/.tsplay', '.record', '.output'])

/** Everything below a folder: path -> kind, mode, owner and content. */
export function lookAt(folder: string, below = folder): Record<string, string> {
  return Object.fromEntries(readdirSync(below).sort().flatMap((name) => {
    const path = join(below, name)
    const shown = relative(folder, path)
    if (OWN.has(shown)) return []
    const entry: [string, string] = [shown, describe(path)]
    return lstatSync(path).isDirectory() ? [entry, ...Object.entries(lookAt(folder, path))] : [entry]
  }))
}

function describe(path: string): string {
  const stats = lstatSync(path)
  const permissions = `${(stats.mode & 0o7777).toString(8)} ${String(stats.uid)}:${String(stats.gid)}`
  if (stats.isSymbolicLink()) return `link to ${readlinkSync(path)}`
  if (stats.isDirectory()) return `folder ${permissions}`
  return stats.isFile() ? `file ${permissions} ${content(path)}` : `special ${permissions}`
}

function content(path: string): string {
  const bytes = readFileSync(path)
  const text = bytes.toString()
  return text.length < 2000 && Buffer.from(text).equals(bytes) ? JSON.stringify(text) : createHash('sha256').update(bytes).digest('hex')
}
