import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startTimeOf } from '../control/start-time.ts'

/** Remembers that the lab with this outer process reads the seed. */
export function markUsed(seed: { readonly folder: string }, outer: { readonly pid: number }): void {
  mkdirSync(join(seed.folder, 'users'), { recursive: true })
  writeFileSync(join(seed.folder, 'users', String(outer.pid)), startTimeOf(outer.pid) ?? '')
}

/** Removes old seeds of a site that no lab reads; the newest three stay, since people go back and forth. */
export function pruneSeeds(cache: string, site: string): void {
  if (!existsSync(cache)) return
  const seeds = readdirSync(cache).filter((name) => new RegExp(`^seed-${site}-[0-9a-f]{12}$`).test(name)).map((name) => join(cache, name))
  const byAge = seeds.sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)
  for (const seed of byAge.slice(3)) if (!isUsed(seed)) rmSync(seed, { recursive: true })
}

function isUsed(seed: string): boolean {
  const users = join(seed, 'users')
  return existsSync(users) && readdirSync(users).some((pid) => startTimeOf(Number(pid)) === readFileSync(join(users, pid), 'utf8'))
}
