import { quote, quoteAll } from '../../../text/shell-quote.ts'
import { PACKERS } from './compare-archive.ts'
import type { ArchiveState, AskedArchive } from './sources.ts'

/** Packs what is named on stdin beside the archive, moves it into its place, and removes the sources where that is wanted. */
export function archiveScript({ format, remove }: AskedArchive, { dest, root, isSingle, archived, sources, isSame }: ArchiveState): string {
  const place = `t=${quote(`${dest}.tsplay-part`)}; rm -f "$t"; trap 'rm -f "$t"' EXIT`
  const make = isSingle && format !== 'zip' ? `${packer(format)} <${quote(archived[0] ?? '')} >"$t"` : format === 'zip' ? zipCommand(root) : tarCommand(format, root)
  // What is in the place already keeps its owner and mode.
  const put = `if [ -f ${quote(dest)} ]; then cat "$t" >${quote(dest)}; else mv "$t" ${quote(dest)}; fi`
  return [
    ...isSame ? [] : [place, `${make} || exit`, `${put} || exit`],
    ...remove && sources.length > 0 ? [`rm -rf -- ${quoteAll(sources)}`] : [],
  ].join('\n')
}

function tarCommand(format: Exclude<AskedArchive['format'], 'zip'>, root: string): string {
  // Only GNU's tar would take a name that begins with a dash for an option, unless zeros stand between.
  return `command -v ${PACKERS[format].split(' ')[0] ?? ''} >/dev/null || { echo 'Failed to find required executable' >&2; exit 127; }
n=; tar --version 2>/dev/null | grep -q GNU && n=--null
if [ -n "$n" ]; then tr '\\n' '\\0'; else cat; fi | { tar -C ${quote(root)} $n --no-recursion -cf - -T - || echo failed >"$t.failed"; } | ${packer(format)} >"$t"
if [ -e "$t.failed" ]; then rm -f "$t.failed"; false; fi`
}

function packer(format: Exclude<AskedArchive['format'], 'zip'>): string {
  return format === 'gz' ? 'gzip -n' : PACKERS[format]
}

function zipCommand(root: string): string {
  return `command -v zip >/dev/null || { echo 'Failed to find required executable "zip"' >&2; exit 127; }
(cd ${quote(root)} && zip -q -X - -@ >"$t")`
}
