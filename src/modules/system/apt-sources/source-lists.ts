import { ModuleFailure } from '../../../module/module.ts'

/** A file of sources. */
export interface SourceList {
  readonly path: string
  /** Where it is written: what a link leads to. */
  readonly target: string
  /** Null when there is no file. */
  readonly text: string | null
  /** Permissions of a new file. */
  readonly mode: number | null
}

export interface SourceChange {
  /** As `parseSource` gives it. */
  readonly line: string
  /** File of a new source. */
  readonly file: string
  readonly isWanted: boolean
  readonly mode: number
}

/** A source with single blanks and without a comment. Throws `ModuleFailure` for what is none, or is commented out. */
export function parseSource(text: string): string {
  const { source, isEnabled } = readLine(text)
  if (source === undefined || !isEnabled) throw new ModuleFailure(`Invalid repository string: ${text.trim()}`)
  return source
}

/** Name of the file for a source: from its address, without user and password. */
export function sourceFileName(source: string): string {
  const words = source.replace(/\[[^\]]+\]/g, '').replace(/\w+:\/\//g, '').split(/\s+/).filter((word) => word !== 'deb' && word !== 'deb-src' && word !== '')
  const address = (words[0] ?? '').replace(/^[^@]*@/, '')
  return `${address.replace(/[^a-zA-Z0-9]+/g, ' ').trim().replaceAll(' ', '_')}.list`
}

/** All files, with the source or without it. Where it stands commented out, it is made to count again. */
export function changedLists(lists: readonly SourceList[], change: SourceChange): readonly SourceList[] {
  if (!change.isWanted) return lists.map((list) => withoutSource(list, change.line))
  const isThere = lists.some(({ text }) => linesOf(text).some((line) => readLine(line).source === change.line))
  if (isThere) return lists.map((list) => enabled(list, change.line))
  return lists.map((list) => list.path === change.file ? { ...list, text: `${closed(list.text ?? '')}${change.line}\n`, mode: change.mode } : list)
}

interface SourceLine {
  readonly source: string | undefined
  readonly isEnabled: boolean
}

function readLine(line: string): SourceLine {
  const trimmed = line.trim()
  const isEnabled = !trimmed.startsWith('#')
  const words = trimmed.replace(/^#/, '').replace(/(?!^)#.*$/, '').trim().split(/\s+/)
  const isSource = words[0] === 'deb' || words[0] === 'deb-src'
  return { source: isSource ? words.join(' ') : undefined, isEnabled }
}

function withoutSource(list: SourceList, source: string): SourceList {
  const lines = linesOf(list.text)
  const kept = lines.filter((line) => { const read = readLine(line); return !(read.isEnabled && read.source === source) })
  if (kept.length === lines.length) return list
  return { ...list, text: kept.length === 0 ? null : kept.join('') }
}

function enabled(list: SourceList, source: string): SourceList {
  const lines = linesOf(list.text).map((line) => { const read = readLine(line); return read.source === source && !read.isEnabled ? line.replace(/^\s*#\s*/, '') : line })
  return list.text === null ? list : { ...list, text: lines.join('') }
}

function linesOf(text: string | null): readonly string[] {
  return (text ?? '').match(/[^\n]*\n|[^\n]+$/g) ?? []
}

function closed(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`
}
