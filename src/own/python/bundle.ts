import { createHash } from 'node:crypto'
import { candidatesOf, findUtility, type KnownUtility, type UtilitySources, type WantedUtility } from './find-utility.ts'
import { importsOf, type PythonFile } from './imports.ts'

/** A module with everything it imports, as it travels to hosts. */
export interface Bundle {
  /** Checksum of all its files and their names. */
  readonly id: string
  /** `ansible.modules.ping` */
  readonly module: string
  /** Checksums by path within the bundle. */
  readonly files: readonly (readonly [path: string, sum: string])[]
  /** Sources by checksum. */
  readonly sources: ReadonlyMap<string, string>
}

export interface BundleRequest {
  readonly name: readonly string[]
  readonly source: string
  /** Of the ansible-core that module_utils are of. */
  readonly version: string
  /** What the core loads by names that no import shows. */
  readonly always: readonly string[]
}

/** The module imports something that is not there. */
export class MissingImportError extends Error {
  readonly kind = 'missing-import'
}

/** Gathers a module and what it imports, directly and by what it imports. */
export function bundle(request: BundleRequest, sources: UtilitySources): Bundle {
  const { name, version } = request
  const gathered = new Map<string, PythonFile>()
  const add = (file: PythonFile): void => { gathered.set(file.name.join('.'), file) }
  add({ name: ['ansible'], isPackage: true, source: `${EXTENDED}__version__ = '${version}'\n__author__ = 'Ansible, Inc.'\n` })
  add({ name: ['ansible', 'module_utils'], isPackage: true, source: EXTENDED })
  const module: PythonFile = { name, isPackage: false, source: request.source }
  const waiting: Wanted[] = [
    ...importsOf(module).map(({ name: wanted, isOptional }) => ({ name: wanted, isAmbiguous: true, holdsRedirected: false, isOptional })),
    ...['ansible.module_utils.basic', ...request.always].map((always) => ({ name: always.split('.'), isAmbiguous: false, holdsRedirected: false, isOptional: false })),
  ]
  for (let wanted = waiting.shift(); wanted !== undefined; wanted = waiting.shift()) {
    if (gathered.has(wanted.name.join('.'))) continue
    const found = findUtility(wanted, sources)
    if (found === undefined) {
      if (!wanted.isOptional) throw new MissingImportError(missing(name, wanted))
    } else if (!gathered.has(found.name.join('.'))) {
      add(found)
      waiting.push(...wantedBy(found, wanted.isOptional))
    }
  }
  for (let length = 1; length < name.length; length++) if (!gathered.has(name.slice(0, length).join('.'))) add({ name: name.slice(0, length), isPackage: true, source: '' })
  add(module)
  return packed(name, [...gathered.values()])
}

/** More than one folder may make up these packages. */
const EXTENDED = 'from pkgutil import extend_path\n__path__ = extend_path(__path__, __name__)\n'

interface Wanted extends WantedUtility {
  readonly isOptional: boolean
}

function wantedBy(found: KnownUtility, isOptional: boolean): readonly Wanted[] {
  const imports = found.imports.map((wanted) => ({ ...wanted, isAmbiguous: true, holdsRedirected: false }))
  const packages = found.name.slice(0, -1).map((_part, index) => ({ name: found.name.slice(0, index + 1), isAmbiguous: false, holdsRedirected: found.isRedirected, isOptional }))
  return [...imports, ...packages]
}

/** Ansible's words. */
function missing(module: readonly string[], wanted: Wanted): string {
  return `Could not find imported module support code for ${module.join('.')}.  Looked for ([${candidatesOf(wanted).map((name) => `'${name.join('.')}'`).join(', ')}])`
}

function packed(module: readonly string[], files: readonly PythonFile[]): Bundle {
  const sources = new Map<string, string>()
  const list = files.map(({ name, isPackage, source }) => {
    const sum = checksum(source)
    sources.set(sum, source)
    return [`${name.join('/')}${isPackage ? '/__init__' : ''}.py`, sum] as const
  }).sort(([a], [b]) => a < b ? -1 : 1)
  return { id: checksum(JSON.stringify(list)), module: module.join('.'), files: list, sources }
}

function checksum(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
