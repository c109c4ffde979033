import { spawnSync } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
import { extname, resolve } from 'node:path'
import { expandHome, expandVariables } from '../text/expand-home.ts'
import { isVaultText } from './envelope.ts'
import type { Vault } from './vault.ts'
import { VaultError } from './vault-error.ts'

/** Exit status by which a client script says that it does not know the label. */
const UNKNOWN_LABEL = 2

/** A file with a password, or a program that prints one. */
export interface PasswordFile {
  /** As the user named it. */
  readonly name: string
  readonly path: string
  readonly label: string
  readonly isProgram: boolean
}

/** Looks whether the file can be used at all. */
export function findPasswordFile(name: string, label: string): PasswordFile {
  const path = resolve(expandVariables(expandHome(name)))
  const found = statSync(path, { throwIfNoEntry: false })
  if (found === undefined) throw new VaultError('bad-source', `The vault password file ${path} was not found`)
  if (found.isDirectory()) throw new VaultError('bad-source', `The vault password file provided '${path}' can not be a directory`)
  return { name, path, label, isProgram: (found.mode & 0o111) !== 0 }
}

/** The password; `vault` opens a password file that is itself encrypted. */
export function readPassword(file: PasswordFile, vault: Vault): Uint8Array {
  const password = file.isProgram ? runProgram(file) : readFile(file, vault)
  if (password.length === 0) {
    throw new VaultError('bad-source', `Invalid vault password was provided from ${file.isProgram ? 'script' : 'file'} (${file.path})`, 'It is empty')
  }
  return password
}

function readFile({ path }: PasswordFile, vault: Vault): Uint8Array {
  const content = withoutEnds(contentOf(path), /^\s+|\s+$/g)
  return isVaultText(content) ? withoutEnds(vault.decrypt(content), NEWLINES) : content
}

function contentOf(path: string): Buffer {
  try {
    return readFileSync(path)
  } catch (error) {
    throw new VaultError('bad-source', `Could not read vault password file ${path}: ${error instanceof Error ? error.message : String(error)}`)
  }
}

/** Standard input and error stay the terminal's, so that a program may ask; those of clients are told of when they fail. */
function runProgram(file: PasswordFile): Uint8Array {
  const isClient = isClientName(file.name)
  const args = isClient ? ['--vault-id', file.label] : []
  const { status, signal, stdout, stderr, error } = spawnSync(file.path, args, { stdio: [isClient ? 'ignore' : 'inherit', 'pipe', isClient ? 'pipe' : 'inherit'] })
  if (error !== undefined) {
    throw new VaultError('bad-source', `Problem running vault password script ${file.path} (${error.message})`, NO_SCRIPT)
  }
  if (status !== 0) throw programFailure(file, status ?? signal, isClient ? stderr.toString('utf8').trim() : '')
  return withoutEnds(stdout, NEWLINES)
}

function programFailure({ path, name, label }: PasswordFile, status: number | string | null, said: string): VaultError {
  const because = said === '' ? '' : `: ${said}`
  if (isClientName(name) && status === UNKNOWN_LABEL) return new VaultError('bad-source', `Vault password client script ${path} did not find a secret for vault-id=${label}${because}`)
  return new VaultError('bad-source', `Vault password script ${path} returned non-zero (${status})${because}`, NO_SCRIPT)
}

const NO_SCRIPT = 'If this is not a script, remove the executable bit from the file'

/** `keyring-client` or `keyring-client.py`: it understands --vault-id. */
function isClientName(name: string): boolean {
  const extension = extname(name)
  return name.slice(0, name.length - extension.length).endsWith('-client')
}

const NEWLINES = /^[\r\n]+|[\r\n]+$/g

function withoutEnds(bytes: Uint8Array, ends: RegExp): Uint8Array {
  return Buffer.from(Buffer.from(bytes).toString('latin1').replace(ends, ''), 'latin1')
}
