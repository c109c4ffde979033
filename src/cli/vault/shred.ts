import { randomBytes } from 'node:crypto'
import { closeSync, fstatSync, fsyncSync, openSync, rmSync, writeSync } from 'node:fs'

const CHUNK = 1 << 20

/** Overwrites a file with noise and removes it. */
export function shredFile(path: string): void {
  const file = openSync(path, 'r+')
  try {
    overwrite(file)
  } finally {
    closeSync(file)
  }
  rmSync(path)
}

/** Overwrites the whole content of an open file with noise. */
export function overwrite(file: number): void {
  const { size } = fstatSync(file)
  for (let at = 0; at < size; at += CHUNK) writeSync(file, randomBytes(Math.min(CHUNK, size - at)), 0, undefined, at)
  fsyncSync(file)
}
