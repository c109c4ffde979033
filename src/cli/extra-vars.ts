import { readFileSync } from 'node:fs'
import { DiagnosticError } from '../diagnostics/diagnostic-error.ts'
import type { SourceFile } from '../diagnostics/types.ts'
import { takeKeyValues } from '../playbook/split-arguments.ts'
import { isTemplate, TemplateString } from '../value/template-string.ts'
import type { Dict, Value } from '../value/value.ts'
import { parseYaml } from '../yaml/parse-yaml.ts'
import { valueOf } from '../yaml/value-of.ts'

/** The variables of all `-e` options, later ones winning. Text of theirs may hold templates, as in any source. */
export function parseExtraVars(options: readonly string[]): Dict {
  const variables: Dict = new Map()
  for (const option of options) for (const [name, value] of parseOption(option)) variables.set(name, value)
  return variables
}

function parseOption(option: string): Dict {
  if (option.startsWith('@')) return parseDocument(readSource(option.slice(1)))
  const file = { path: '<--extra-vars>', text: option }
  return /^\s*[{[]/.test(option) ? parseDocument(file) : parsePairs(file)
}

function readSource(path: string): SourceFile {
  try {
    return { path, text: readFileSync(path, 'utf8') }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new DiagnosticError([{ code: 'unreadable-file', severity: 'error', summary: `Cannot read extra vars from '${path}': ${reason}` }])
  }
}

function parseDocument(file: SourceFile): Dict {
  const { value: node, diagnostics } = parseYaml(file)
  if (diagnostics.some(({ severity }) => severity === 'error')) throw new DiagnosticError(diagnostics)
  const value = node ? valueOf(node) : new Map<Value, Value>()
  if (value instanceof Map) return value
  throw new DiagnosticError([{ code: 'extra-vars', severity: 'error', summary: `Cannot use ${file.path} as extra vars: it is not a dict of names and values` }])
}

function parsePairs(file: SourceFile): Dict {
  const { pairs, rest } = takeKeyValues(file.text)
  if (rest) {
    throw new DiagnosticError([{
      code: 'extra-vars', severity: 'error', summary: `Cannot read the extra vars: '${rest.text}' is not of the form name=value`,
      range: { file, start: rest.start, end: rest.start + rest.text.length }, hint: 'Put quotes around values with spaces: -e \'motd="two words"\'',
    }])
  }
  return new Map(pairs.map(({ key, value }) => [key, textValue(file, value)]))
}

function textValue(file: SourceFile, { text, start }: { readonly text: string, readonly start: number }): Value {
  return isTemplate(text) ? new TemplateString(text, { file, start, end: start + text.length }) : text
}
