import type { FileType } from '../files.ts'

/** A name, and a link's target, as busybox's `%n<tab>%N` prints them: `%N` is the plain name, in quotes where a target follows. */
export interface ShownName {
  readonly path: string
  readonly target: string
}

/** Reads the name that is expected next; undefined when another one comes. `length` is what it took, with the newline behind it. */
export function readExpectedName(text: string, path: string, type: FileType): (ShownName & { readonly length: number }) | undefined {
  if (type !== 'link') {
    const length = `${path}\t${path}\n`.length
    return text.startsWith(`${path}\t${path}\n`) ? { path, target: '', length } : undefined
  }
  const shown = `${path}\t'${path}' -> '`
  if (!text.startsWith(shown)) return undefined
  const end = text.indexOf("'\n", shown.length)
  return { path, target: text.slice(shown.length, end), length: end + 2 }
}

/** Reads a name that is not known, from a text that holds nothing else; it may hold tabs and quotes. */
export function readName(text: string, type: FileType): ShownName {
  if (type !== 'link') return { path: text.slice(0, (text.length - 1) / 2), target: '' }
  for (let tab = text.indexOf('\t'); tab >= 0; tab = text.indexOf('\t', tab + 1)) {
    const path = text.slice(0, tab)
    const shown = `'${path}' -> '`
    if (text.startsWith(shown, tab + 1)) return { path, target: text.slice(tab + 1 + shown.length, -1) }
  }
  return { path: text, target: '' }
}
