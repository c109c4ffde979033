import { existsSync, readFileSync } from 'node:fs'
import { DiagnosticError } from '../diagnostics/diagnostic-error.ts'
import type { Diagnostic, SourceFile } from '../diagnostics/types.ts'
import { takeKeyValues } from '../playbook/split-arguments.ts'
import { PlacedMap, placeOf } from '../value/placed-map.ts'
import { isTemplate, TemplateString } from '../value/template-string.ts'
import type { Dict, Value } from '../value/value.ts'
import { isVaultText } from '../vault/envelope.ts'
import { VaultError } from '../vault/vault-error.ts'
import { parseYaml } from '../yaml/parse-yaml.ts'
import { placedVariables } from '../yaml/placed-variables.ts'

export interface ExtraVars {
  readonly variables: Dict
  readonly warnings: readonly Diagnostic[]
}

/** The variables of all `-e` options, later ones winning. Text of theirs may hold templates, as in any source. */
export function parseExtraVars(options: readonly string[], decrypt: Decrypt): ExtraVars {
  const variables = new PlacedMap()
  const warnings: Diagnostic[] = []
  for (const option of options) {
    const given = parseOption(option, { decrypt, warnings })
    for (const [name, value] of given) variables.place(name, value, placeOf(given, name))
  }
  return { variables, warnings }
}

type Decrypt = (encrypted: Buffer) => string

interface Reading {
  readonly decrypt: Decrypt
  readonly warnings: Diagnostic[]
}

function parseOption(option: string, { decrypt, warnings }: Reading): Dict {
  if (option.startsWith('@')) return parseDocument(readSource(option.slice(1), decrypt))
  const file = { path: '<--extra-vars>', text: option }
  return /^\s*[{[]/.test(option) ? parseDocument(file) : parsePairs(file, warnings)
}

function readSource(path: string, decrypt: Decrypt): SourceFile {
  try {
    const bytes = readFileSync(path)
    return isVaultText(bytes) ? { path, text: decrypt(bytes), secret: true } : { path, text: bytes.toString('utf8') }
  } catch (error) {
    if (error instanceof VaultError) throw vaultFailure(path, error)
    const reason = error instanceof Error ? error.message : String(error)
    throw new DiagnosticError([{ code: 'unreadable-file', severity: 'error', summary: `Cannot read extra vars from '${path}': ${reason}` }])
  }
}

function vaultFailure(path: string, { message, hint }: VaultError): DiagnosticError {
  return new DiagnosticError([{ code: 'vault', severity: 'error', summary: `Cannot decrypt extra vars of '${path}': ${message}`, ...hint !== undefined && { hint } }])
}

function parseDocument(file: SourceFile): Dict {
  const { value: node, diagnostics } = parseYaml(file)
  if (diagnostics.some(({ severity }) => severity === 'error')) throw new DiagnosticError(diagnostics)
  if (node === undefined) return new Map()
  if (node.kind === 'mapping') return placedVariables(node)
  throw new DiagnosticError([{ code: 'extra-vars', severity: 'error', summary: `Cannot use ${file.path} as extra vars: it is not a dict of names and values` }])
}

function parsePairs(file: SourceFile, warnings: Diagnostic[]): Dict {
  const { pairs, rest } = takeKeyValues(file.text)
  if (rest && pairs.length === 0 && !/^[/.]/.test(rest.text)) warnings.push(passedOver(file, rest.text))
  else if (rest) {
    throw new DiagnosticError([{
      code: 'extra-vars', severity: 'error', summary: `Cannot read the extra vars: '${rest.text}' is not of the form name=value`,
      range: { file, start: rest.start, end: rest.start + rest.text.length },
      hint: pairs.length === 0 ? `For the variables of a file: -e @${rest.text}` : 'Put quotes around values with spaces: -e \'motd="two words"\'',
    }])
  }
  return new Map(pairs.map(({ key, value }) => [key, textValue(file, value)]))
}

/** Ansible does so without a word. */
function passedOver(file: SourceFile, text: string): Diagnostic {
  const [, name, value] = /^([A-Za-z_]\w*):\s+(.*)$/s.exec(text.trim()) ?? []
  const isFile = /^[\w./-]+$/.test(text) && existsSync(text)
  const hint = isFile ? `For the variables of a file: -e @${text}` : name === undefined ? 'Write -e name=value' : `Write -e '${name}=${value ?? ''}' for text, or -e '{${name}: ${value ?? ''}}' for a value with its type`
  return { code: 'extra-vars', severity: 'warning', summary: `These extra vars set nothing: '${text}' is not of the form name=value`, range: { file, start: 0, end: file.text.length }, hint }
}

function textValue(file: SourceFile, { text, start }: { readonly text: string, readonly start: number }): Value {
  return isTemplate(text) ? new TemplateString(text, { file, start, end: start + text.length }) : text
}
