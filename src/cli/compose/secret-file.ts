import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { DiagnosticError } from '../../diagnostics/diagnostic-error.ts'
import { isExecutable } from '../../yaml/source-store.ts'

/** A password from a file, from what a program prints, or from standard input (`-`). */
export function readSecretFile(path: string): string {
  try {
    const text = path.endsWith('/-') ? readFileSync(0, 'utf8') : isExecutable(path) ? execFileSync(path, { encoding: 'utf8' }) : readFileSync(path, 'utf8')
    return text.replace(/\r?\n$/, '')
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new DiagnosticError([{ code: 'unreadable-file', severity: 'error', summary: `Cannot read the password file '${path}': ${reason}` }])
  }
}
