import type { Float } from '../../../value/float.ts'
import type { ScriptProbe } from '../../../remote/probe.ts'
import { quote, quoteAll } from '../../../text/shell-quote.ts'
import type { JsonObject } from '../../../value/value.ts'
import { parseMountSizes, SIZE_FORMAT } from './mount-size.ts'

/** What a source says of mounts. */
export interface SourceText {
  readonly name: string
  /** Where its links lead. */
  readonly real: string
  readonly text: string
  /** It was not asked for, and counts only where no file tells what is mounted. */
  readonly isFallback: boolean
}

/** Begins what a source says: ASCII's record separator, which no table holds. */
const MARK = '\u001e'

export function sourcesProbe(sources: readonly string[], program: string | undefined): ScriptProbe<readonly SourceText[]> {
  const files = sources.filter((source) => source !== 'mount')
  const runsProgram = program !== undefined
  return {
    kind: 'script',
    key: `mounts:${JSON.stringify([sources, program])}`,
    script: [
      ...files.map((file) => `f=${quote(file)}; if [ -f "$f" ]; then printf '\\036%s\\n%s\\n' "$f" "$(readlink -f "$f" || echo "$f")"; cat "$f"; fi`),
      ...runsProgram ? [`printf '\\036mount\\nmount\\n'; ${quote(program)}`] : [],
      ':',
    ].join('\n'),
    readsPaths: files,
    parse: ({ stdout }) => stdout.toString('utf8').split(MARK).slice(1).map((part) => {
      const [name = '', real = '', ...lines] = part.split('\n')
      return { name, real: real.replace(/^\/proc\/\d+\//, '/proc/self/'), text: lines.join('\n'), isFallback: name === 'mount' && !sources.includes('mount') }
    }).sort((one, other) => sources.indexOf(one.name) - sources.indexOf(other.name)),
  }
}

export interface MountDetails {
  readonly sizes: ReadonlyMap<string, JsonObject>
  /** Mount points that did not answer in time. */
  readonly late: ReadonlySet<string>
  /** By device. */
  readonly uuids: ReadonlyMap<string, string>
}

/** Sizes of mounts, and the UUIDs of devices. */
export function detailsProbe(points: readonly string[], timeout: number | Float | undefined): ScriptProbe<MountDetails> {
  const ask = `stat -f -c '${SIZE_FORMAT}'`
  const sizes = timeout === undefined
    ? points.length === 0 ? [] : [`${ask} ${quoteAll(points)} 2>/dev/null`]
    : points.map((point) => `timeout ${Number(timeout)} ${ask} ${quote(point)} 2>/dev/null; [ $? -ne 124 ] || echo late ${quote(point)}`)
  return {
    kind: 'script',
    key: `mounts:details:${JSON.stringify([points, timeout === undefined ? null : Number(timeout)])}`,
    script: [
      ...sizes,
      `printf '\\036'`,
      'for f in /dev/disk/by-uuid/*; do if [ -L "$f" ]; then echo "$(readlink -f "$f") ${f##*/}"; fi; done',
      'if command -v lsblk >/dev/null; then lsblk --list --noheadings --paths --output NAME,UUID --exclude 2 2>/dev/null; fi',
      ':',
    ].join('\n'),
    parse: ({ stdout }) => {
      const [first = '', second = ''] = stdout.toString('utf8').split(MARK)
      const lines = first.split('\n')
      return {
        sizes: parseMountSizes(lines.filter((line) => /^\d/.test(line)).join('\n')),
        late: new Set(lines.filter((line) => line.startsWith('late ')).map((line) => line.slice('late '.length))),
        uuids: new Map(second.split('\n').map((line) => line.trim().split(/\s+/)).filter((words) => words.length === 2).map(([device = '', uuid = '']) => [device, uuid])),
      }
    },
  }
}
