import { quote, quoteAll } from '../../../text/shell-quote.ts'
import type { ArchiveChoice, ArchiveLook } from './archive-probe.ts'
import type { ArchivePlace } from './archive-source.ts'

/** Shell source that unpacks an archive. */
export function unpackScript({ handler, dest }: ArchiveLook, place: ArchivePlace, choice: ArchiveChoice): string {
  const { extra_opts: options, exclude, include, keep_newer: keeps } = choice
  if (handler === 'ZipArchive') {
    const words = quoteAll([...include, ...exclude.length === 0 ? [] : ['-x', ...exclude], '-d', dest])
    return `${place.script}\nLC_ALL=C.UTF-8 unzip -o ${keeps ? '-u ' : ''}${quoteAll(options)} "$src" ${words}`
  }
  const words = quoteAll([...options.length === 0 ? [] : ['--show-transformed-names', ...options], ...exclude.map((one) => `--exclude=${one.replace(/\/$/, '')}`)])
  return `${place.script}\nt=$(command -v gtar || command -v tar)\nLC_ALL=C "$t" --extract -C ${quote(dest)} ${keeps ? '--keep-newer-files ' : ''}${words} -f "$src" ${quoteAll(include)}`
}
