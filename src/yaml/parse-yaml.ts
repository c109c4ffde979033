import type { Diagnostic, SourceFile } from '../diagnostics/types.ts'
import { expectEnd, readBlockNode } from './block.ts'
import type { YamlNode } from './node.ts'
import { Problems } from './problems.ts'
import { Reader, YamlSyntaxError } from './reader.ts'

/** A parsed document; `value` is undefined when the document is empty or could not be read. */
export interface ParsedYaml {
  readonly value: YamlNode | undefined
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * Reads one YAML document as Ansible does: YAML 1.1 scalars, merge keys, !vault, !unsafe; text with template marks becomes `TemplateString`.
 * A reader of our own, since reading 100 tasks takes the `yaml` package 60 ms in a fresh process.
 */
export function parseYaml(file: SourceFile): ParsedYaml {
  const problems = new Problems()
  const { start, end, next } = documentBounds(file.text)
  if (next !== undefined) {
    problems.error('yaml-several-documents', 'Cannot read the file: it holds more than one YAML document', {
      range: { file, start: next, end: next + 3 },
      hint: "Remove the '---' line, or split the file",
    })
  }
  const reader = new Reader(file, start, end)
  const value = readDocument(reader, problems)
  problems.addAll(reader.problems.diagnostics)
  return { value, diagnostics: problems.diagnostics }
}

function readDocument(reader: Reader, problems: Problems): YamlNode | undefined {
  try {
    reader.skipToToken()
    if (reader.atEnd) return undefined
    const node = readBlockNode(reader, { parent: -1, collections: true })
    expectEnd(reader)
    return node
  } catch (error) {
    if (!(error instanceof YamlSyntaxError)) throw error
    const start = Math.min(error.start, reader.file.text.length)
    problems.error('yaml-syntax', error.message, { range: reader.range(start, start + 1), hint: error.hint })
    return undefined
  }
}

interface Bounds {
  readonly start: number
  readonly end: number
  /** Where a second document starts, if there is one. */
  readonly next: number | undefined
}

/** `---` and `...` at the start of a line separate documents, wherever they stand. */
function documentBounds(text: string): Bounds {
  const bom = text.startsWith('\uFEFF') ? 1 : 0
  const marks = documentMarks(text, bom)
  const first = marks[0]
  if (first === undefined) return { start: bom, end: text.length, next: undefined }
  const opens = text.startsWith('---', first) && onlyCommentsAndDirectives(text.slice(bom, first))
  const start = opens ? first + 3 : bom
  const closing = opens ? marks.slice(1) : marks
  const end = closing[0] ?? text.length
  return { start, end, next: closing.find((mark) => startsDocument(text, mark)) }
}

function documentMarks(text: string, bom: number): number[] {
  const marks: number[] = []
  if (!text.includes('---') && !text.includes('...')) return marks
  MARK.lastIndex = bom
  for (let match = MARK.exec(text); match !== null; match = MARK.exec(text)) marks.push(match.index)
  return marks
}

const MARK = /^(?:---|\.\.\.)(?=\s|$)/gm

function onlyCommentsAndDirectives(text: string): boolean {
  return text.split('\n').every((line) => /^\s*(?:[#%].*)?$/.test(line))
}

/** A trailing `---` with nothing but comments behind it is no document. */
function startsDocument(text: string, mark: number): boolean {
  if (!text.startsWith('---', mark)) return false
  return text.slice(mark + 3).split('\n').some((line) => !/^(?:---|\.\.\.)?\s*(?:#.*)?$/.test(line))
}
