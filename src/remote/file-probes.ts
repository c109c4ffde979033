import type { FileEntry, FileStat, ListOptions } from './files.ts'
import type { FileProbe } from './probe.ts'

/** The answer of each kind of file probe before `parse`. */
export interface FileAnswers {
  readonly stat: FileStat | undefined
  readonly content: Buffer | undefined
  readonly sha256: string | undefined
  readonly list: readonly FileEntry[] | undefined
}

/** What is at a path; `follow` looks through a symbolic link at its end. */
export function statProbe(path: string, follow: boolean): FileProbe<FileStat | undefined> {
  return { kind: 'stat', key: `${follow ? 'stat' : 'lstat'}:${path}`, path, follow, parse: (raw) => raw as FileAnswers['stat'] }
}

/** The bytes of a file; undefined when there is none. */
export function contentProbe(path: string, limit?: number): FileProbe<Buffer | undefined> {
  const key = limit === undefined ? `content:${path}` : `content<${limit}:${path}`
  return { kind: 'content', key, path, follow: true, ...(limit === undefined ? {} : { limit }), parse: (raw) => raw as FileAnswers['content'] }
}

/** A file as UTF-8 text; undefined when there is none. */
export function textProbe(path: string): FileProbe<string | undefined> {
  const probe = contentProbe(path)
  return { ...probe, parse: (raw) => probe.parse(raw)?.toString('utf8') }
}

/** The checksum of a file's bytes; undefined when there is none. */
export function sha256Probe(path: string): FileProbe<string | undefined> {
  return { kind: 'sha256', key: `sha256:${path}`, path, follow: true, parse: (raw) => raw as FileAnswers['sha256'] }
}

/** What is below a folder; undefined when there is no such folder. */
export function listProbe(path: string, { depth }: ListOptions = {}): FileProbe<readonly FileEntry[] | undefined> {
  const key = depth === undefined ? `list:${path}` : `list<${depth}:${path}`
  return { kind: 'list', key, path, follow: false, ...(depth === undefined ? {} : { depth }), parse: (raw) => raw as FileAnswers['list'] }
}
