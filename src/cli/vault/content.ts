import {
  accessSync, chmodSync, chownSync, closeSync, constants, fstatSync, fsyncSync, openSync, readFileSync, realpathSync, renameSync, rmSync, statSync,
  writeSync, type Stats,
} from 'node:fs'
import { randomBytes } from 'node:crypto'
import { basename, dirname, join, resolve } from 'node:path'
import { VaultError } from '../../vault/vault-error.ts'
import { overwrite } from './shred.ts'

/** Standard input or output. */
export const STANDARD = '-'

/** The path behind links: they stay links when the file is written anew. */
export function realPath(path: string): string {
  if (path === STANDARD) return path
  try {
    return realpathSync(path)
  } catch {
    return resolve(path)
  }
}

/** A file's bytes, or those of standard input. */
export function readContent(path: string): Buffer {
  try {
    return readFileSync(path === STANDARD ? 0 : path)
  } catch (error) {
    throw new VaultError('bad-source', `Unable to read source file (${path}): ${error instanceof Error ? error.message : String(error)}`)
  }
}

/**
 * Writes a file in one step, with the mode and owner that it has; a new one is for its owner only. `shred` overwrites what was
 * there before, unless the old content has another name as well.
 */
export function writeContent(path: string, bytes: Uint8Array, { shred = false } = {}): void {
  if (path === STANDARD) {
    writeAll(1, bytes)
    return
  }
  requireWritable(dirname(path))
  const before = statSync(path, { throwIfNoEntry: false })
  const old = shred && before?.isFile() === true && before.nlink === 1 ? openSync(path, 'r+') : undefined
  try {
    replace(path, bytes, before)
    if (old !== undefined) overwrite(old)
  } finally {
    if (old !== undefined) closeSync(old)
  }
}

function requireWritable(folder: string): void {
  try {
    accessSync(folder, constants.W_OK)
  } catch {
    throw new VaultError('bad-source', `Destination '${folder}' not writable`)
  }
}

function replace(path: string, bytes: Uint8Array, before: Stats | undefined): void {
  const temporary = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}`)
  const file = openSync(temporary, 'wx', 0o600)
  try {
    try {
      writeAll(file, bytes)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    if (before !== undefined) keepAttributes(temporary, before)
    renameSync(temporary, path)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  }
}

function keepAttributes(path: string, { mode, uid, gid }: Stats): void {
  const own = statSync(path)
  if (own.uid !== uid || own.gid !== gid) chownSync(path, uid, gid)
  chmodSync(path, mode & 0o7777)
}

function writeAll(file: number, bytes: Uint8Array): void {
  let written = 0
  while (written < bytes.length) written += writeSome(file, bytes.subarray(written))
}

/** A pipe that is full for the moment is no error. */
function writeSome(file: number, bytes: Uint8Array): number {
  try {
    return writeSync(file, bytes)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EAGAIN' && !fstatSync(file).isFile()) return 0
    throw error
  }
}
