import { spawnSync } from 'node:child_process'
import { closeSync, fsyncSync, mkdtempSync, openSync, readdirSync, readFileSync, rmdirSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { VaultError } from '../../vault/vault-error.ts'
import { shredFile } from './shred.ts'

/** Lets the person edit a text in a file that nobody else can read, and that is overwritten and removed afterwards, whatever happens. */
export function editPrivately(content: Uint8Array, { name, editor }: { readonly name: string, readonly editor: string }): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'tsplay-vault-'))
  const path = join(folder, `edit${extname(name)}`)
  return whileUninterrupted(() => {
    try {
      writeNew(path, content)
      runEditor(editor, path)
      return readFileSync(path)
    } finally {
      // Editors leave copies.
      for (const left of readdirSync(folder)) shredFile(join(folder, left))
      rmdirSync(folder)
    }
  })
}

/** A signal must not end the process while there is a plain text on disk: the editor gets it too, and ends. */
function whileUninterrupted<Result>(run: () => Result): Result {
  const ignore = (): void => undefined
  for (const signal of SIGNALS) process.on(signal, ignore)
  try {
    return run()
  } finally {
    for (const signal of SIGNALS) process.off(signal, ignore)
  }
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

function writeNew(path: string, content: Uint8Array): void {
  const file = openSync(path, 'wx', 0o600)
  try {
    writeSync(file, content)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

/** By the shell, as everybody does: the setting may hold options and quotes. */
function runEditor(editor: string, path: string): void {
  const { status, signal, error } = spawnSync('/bin/sh', ['-c', `${editor} "$1"`, editor, path], { stdio: 'inherit' })
  if (error !== undefined) throw new VaultError('bad-source', `Unable to execute the command "${editor}": ${error.message}`)
  if (status !== 0) throw new VaultError('bad-source', `Nothing is saved: the editor '${editor}' ended with ${status ?? signal}`, 'Set EDITOR to the program to edit with')
}
