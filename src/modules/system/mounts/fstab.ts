/** A line of /etc/fstab. */
export interface FstabEntry {
  readonly src: string
  readonly path: string
  readonly fstype: string
  readonly opts: string
  readonly dump: string
  readonly passno: string
}

/** Undefined for comments and what is no entry. */
function parseEntry(line: string): FstabEntry | undefined {
  const words = line.trim().split(/\s+/)
  const [src, path, fstype, opts = 'defaults', dump = '0', passno = '0'] = words.map(unescaped)
  if (src === undefined || src === '' || src.startsWith('#') || path === undefined || fstype === undefined) return undefined
  return { src, path, fstype, opts, dump, passno }
}

/** All entries of the file. */
export function entriesIn(text: string): readonly FstabEntry[] {
  return text.split('\n').map(parseEntry).filter((entry) => entry !== undefined)
}

/** The file with an entry in place of that of the same path (of the same source too, for swap), or without it. */
export function withEntry(text: string, entry: FstabEntry, state: 'present' | 'absent'): string {
  const lines = text === '' ? [] : text.replace(/\n$/, '').split('\n')
  const isOurs = (line: string) => isSamePlace(parseEntry(line), entry)
  if (state === 'absent') return joined(lines.filter((line) => !isOurs(line)))
  const at = lines.findIndex(isOurs)
  if (at < 0) return joined([...lines, printEntry(entry)])
  const same = JSON.stringify(parseEntry(lines[at] ?? '')) === JSON.stringify(entry)
  return same ? text : joined(lines.with(at, printEntry(entry)))
}

function isSamePlace(one: FstabEntry | undefined, entry: FstabEntry): boolean {
  if (one?.path !== entry.path) return false
  return one.path !== 'none' || one.src === entry.src
}

function printEntry({ src, path, fstype, opts, dump, passno }: FstabEntry): string {
  return [src, path, fstype, opts, dump, passno].map(escaped).join(' ')
}

/** Blanks in fstab and /proc/mounts are octal. */
export function unescaped(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)))
}

function escaped(text: string): string {
  return text.replace(/[ \t]/g, (blank) => blank === ' ' ? '\\040' : '\\011')
}

function joined(lines: readonly string[]): string {
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`
}
