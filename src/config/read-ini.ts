import type { Diagnostic, SourceFile, SourceRange } from '../diagnostics/types.ts'

export interface IniEntry {
  readonly section: string
  /** In lower case. */
  readonly key: string
  readonly value: string
  readonly range: SourceRange
}

export interface IniFile {
  readonly entries: readonly IniEntry[]
  readonly problems: readonly Diagnostic[]
}

/** An INI file as Python's configparser reads it for Ansible: `;` begins a comment after a blank too, indented lines go on with the value before. */
export function readIni(file: SourceFile): IniFile {
  const reader = new IniReader(file)
  let start = 0
  for (const raw of file.text.split('\n')) {
    reader.line(raw.replace(/\r$/, ''), start)
    start += raw.length + 1
  }
  return { entries: reader.entries, problems: reader.problems }
}

class IniReader {
  readonly entries: IniEntry[] = []
  readonly problems: Diagnostic[] = []
  readonly #file: SourceFile
  #section: string | undefined

  constructor(file: SourceFile) {
    this.#file = file
  }

  line(raw: string, start: number): void {
    const text = /^\s*[#;]/.test(raw) ? '' : raw.replace(/(^|\s);.*$/, '').trimEnd()
    if (text === '') return
    const range = { file: this.#file, start: start + text.length - text.trimStart().length, end: start + text.length }
    const [, section] = /^\[([^\]]+)\]/.exec(text) ?? []
    if (section !== undefined) this.#section = section
    else if (/^\s/.test(text) && this.entries.at(-1)?.section === this.#section) this.#goOn(text.trim(), range)
    else this.#entry(text.trim(), range)
  }

  #goOn(text: string, range: SourceRange): void {
    const last = this.entries.pop()
    if (last) this.entries.push({ ...last, value: `${last.value}\n${text}`, range: { ...last.range, end: range.end } })
  }

  #entry(text: string, range: SourceRange): void {
    const [, name, value] = /^([^=:]+?)\s*[=:]\s*(.*)$/.exec(text) ?? []
    if (name === undefined || value === undefined) this.#refuse('this is neither a section, nor a comment, nor key = value', range)
    else if (this.#section === undefined) this.#refuse('the file begins without a section such as [defaults]', range)
    else this.#add({ section: this.#section, key: name.toLowerCase(), value, range })
  }

  #add(entry: IniEntry): void {
    const isKnown = this.entries.some(({ section, key }) => section === entry.section && key === entry.key)
    if (isKnown) this.#refuse(`'${entry.key}' occurs twice in section '${entry.section}'`, entry.range)
    else this.entries.push(entry)
  }

  #refuse(reason: string, range: SourceRange): void {
    this.problems.push({ code: 'config-file', severity: 'error', summary: `Cannot read the config file: ${reason}`, range })
  }
}
