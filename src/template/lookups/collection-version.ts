import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { textOf } from '../../value/text.ts'
import type { Value } from '../../value/value.ts'
import { EvaluationError } from '../evaluation-error.ts'
import { expandHome } from '../../text/expand-home.ts'
import type { CallContext } from '../types.ts'

/** The version of each collection that is installed on the control host. */
export function collectionVersions(terms: readonly Value[], named: ReadonlyMap<string, Value>, context: CallContext): readonly Value[] {
  const absent = named.get('result_not_found') ?? null
  const unversioned = named.get('result_no_version') ?? '*'
  return terms.map((term) => {
    const name = textOf(term)
    if (!/^\w+\.\w+$/.test(name)) throw new EvaluationError('lookup-failed', `"${name}" is not a FQCN`)
    const folder = collectionRoots(context).map((root) => join(root, 'ansible_collections', ...name.split('.'))).find((path) => existsSync(path))
    return folder === undefined ? absent : versionIn(folder) ?? unversioned
  })
}

function collectionRoots(context: CallContext): string[] {
  const value = context.setting('COLLECTIONS_PATHS')?.value
  const configured = Array.isArray(value) ? value as unknown[] : typeof value === 'string' ? value.split(':') : []
  return [...context.basePaths.map((path) => join(path, 'collections')), ...configured.map((path) => expandHome(String(path))), '/usr/lib/python3/dist-packages']
}

/** From what Galaxy installed, or from the collection's own source. */
function versionIn(folder: string): string | undefined {
  const manifest = join(folder, 'MANIFEST.json')
  if (existsSync(manifest)) return versionOf(JSON.parse(readFileSync(manifest, 'utf8')))
  const galaxy = join(folder, 'galaxy.yml')
  return existsSync(galaxy) ? /^version:\s*["']?([^\s"'#]+)/m.exec(readFileSync(galaxy, 'utf8'))?.[1] : undefined
}

function versionOf(manifest: unknown): string | undefined {
  if (typeof manifest !== 'object' || manifest === null || !('collection_info' in manifest)) return undefined
  const { collection_info: info } = manifest
  return typeof info === 'object' && info !== null && 'version' in info ? String(info.version) : undefined
}
