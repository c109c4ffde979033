import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { delay } from '../control/run.ts'

/** What is kept in the cache: the name is made with a hash of what it is built from; people are told the title. */
export interface Cacheable {
  readonly name: string
  readonly title: string
}

/** A directory of the cache; `make` fills it if it is not there. Two labs that start at once do the work once. */
export async function cached(cache: string, { name, title }: Cacheable, make: (target: string) => Promise<void>): Promise<string> {
  const target = join(cache, name)
  if (existsSync(target)) return target
  mkdirSync(cache, { recursive: true })
  const lock = `${target}.lock`
  while (!take(lock)) await delay(500)
  try {
    if (!existsSync(target)) await build(target, title, make)
  } finally {
    rmSync(lock)
  }
  return target
}

/** Builds aside and renames: nobody ever sees half of it. */
async function build(target: string, title: string, make: (target: string) => Promise<void>): Promise<void> {
  removeAbandoned(dirname(target))
  const temporary = `${target}.tmp-${process.pid}`
  console.error(`Building ${title} ...`)
  await make(temporary)
  renameSync(temporary, target)
}

/** Writes this process's id into a lock file, unless a living process has it. */
function take(lock: string): boolean {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' })
    return true
  } catch {
    if (!existsSync(`/proc/${readFileSync(lock, 'utf8')}`)) rmSync(lock, { force: true })
    return false
  }
}

/** Hash of the contents of files and folders, and of words. */
export function hashOf(paths: readonly string[], ...words: readonly string[]): string {
  const hash = createHash('sha256')
  for (const word of words) hash.update(`${word}\0`)
  for (const path of paths.flatMap(filesIn)) hash.update(readFileSync(path))
  return hash.digest('hex').slice(0, 12)
}

function filesIn(path: string): readonly string[] {
  if (!statSync(path).isDirectory()) return [path]
  return readdirSync(path).sort().flatMap((name) => filesIn(join(path, name)))
}

function removeAbandoned(cache: string): void {
  for (const name of readdirSync(cache)) {
    const pid = /\.tmp-(\d+)/.exec(name)?.[1]
    if (pid !== undefined && !existsSync(`/proc/${pid}`)) rmSync(join(cache, name), { recursive: true, force: true })
  }
}
