/** What `ini_file` asks for. */
export interface IniEdit {
  /** Undefined: the options before the first section. */
  readonly section: string | undefined
  /** Undefined: the section itself. */
  readonly option: string | undefined
  readonly values: readonly string[]
  readonly present: boolean
  /** Other values of the option in the section go. */
  readonly exclusive: boolean
  readonly noExtraSpaces: boolean
  /** Leave an option alone that is there, whatever its value. */
  readonly ignoreSpaces: boolean
  readonly modifyInactive: boolean
}

/** The text with the option (or section) as wanted; comments, order and all other lines stay. */
export function editIni(text: string, edit: IniEdit): string {
  const lines = text === '' ? [] : text.replace(/\n$/, '').split('\n')
  const place = sectionPlace(lines, edit.section)
  const edited = edit.present ? withOption(lines, place, edit) : withoutOption(lines, place, edit)
  if (edited.length === lines.length && edited.every((line, index) => line === lines[index])) return text
  return edited.length === 0 ? '' : `${edited.join('\n')}\n`
}

/** Whether there is a section of this name. */
export function hasSection(text: string, section: string): boolean {
  return sectionPlace(text.split('\n'), section) !== undefined
}

interface Place {
  /** Index of the section's own line; -1 for what comes before the first section. */
  readonly head: number
  /** Index behind its last line. */
  readonly end: number
}

const SECTION = /^\s*\[(.*)\]\s*(?:[;#].*)?$/

function sectionPlace(lines: readonly string[], section: string | undefined): Place | undefined {
  const head = section === undefined ? -1 : lines.findIndex((line) => SECTION.exec(line)?.[1] === section)
  if (section !== undefined && head < 0) return undefined
  const next = lines.findIndex((line, index) => index > head && SECTION.test(line))
  return { head, end: next < 0 ? lines.length : next }
}

function withOption(lines: readonly string[], place: Place | undefined, edit: IniEdit): readonly string[] {
  const { option, section } = edit
  if (place === undefined) return [...lines, ...(section === undefined ? [] : [`[${section}]`]), ...(option === undefined ? [] : newLines(edit, option))]
  if (option === undefined) return lines
  const inside = lines.slice(place.head + 1, place.end)
  return [...lines.slice(0, place.head + 1), ...settled(inside, edit, option), ...lines.slice(place.end)]
}

/** Lines of the option take the wanted values in turn; values that are missing are added, surplus ones go where they must. */
function settled(inside: readonly string[], edit: IniEdit, option: string): readonly string[] {
  const wanted: readonly (string | undefined)[] = edit.values.length === 0 ? [undefined] : edit.values
  const there = inside.map((line) => parseOption(line, option, edit))
  const missing = wanted.filter((value) => !there.some((found) => found !== undefined && found.active && found.value === value))
  const kept = inside.flatMap((line, index) => {
    const found = there[index]
    if (found === undefined) return [line]
    if (found.active && wanted.includes(found.value)) return [edit.ignoreSpaces ? line : sameOr(line, found, edit)]
    if (!edit.exclusive && found.active) return [line]
    if (missing.length > 0) return [optionLine(option, missing.shift(), edit)]
    return found.active ? [] : [line]
  })
  return missing.length === 0 ? kept : inserted(kept, missing.map((value) => optionLine(option, value, edit)))
}

function newLines(edit: IniEdit, option: string): readonly string[] {
  return edit.values.length === 0 ? [optionLine(option, undefined, edit)] : edit.values.map((value) => optionLine(option, value, edit))
}

/** New options go to the end of a section, before the blank lines that set it apart from the next. */
function inserted(inside: readonly string[], added: readonly string[]): readonly string[] {
  const last = inside.findLastIndex((line) => line.trim() !== '')
  return inside.toSpliced(last + 1, 0, ...added)
}

interface FoundOption {
  readonly value: string | undefined
  /** False for one that is commented out. */
  readonly active: boolean
}

function parseOption(line: string, option: string, { modifyInactive }: IniEdit): FoundOption | undefined {
  const match = /^(\s*[#;]?\s*)([^=:#;\s][^=:]*?)\s*(?:[=:]\s*(.*?)\s*)?$/.exec(line)
  if (match === null || match[2] !== option) return undefined
  const active = !/[#;]/.test(match[1] ?? '')
  return active || modifyInactive ? { value: match[3], active } : undefined
}

function sameOr(line: string, { value }: FoundOption, edit: IniEdit): string {
  const wanted = optionLine(edit.option ?? '', value, edit)
  return line.trim() === wanted ? line : wanted
}

function optionLine(option: string, value: string | undefined, { noExtraSpaces }: IniEdit): string {
  if (value === undefined) return option
  return noExtraSpaces ? `${option}=${value}` : `${option} = ${value}`
}

function withoutOption(lines: readonly string[], place: Place | undefined, edit: IniEdit): readonly string[] {
  if (place === undefined) return lines
  const { option, values, exclusive } = edit
  if (option === undefined) return lines.toSpliced(Math.max(place.head, 0), place.end - Math.max(place.head, 0))
  return lines.filter((line, index) => {
    if (index <= place.head || index >= place.end) return true
    const found = parseOption(line, option, { ...edit, modifyInactive: false })
    return found === undefined || !(exclusive || values.includes(found.value ?? ''))
  })
}
