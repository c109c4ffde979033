import { contentProbe, listProbe, sha256Probe, statProbe, textProbe } from './file-probes.ts'
import type { FileEntry, FileStat, ListOptions } from './files.ts'
import { normalizePath } from './paths.ts'
import type { Probe } from './probe.ts'
import type { FileReads } from './remote.ts'

/** The questions about files of whatever answers probes: each is one. */
export abstract class ProbedFiles implements FileReads {
  /** Asks without changing anything. */
  abstract read<T>(probe: Probe<T>): Promise<T>

  stat(path: string): Promise<FileStat | undefined> {
    return this.read(statProbe(normalizePath(path), true))
  }

  lstat(path: string): Promise<FileStat | undefined> {
    return this.read(statProbe(normalizePath(path), false))
  }

  readFile(path: string): Promise<Buffer | undefined> {
    return this.read(contentProbe(normalizePath(path)))
  }

  readText(path: string): Promise<string | undefined> {
    return this.read(textProbe(normalizePath(path)))
  }

  sha256(path: string): Promise<string | undefined> {
    return this.read(sha256Probe(normalizePath(path)))
  }

  list(path: string, options: ListOptions = {}): Promise<readonly FileEntry[] | undefined> {
    return this.read(listProbe(normalizePath(path), options))
  }
}
