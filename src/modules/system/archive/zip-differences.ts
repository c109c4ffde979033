import type { Answers, ArchiveChoice } from './archive-probe.ts'

/** How files differ from those of a zip, by `zipinfo -T -s` and `stat`. */
export function zipDifferences(answers: Answers, choice: ArchiveChoice): readonly string[] {
  const found = new Map(answers('S').flatMap((line) => { const file = readStat(line); return file === undefined ? [] : [[file.name, file] as const] }))
  const entries = answers('Z').flatMap((line) => { const entry = readEntry(line); return entry === undefined ? [] : [entry] })
  const differences = entries.flatMap((entry) => { const how = difference(entry, found.get(entry.name), choice); return how === undefined ? [] : [`${entry.name}: ${how}`] })
  if (differences.length > 0 || choice.keep_newer || entries.some(({ type }) => type === 'l')) return differences
  return answers('A')[0] === answers('B')[0] ? [] : [`${choice.dest}: Contents differ`]
}

interface ZipEntry {
  readonly name: string
  readonly type: string
  readonly mode: number
  readonly size: number
  /** `20170511.153000`, on the host's calendar. */
  readonly time: string
}

/** `-rw-r--r--  3.0 unx  4 tx stor 20170511.153000 NAME`; anything else is a heading. */
function readEntry(line: string): ZipEntry | undefined {
  const [, permissions = '', size, time = '', name] = /^([dl?-][rwxstahST-]{6,9})\s+\S+\s+\S+\s+(\d+)\s+\S+\s+\S+\s+(\d{8}\.\d{6})\s(.*)$/.exec(line) ?? []
  if (name === undefined) return undefined
  const type = name.endsWith('/') ? 'd' : permissions.startsWith('l') ? 'l' : '-'
  return { name, type, mode: modeOf(permissions.slice(1), type), size: Number(size), time }
}

/** DOS knows only whether something may be written and run; the rest comes from the umask. */
function modeOf(letters: string, type: string): number {
  if (letters.length < 9) return type === 'd' || letters.startsWith('rwx') ? 0o755 : 0o644
  return [...letters].reduce((mode, letter) => (mode << 1) | (letter === '-' || letter === 'S' || letter === 'T' ? 0 : 1), 0)
}

interface FoundFile {
  readonly name: string
  readonly type: string
  readonly mode: number
  readonly size: number
  readonly time: string
}

function readStat(line: string): FoundFile | undefined {
  const [, hex = '', size, date = '', clock = '', name] = /^([0-9a-f]+) (\d+) ([\d-]+) ([\d:]+)\S*(?: [+-]\d{4})? (.*)$/.exec(line) ?? []
  if (name === undefined) return undefined
  const bits = Number.parseInt(hex, 16)
  const type = { 0o040000: 'd', 0o120000: 'l', 0o100000: '-' }[bits & 0o170000] ?? '?'
  return { name, type, mode: bits & 0o7777, size: Number(size), time: `${date.replaceAll('-', '')}.${clock.replaceAll(':', '')}` }
}

function difference(entry: ZipEntry, found: FoundFile | undefined, { mode, keep_newer: keeps }: ArchiveChoice): string | undefined {
  if (found === undefined) return 'No such file or directory'
  if (found.type !== entry.type) return 'File type differs'
  if (entry.type === 'l') return undefined
  const content = entry.type === '-' ? fileDifference(entry, found, keeps) : undefined
  if (content !== undefined) return content === '' ? undefined : content
  return (mode ?? null) !== null || found.mode === entry.mode ? undefined : 'Mode differs'
}

/** Empty for a newer file that is to be left alone. */
function fileDifference(entry: ZipEntry, found: FoundFile, keepsNewer: boolean): string | undefined {
  if (keepsNewer && found.time > entry.time) return ''
  if (found.size !== entry.size) return 'Size differs'
  return found.time === entry.time ? undefined : 'Mod time differs'
}
