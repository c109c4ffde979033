import { quote } from '../../../text/shell-quote.ts'
import type { ArchiveFormat, ArchiveState } from './sources.ts'

/** The program that packs and, with `-dc`, unpacks a stream. */
export const PACKERS: Readonly<Record<Exclude<ArchiveFormat, 'zip'>, string>> = { gz: 'gzip', bz2: 'bzip2', xz: 'xz', zstd: 'zstd -q', tar: 'cat' }

type Compared = Pick<ArchiveState, 'dest' | 'root' | 'members' | 'archived' | 'isSingle'>

/** Prints the names in the archive, each behind `N`, and `SAME` when the files are as they are in it. */
export function comparisonScript(format: ArchiveFormat, { dest, root, isSingle, archived }: Compared): string {
  const file = quote(dest)
  if (format === 'zip') return zipScript(file, quote(root))
  const unpack = format === 'tar' ? `cat ${file}` : `${PACKERS[format]} -dc ${file} 2>/dev/null`
  if (isSingle) return `${unpack} | cmp -s - ${quote(archived[0] ?? '')} && echo SAME; :`
  return `export LC_ALL=C TAR_OPTIONS=--quoting-style=literal
${unpack} | tar -tf - 2>/dev/null | sed 's/^/N /'
d=$(${unpack} | tar -C ${quote(root)} -df - 2>&1) && [ -z "$d" ] && echo SAME; :`
}

/** A zip file knows nothing but contents, so these are what counts. */
function zipScript(file: string, root: string): string {
  return `command -v unzip >/dev/null || exit 0
unzip -Z1 ${file} 2>/dev/null | sed 's/^/N /'
cd ${root} || exit 0
unzip -Z1 ${file} 2>/dev/null | while IFS= read -r n; do
case $n in */) [ -d "$n" ] || { echo DIFFERS; break; } ;; *) n2=$(printf '%s' "$n" | sed 's/[][*?\\\\]/\\\\&/g'); unzip -p ${file} "$n2" 2>/dev/null | cmp -s - "$n" || { echo DIFFERS; break; } ;; esac
done | grep -q DIFFERS || echo SAME`
}
