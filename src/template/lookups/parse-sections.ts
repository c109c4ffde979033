type Sections = ReadonlyMap<string, ReadonlyMap<string, string>>

/** Sections of an INI text as Python's ConfigParser reads them, with what `[DEFAULT]` gives to all and `%(name)s` filled in. */
export function parseSections(text: string, { caseSensitive }: { readonly caseSensitive: boolean }): Sections {
  const reader = new SectionReader(caseSensitive)
  for (const line of text.split(/\r?\n/)) reader.line(line)
  return withDefaults(reader.sections)
}

class SectionReader {
  readonly sections = new Map<string, Map<string, string>>()
  readonly #caseSensitive: boolean
  #section: Map<string, string> | undefined
  #key: string | undefined

  constructor(caseSensitive: boolean) {
    this.#caseSensitive = caseSensitive
  }

  line(line: string): void {
    const [, header] = /^\[([^\]]+)\]/.exec(line) ?? []
    if (header !== undefined) this.#open(header)
    else if (line.trim() === '') this.#key = undefined
    else if (/^\s/.test(line) && this.#key !== undefined) this.#continue(this.#key, line.trim())
    else this.#entry(line)
  }

  #open(name: string): void {
    this.#section = this.sections.get(name) ?? new Map<string, string>()
    this.sections.set(name, this.#section)
    this.#key = undefined
  }

  #continue(key: string, text: string): void {
    this.#section?.set(key, `${this.#section.get(key) ?? ''}\n${text}`)
  }

  #entry(line: string): void {
    const [, name, value = ''] = /^([^\s=:#;][^=:]*?)\s*(?:[=:]\s*(.*))?$/.exec(line) ?? []
    if (name === undefined) return
    this.#key = this.#caseSensitive ? name : name.toLowerCase()
    this.#section?.set(this.#key, value.trimEnd())
  }
}

function withDefaults(sections: Sections): Sections {
  const defaults = sections.get('DEFAULT') ?? new Map<string, string>()
  return new Map([...sections].filter(([name]) => name !== 'DEFAULT').map(([name, section]) => {
    const all = new Map([...defaults, ...section])
    return [name, new Map([...all].map(([key, value]) => [key, interpolate(value, all, 10)]))]
  }))
}

function interpolate(value: string, all: ReadonlyMap<string, string>, depth: number): string {
  if (depth === 0 || !value.includes('%')) return value
  return value.replace(/%%|%\(([^)]+)\)s/g, (whole, name?: string) => {
    if (name === undefined) return '%'
    const other = all.get(name.toLowerCase())
    return other === undefined ? whole : interpolate(other, all, depth - 1)
  })
}
