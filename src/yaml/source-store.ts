import { accessSync, constants, existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { SourceFile, SourceRange } from '../diagnostics/types.ts'
import type { VaultString } from '../value/vault-string.ts'
import { isVaultText } from '../vault/envelope.ts'
import { VaultError } from '../vault/vault-error.ts'
import { noSecret } from '../vault/vault.ts'
import type { YamlNode } from './node.ts'
import { type ParsedYaml, parseYaml } from './parse-yaml.ts'
import type { Problems } from './problems.ts'

/** Reads source files once each; vault-encrypted ones are decrypted. Everything is synchronous: files are few and small. */
export class SourceStore {
  readonly #decrypt: ((ciphertext: VaultString | Buffer) => string) | undefined
  readonly #parsed = new Map<string, ParsedYaml>()

  constructor(decrypt?: (ciphertext: VaultString | Buffer) => string) {
    this.#decrypt = decrypt
  }

  /** The document of a YAML or JSON file; its problems are reported every time. */
  yaml(path: string, problems: Problems, range?: SourceRange): YamlNode | undefined {
    let parsed = this.#parsed.get(path)
    if (parsed === undefined) {
      const file = this.text(path, problems, range)
      if (file === undefined) return undefined
      parsed = parseYaml(file)
      this.#parsed.set(path, parsed)
    }
    problems.addAll(parsed.diagnostics)
    return parsed.value
  }

  /** A file's text, shown by its path from the working folder where that is shorter. */
  text(path: string, problems: Problems, range?: SourceRange): SourceFile | undefined {
    try {
      const bytes = readFileSync(path)
      if (isVaultText(bytes)) return { path: shownPath(path), text: this.#decryptFile(bytes), secret: true }
      return { path: shownPath(path), text: bytes.toString('utf8') }
    } catch (error) {
      if (error instanceof VaultError) problems.error('vault', `Cannot decrypt ${shownPath(path)}: ${error.message}`, { range, hint: error.hint })
      else problems.error('unreadable-file', `Cannot read ${shownPath(path)}: ${reason(error)}`, { range })
      return undefined
    }
  }

  #decryptFile(bytes: Buffer): string {
    if (this.#decrypt === undefined) throw noSecret()
    return this.#decrypt(bytes)
  }
}

export function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true
}

export function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
}

/** Whether this user may run it. */
export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** Names in a folder; none when it cannot be read. */
export function namesIn(folder: string): string[] {
  if (!existsSync(folder)) return []
  try {
    return readdirSync(folder).sort()
  } catch {
    return []
  }
}

/** Every file in a folder and its folders, in the order Ansible merges them: by name, hidden and backup files left out. */
export function filesBelow(folder: string): string[] {
  return namesIn(folder)
    .filter((name) => !name.startsWith('.') && !name.endsWith('~'))
    .flatMap((name) => {
      const path = join(folder, name)
      return isFolder(path) ? filesBelow(path) : [path]
    })
}

/** A path as the user would name it. */
export function shownPath(path: string): string {
  const short = relative(process.cwd(), path)
  return short !== '' && short.length < path.length && !short.startsWith('../../..') ? short : path
}

function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const code = 'code' in error ? error.code : undefined
  if (code === 'ENOENT') return 'there is no such file'
  if (code === 'EACCES') return 'permission denied'
  if (code === 'EISDIR') return 'it is a folder'
  return error.message
}
