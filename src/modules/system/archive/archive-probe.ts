import type { ScriptProbe } from '../../../remote/probe.ts'
import { quote, quoteAll } from '../../../text/shell-quote.ts'
import type { ArchivePlace } from './archive-source.ts'
import { tarDifferences } from './tar-differences.ts'
import { zipDifferences } from './zip-differences.ts'

/** What an archive holds, and how the folder differs from it. */
export interface ArchiveLook {
  readonly handler: string
  /** The folder as an absolute path. */
  readonly dest: string
  readonly files: readonly string[]
  readonly differences: readonly string[]
  /** Why it cannot be unpacked. */
  readonly problem?: string
}

export interface ArchiveChoice {
  readonly src: string
  readonly dest: string
  readonly exclude: readonly string[]
  readonly include: readonly string[]
  readonly extra_opts: readonly string[]
  readonly keep_newer: boolean
  readonly owner: string | undefined
  readonly group: string | undefined
  readonly mode?: unknown
}

/** Lists an archive and compares it with a folder. Lines of the answer begin with a letter that says what they are. */
export function archiveProbe(place: ArchivePlace, choice: ArchiveChoice): ScriptProbe<ArchiveLook> {
  const { src, dest, exclude, include, extra_opts: options, keep_newer: keeps, owner, group, mode } = choice
  return {
    kind: 'script',
    key: `archive:${JSON.stringify([place.key, dest, exclude, include, options, keeps, owner, group, mode])}`,
    script: `${place.script}
run() { p=$1; shift; { { { "$@"; echo "R$p $?" >&4; } | sed "s/^/$p /" >&4; } 2>&1 | sed "s/^/E$p /"; } 4>&1; }
stop() { printf '! %s\\n' "$1"; exit 0; }
[ -e "$src" ] || stop ${quote(`Source '${src}' does not exist`)}
[ -r "$src" ] || stop ${quote(`Source '${src}' not readable`)}
[ -s "$src" ] || stop ${quote(`Invalid archive '${src}', the file is 0 bytes`)}
dest=$(cd -- ${quote(dest)} 2>/dev/null && pwd) || stop ${quote(`Destination '${dest}' is not a directory`)}
echo "P $dest"
echo "U $(id -u)"
m=$(head -c 4 "$src" | od -An -tx1 | tr -d ' \\n')
echo "M $m"
export LC_ALL=C
case $m in
504b*)
${zipScript(choice)}
;; *)
${tarScript(choice)}
;; esac`,
    parse: ({ stdout }) => parse(stdout.toString('utf8'), choice),
    readsPaths: [dest, ...place.path === undefined ? [] : [place.path]],
  }
}

function tarScript({ extra_opts: options, exclude, include, keep_newer: keeps }: ArchiveChoice): string {
  const words = quoteAll([...options.length === 0 ? [] : ['--show-transformed-names', ...options], ...exclude.map((one) => `--exclude=${one.replace(/\/$/, '')}`)])
  return `t=$(command -v gtar || command -v tar) || stop "Unable to find required 'gtar' or 'tar' binary in the path"
echo "T $t"
case $("$t" --version 2>&1) in tar*GNU*) ;; *) stop "Command \\"$t\\" is not GNU tar, which is required." ;; esac
run F "$t" --list --quoting-style=literal ${words} -f "$src" ${quoteAll(include)}
run D "$t" --diff --quoting-style=literal -C "$dest" ${keeps ? '--keep-newer-files ' : ''}${words} -f "$src" ${quoteAll(include)}`
}

function zipScript({ exclude, include }: ArchiveChoice): string {
  const words = quoteAll([...include, ...exclude.length === 0 ? [] : ['-x', ...exclude]])
  return `t=$(command -v unzip) || stop "Unable to find required 'unzip' or 'zipinfo' binary in the path"
echo "T $t"
export LC_ALL=C.UTF-8
run F "$t" -Z -1 "$src" ${words}
run Z "$t" -Z -T -s "$src" ${words}
"$t" -Z -1 "$src" ${words} 2>/dev/null | tr '\\n' '\\0' | ( cd "$dest" && xargs -0 stat -c 'S %f %s %y %n' -- 2>/dev/null )
echo "A $("$t" -p "$src" ${words} 2>/dev/null | cksum)"
echo "B $("$t" -Z -1 "$src" ${words} 2>/dev/null | grep -v '/$' | tr '\\n' '\\0' | ( cd "$dest" && xargs -0 cat -- 2>/dev/null ) | cksum)"`
}

/** Answer lines by what they are. */
export type Answers = (kind: string) => readonly string[]

const HANDLERS: readonly (readonly [string, string])[] = [['504b', 'ZipArchive'], ['1f8b', 'TgzArchive'], ['425a', 'TarBzipArchive'], ['fd37', 'TarXzArchive'], ['28b5', 'TarZstdArchive']]

function parse(text: string, choice: ArchiveChoice): ArchiveLook {
  const lines = text.split('\n').map((line) => /^(\S+) (.*)$/s.exec(line))
  const answers: Answers = (kind) => lines.flatMap((line) => line?.[1] === kind ? [line[2] ?? ''] : [])
  const [magic = '', dest = choice.dest] = [answers('M')[0], answers('P')[0]]
  const handler = HANDLERS.find(([start]) => magic.startsWith(start))?.[1] ?? 'TarArchive'
  const files = answers('F').map((name) => name.replace(/^\/+/, ''))
  const problem = problemIn(answers, { files, src: choice.src })
  if (problem !== undefined) return { handler, dest, files: [], differences: [], problem }
  return { handler, dest, files, differences: handler === 'ZipArchive' ? zipDifferences(answers, choice) : tarDifferences(answers, choice) }
}

function problemIn(answers: Answers, { files, src }: { readonly files: readonly string[], readonly src: string }): string | undefined {
  const [said] = answers('!')
  const program = answers('T')[0] ?? ''
  const noHandler = (reason: string): string => `Failed to find handler for "${src}". Make sure the required command to extract the file is installed.\n${reason}`
  if (said !== undefined) return answers('M').length > 0 ? noHandler(said) : said
  if (answers('RF')[0] !== '0') return noHandler(`Command "${program}" could not handle archive: Unable to list files in the archive: ${answers('EF').join('\n')}`)
  return files.length === 0 ? noHandler(`Command "${program}" found no files in archive. Empty archive files are not supported.`) : undefined
}
