import { existsSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const source = dirname(dirname(fileURLToPath(import.meta.url)))
const checkout = dirname(dirname(source))

/** Where a lab's state and what it shares with other labs are kept. */
export interface LabPaths {
  /** test/lab of the checkout. */
  readonly source: string
  readonly cache: string
  /** The lab's own directory. */
  readonly lab: string
  readonly siteFile: string
}

/** Paths for `--site` (a name or a file) and `--dir`, with LAB_DIR and LAB_CACHE as defaults. */
export function labPaths(options: { readonly site?: string; readonly dir?: string }): LabPaths {
  const site = options.site ?? 'devops'
  const siteFile = existsSync(join(source, 'sites', `${site}.yml`)) ? join(source, 'sites', `${site}.yml`) : resolve(site)
  if (!existsSync(siteFile)) throw new Error(`Cannot find site ${site}: neither a name in ${join(source, 'sites')} nor a file`)
  const state = join(checkout, '.lab')
  return {
    source,
    cache: process.env.LAB_CACHE ?? join(state, 'cache'),
    lab: resolve(options.dir ?? process.env.LAB_DIR ?? join(state, basename(siteFile, '.yml'))),
    siteFile,
  }
}
