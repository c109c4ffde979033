/** A key without a value has null. */
type Section = ReadonlyMap<string, string | null>
type Sections = ReadonlyMap<string, Section>

export interface SectionOptions {
  /** For errors. */
  readonly file: string
  readonly caseSensitive: boolean
  /** Whether keys may go without a value. */
  readonly noValues: boolean
  /** Whether `%(name)s` is filled in. */
  readonly interpolation: boolean
}

/** What is wrong with an INI text. */
export class SectionsError extends Error {}

/** Sections of an INI text as Python's ConfigParser reads them, with what `[DEFAULT]` gives to all; throws SectionsError. */
export function parseSections(text: string, options: SectionOptions): Sections {
  const reader = new SectionReader(options)
  for (const line of text.split(/\r?\n/)) reader.line(line)
  return withDefaults(reader.sections, options.interpolation)
}

class SectionReader {
  readonly sections = new Map<string, Map<string, string | null>>()
  readonly #options: SectionOptions
  #section: Map<string, string | null> | undefined
  #name = ''
  #key: string | undefined

  constructor(options: SectionOptions) {
    this.#options = options
  }

  line(line: string): void {
    const [, header] = /^\[([^\]]+)\]/.exec(line) ?? []
    if (header !== undefined) this.#open(header)
    else if (/^\s*(?:[#;]|$)/.test(line)) this.#key = line.trim() === '' ? undefined : this.#key
    else if (/^\s/.test(line) && this.#key !== undefined) this.#continue(this.#key, line.trim())
    else this.#entry(line)
  }

  #open(name: string): void {
    if (name !== 'DEFAULT' && this.sections.has(name)) throw new SectionsError(`Duplicate section in '${this.#options.file}': section '${name}' already exists`)
    this.#section = this.sections.get(name) ?? new Map<string, string | null>()
    this.sections.set(name, this.#section)
    this.#name = name
    this.#key = undefined
  }

  #continue(key: string, text: string): void {
    this.#section?.set(key, `${this.#section.get(key) ?? ''}\n${text}`)
  }

  #entry(line: string): void {
    const [, name, value] = /^\s*([^=:]*?)\s*(?:[=:]\s*(.*))?$/.exec(line) ?? []
    if (name === undefined || name === '' || value === undefined && !this.#options.noValues) throw this.#failed(`Source contains parsing errors: ${line.trim()}`)
    this.#set(this.#options.caseSensitive ? name : name.toLowerCase(), value?.trimEnd() ?? null)
  }

  #set(key: string, value: string | null): void {
    if (this.#section === undefined) throw this.#failed('File contains no section headers')
    if (this.#section.has(key)) throw new SectionsError(`Duplicate option in '${this.#options.file}': option '${key}' in section '${this.#name}' already exists`)
    this.#key = key
    this.#section.set(key, value)
  }

  #failed(reason: string): SectionsError {
    return new SectionsError(`Cannot read ${this.#options.file}: ${reason}`)
  }
}

function withDefaults(sections: Sections, interpolation: boolean): Sections {
  const defaults = sections.get('DEFAULT') ?? new Map<string, string | null>()
  return new Map([...sections].filter(([name]) => name !== 'DEFAULT').map(([name, section]) => {
    const all = new Map([...defaults, ...section])
    return [name, interpolation ? new Map([...all].map(([key, value]) => [key, interpolate(value, all, 10)])) : all]
  }))
}

function interpolate(value: string | null, all: Section, depth: number): string | null {
  if (value === null || depth === 0 || !value.includes('%')) return value
  return value.replace(/%%|%\(([^)]+)\)s|%/g, (whole, name?: string) => {
    if (name === undefined && whole === '%') throw new SectionsError(`'%' must be followed by '%' or '(': ${value}`)
    if (name === undefined) return '%'
    const other = all.get(name) ?? all.get(name.toLowerCase())
    if (other === undefined) throw new SectionsError(`Bad value substitution: '${name}' is not there: ${value}`)
    return interpolate(other, all, depth - 1) ?? ''
  })
}
