import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { parseAllDocuments } from 'yaml'

/** Every document of every YAML file in a folder of cases. */
export function readCases<T extends { readonly name: string }>(folder: string): readonly T[] {
  return readdirSync(folder).filter((name) => name.endsWith('.yml')).sort().flatMap((name) => {
    const documents = parseAllDocuments(readFileSync(join(folder, name), 'utf8'))
    return [...documents].map((document) => {
      if (document.errors[0]) throw new Error(`${name}: ${document.errors[0].message}`)
      return document.toJS() as T
    })
  })
}

/** Writes files into a new folder, hands it over, and removes it. */
export async function inFolder<T>(files: Readonly<Record<string, string>>, use: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'tsplay-test-'))
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), text, { mode: text.startsWith('#!') ? 0o755 : 0o644 })
    }
    return await use(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
