import { Composer, Parser, type Document } from 'yaml'
import type { Diagnostic, SourceFile } from '../diagnostics/types.ts'
import { indentQuoted } from './indent-quoted.ts'
import { NodeBuilder } from './node-builder.ts'
import type { YamlNode } from './node.ts'
import { Problems } from './problems.ts'
import { reportSyntaxErrors } from './syntax-errors.ts'

/** A parsed document; `value` is undefined when the document is empty or could not be read. */
export interface ParsedYaml {
  readonly value: YamlNode | undefined
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * Reads one YAML document as Ansible does: YAML 1.1 scalars, merge keys, !vault, !unsafe; text with template marks becomes `TemplateString`.
 * Syntax is package yaml's; under its failsafe schema all scalars stay text, and what they mean is decided here.
 */
export function parseYaml(file: SourceFile): ParsedYaml {
  const first = compose(file)
  if (!first.some(hasOpenQuote)) return built(file, first)
  const repaired = { ...file, text: indentQuoted(file.text) }
  return built(repaired, compose(repaired))
}

function hasOpenQuote({ errors }: ParsedDocument): boolean {
  return errors.some(({ code, message }) => code === 'MISSING_CHAR' && message.includes('quote'))
}

function built(file: SourceFile, [document, second]: readonly ParsedDocument[]): ParsedYaml {
  const problems = new Problems()
  if (second) reportSecondDocument(file, second, problems)
  if (!document) return { value: undefined, diagnostics: problems.diagnostics }
  reportSyntaxErrors(file, document, problems)
  const value = document.errors.length > 0 || !document.contents ? undefined : new NodeBuilder(file, problems).build(document.contents)
  return { value, diagnostics: problems.diagnostics }
}

type ParsedDocument = Document.Parsed

function compose(file: SourceFile): ParsedDocument[] {
  const composer = new Composer({ version: '1.1', schema: 'failsafe', uniqueKeys: false, merge: false, prettyErrors: false, logLevel: 'silent' })
  return [...composer.compose(new Parser().parse(file.text), false, file.text.length)] as ParsedDocument[]
}

function reportSecondDocument(file: SourceFile, document: ParsedDocument, problems: Problems): void {
  const start = file.text.lastIndexOf('---', document.contents?.range[0] ?? file.text.length)
  problems.error('yaml-several-documents', 'Cannot read the file: it holds more than one YAML document', {
    range: { file, start: Math.max(start, 0), end: Math.max(start, 0) + 3 },
    hint: "Remove the '---' line, or split the file",
  })
}
