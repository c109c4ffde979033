import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** What is kept in the cache: the name is made with a hash of what it is built from; people are told the title. */
export interface Cacheable {
  readonly name: string
  readonly title: string
}

/** A directory of the cache; `make` fills it if it is not there. */
export async function cached(cache: string, { name, title }: Cacheable, make: (target: string) => Promise<void>): Promise<string> {
  const target = join(cache, name)
  if (existsSync(target)) return target
  // built aside and renamed: two labs that start at once may do the work twice, but never see half of it
  const temporary = `${target}.tmp-${process.pid}`
  mkdirSync(cache, { recursive: true })
  removeAbandoned(cache)
  rmSync(temporary, { recursive: true, force: true })
  console.error(`Building ${title} ...`)
  await make(temporary)
  if (existsSync(target)) rmSync(temporary, { recursive: true })
  else renameSync(temporary, target)
  return target
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
