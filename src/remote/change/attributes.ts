import { quote } from '../../text/shell-quote.ts'
import type { FileAttributes } from '../files.ts'

interface AttributeOptions {
  readonly recursive?: boolean
  readonly link?: boolean
}

/** Commands that give the words (already quoted) these attributes. */
export function attributeLines(words: string, attributes: FileAttributes, options: AttributeOptions = {}): readonly string[] {
  return [...accessLines(words, attributes, options), ...timeLines(words, attributes)]
}

/** Commands that set owner, group and mode. Owners come first: changing them takes setuid bits away. */
export function accessLines(words: string, attributes: FileAttributes, options: AttributeOptions = {}): readonly string[] {
  const recursive = options.recursive === true ? '-R ' : ''
  const lines: string[] = []
  const owner = ownerWord(attributes)
  if (owner !== undefined) lines.push(`chown ${recursive}${options.link === true ? '-h ' : ''}-- ${quote(owner)} ${words}`)
  // Links have no mode of their own.
  if (attributes.mode !== undefined && options.link !== true) lines.push(`chmod ${recursive}-- ${octal(attributes.mode)} ${words}`)
  return lines
}

/** Four digits or more, so that setuid and setgid bits of folders are cleared too where that is meant (GNU wants five for it). */
export function octal(mode: number): string {
  return mode.toString(8).padStart(5, '0')
}

/** `owner`, `owner:group` or `:group`, as chown takes it. */
export function ownerWord({ owner, group }: FileAttributes): string | undefined {
  if (group === undefined) return owner
  return `${owner ?? ''}:${group}`
}

/** Commands that set times. */
export function timeLines(words: string, { modified, accessed }: FileAttributes): readonly string[] {
  return [...(modified === undefined ? [] : [`touch -m -d @${modified} -- ${words}`]), ...(accessed === undefined ? [] : [`touch -a -d @${accessed} -- ${words}`])]
}
