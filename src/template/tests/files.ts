import { existsSync, lstatSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { VaultString } from '../../value/vault-string.ts'
import { textOf } from '../../value/text.ts'
import type { Value } from '../../value/value.ts'
import { required } from '../arguments.ts'
import { expandHome } from '../../text/expand-home.ts'
import type { Test } from '../types.ts'

const pathOf = (value: Value | undefined): string => expandHome(textOf(value ?? null))
const isFile: Test = ([path]) => statSync(pathOf(path), { throwIfNoEntry: false })?.isFile() === true
const isDirectory: Test = ([path]) => statSync(pathOf(path), { throwIfNoEntry: false })?.isDirectory() === true
const isLink: Test = ([path]) => lstatSync(pathOf(path), { throwIfNoEntry: false })?.isSymbolicLink() === true
const linkExists: Test = ([path]) => lstatSync(pathOf(path), { throwIfNoEntry: false }) !== undefined
const isMount: Test = ([path]) => isMountPoint(pathOf(path))
const isAbsolute: Test = ([path]) => pathOf(path).startsWith('/')
const sameFile: Test = ([left, right]) => realpathSync(pathOf(left)) === realpathSync(pathOf(required(right, 'other')))

/** Tests of files on the control host and of paths. */
export const FILE_TESTS: readonly (readonly [string, Test])[] = [
  ['file', isFile], ['is_file', isFile],
  ['directory', isDirectory], ['is_dir', isDirectory],
  ['link', isLink], ['is_link', isLink],
  ['exists', ([path]) => existsSync(pathOf(path))],
  ['link_exists', linkExists],
  ['mount', isMount], ['is_mount', isMount],
  ['abs', isAbsolute], ['is_abs', isAbsolute],
  ['same_file', sameFile], ['is_same_file', sameFile],
  ['vault_encrypted', ([value]) => value instanceof VaultString],
  ['vaulted_file', ([path]) => readFileSync(pathOf(path)).subarray(0, 14).toString('latin1') === '$ANSIBLE_VAULT'],
]

function isMountPoint(path: string): boolean {
  const own = lstatSync(path, { throwIfNoEntry: false })
  if (own === undefined || own.isSymbolicLink()) return false
  const parent = lstatSync(dirname(resolve(path)))
  return own.dev !== parent.dev || own.ino === parent.ino
}
