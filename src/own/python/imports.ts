import { logicalLines } from './logical-lines.ts'

/** Something that a file imports, as far as it may have to travel with a module. */
export interface PythonImport {
  /** `ansible.module_utils.urls.fetch_url`: whether the last part is a module or something in one is not known. */
  readonly name: readonly string[]
  /** Not at the top level of the file: it may be missing. */
  readonly isOptional: boolean
}

/** A file of Python and how it is known to others. */
export interface PythonFile {
  /** `ansible.modules.ping`: what relative imports are relative to. */
  readonly name: readonly string[]
  /** It is the `__init__.py` of a package. */
  readonly isPackage: boolean
  readonly source: string
}

/** What a file imports from `ansible.module_utils` and from collections. */
export function importsOf(file: PythonFile): readonly PythonImport[] {
  if (!/module_utils|ansible_collections/.test(file.source) && !/^\s*from\s+\./m.test(file.source)) return []
  return logicalLines(file.source).flatMap(({ indent, text }) => text.split(';').flatMap((statement, index) => {
    const bare = statement.trim().replace(/^[^'"]*?:\s*(?=(?:import|from)\s)/, '')
    const isOptional = indent > 0 || index > 0 || bare !== statement.trim()
    return namesIn(bare, file).filter(mayTravel).map((name) => ({ name, isOptional }))
  }))
}

const PLAIN = /^import\s+(.+)$/
const FROM = /^from\s+([.\s]*)([\w.]*)\s+import\s*\(?([^)]*)\)?/

function namesIn(statement: string, file: PythonFile): readonly (readonly string[])[] {
  const plain = PLAIN.exec(statement)
  if (plain !== null) return listed(plain[1] ?? '').map((name) => name.split('.'))
  const from = FROM.exec(statement)
  if (from === null) return []
  const [, dots = '', module = '', names = ''] = from
  const base = [...above(file, dots.replaceAll(/\s/g, '').length), ...module.split('.').filter((part) => part !== '')]
  return listed(names).map((name) => [...base, name])
}

/** The package that an import with so many dots starts from; none for an absolute one. */
function above({ name, isPackage }: PythonFile, dots: number): readonly string[] {
  if (dots === 0) return []
  return name.slice(0, Math.max(0, name.length - dots + (isPackage ? 1 : 0)))
}

/** `a, b as c` */
function listed(text: string): readonly string[] {
  return text.split(',').map((part) => part.trim().split(/\s+/)[0] ?? '').filter((name) => name !== '')
}

function mayTravel(name: readonly string[]): boolean {
  if (name[0] === 'ansible') return name[1] === 'module_utils' && name.length > 2
  return name[0] === 'ansible_collections' && name[3] === 'plugins' && name[4] === 'module_utils' && name.length > 5
}
