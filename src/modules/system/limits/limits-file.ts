import { ModuleFailure } from '../../../module/module.ts'
import { linesOf } from '../../files/edit/lines.ts'

/** What limits.conf can limit. */
export const LIMIT_ITEMS = [
  'core', 'data', 'fsize', 'memlock', 'nofile', 'rss', 'stack', 'cpu', 'nproc', 'as', 'maxlogins', 'maxsyslogins', 'priority', 'locks', 'sigpending', 'msgqueue', 'nice', 'rtprio', 'chroot',
] as const

export interface Limit {
  readonly domain: string
  readonly limit_type: string
  readonly limit_item: string
  readonly value: string
  readonly use_min: boolean
  readonly use_max: boolean
  readonly comment: string
  readonly dest: string
}

/** A file that holds the limit, and the line that does. */
export function withLimit(limit: Limit, text: string): { readonly text: string, readonly line: string } {
  refuseBad(limit.limit_item, limit.value, '')
  const lines = linesOf(text)
  const places = lines.flatMap((line, index) => {
    const entry = entryIn(line)
    if (entry === undefined) return []
    refuseBad(entry.item, entry.value, `Invalid configuration found in '${limit.dest}'.`)
    return entry.domain === limit.domain && entry.type === limit.limit_type && entry.item === limit.limit_item ? [index] : []
  })
  if (places.length === 0) {
    const added = lineOf(limit, limit.value, commentAbove(lines, lines.length))
    return { text: text + (text === '' || text.endsWith('\n') ? '' : '\n') + added, line: added }
  }
  const edited = lines.map((line, index) => places.includes(index) ? editedLine(limit, line, commentAbove(lines, index + 1)) : line)
  return { text: edited.join(''), line: edited[places.at(-1) ?? 0] ?? '' }
}

interface Entry {
  readonly domain: string
  readonly type: string
  readonly item: string
  readonly value: string
}

function entryIn(line: string): Entry | undefined {
  const words = line.replace(/#.*/s, '').trim().split(/\s+/)
  const [domain = '', type = '', item = '', value = ''] = words
  return words.length === 4 ? { domain, type, item, value } : undefined
}

function editedLine(limit: Limit, line: string, comment: string): string {
  const { value: present } = entryIn(line) ?? { value: '' }
  const value = present === limit.value ? present : chosenValue(limit, present)
  return value === present ? line : lineOf(limit, value, comment)
}

/** As Ansible has it: without a comment of its own, a new line takes over the first one that stands behind an entry above it. */
function commentAbove(lines: readonly string[], end: number): string {
  return lines.slice(0, end).filter((line) => !line.startsWith('#')).flatMap((line) => /#([^\n]*)/.exec(line)?.[1] ?? [])[0] ?? ''
}

function lineOf({ domain, limit_type: type, limit_item: item, comment }: Limit, value: string, above: string): string {
  const shown = comment === '' ? above : comment
  return `${domain}\t${type}\t${item}\t${value}${shown === '' ? '' : `\t#${shown}`}\n`
}

function chosenValue({ limit_item: item, value, use_max: max, use_min: min }: Limit, present: string): string {
  if (!max && !min) return value
  const numberOf = (text: string): number => !isNiceness(item) && NO_LIMIT.includes(text) ? Number.POSITIVE_INFINITY : Number(text)
  const [wantedNumber, presentNumber] = [numberOf(value), numberOf(present)]
  return (max ? presentNumber >= wantedNumber : presentNumber <= wantedNumber) ? present : value
}

const NO_LIMIT = ['unlimited', 'infinity', '-1']

function isNiceness(item: string): boolean {
  return item === 'nice' || item === 'priority'
}

function refuseBad(item: string, value: string, prefix: string): void {
  const shown = `${prefix} Value of '${value}' for item '${item}' is invalid.`
  if (isNiceness(item)) {
    if (!/^[-+]?\d+$/.test(value) || Math.abs(Number(value) + 0.5) > 19.5) throw new ModuleFailure(`${shown} Value must be a number in the range -20 to 19 inclusive.`)
  } else if (!NO_LIMIT.includes(value) && !/^\d+$/.test(value)) {
    throw new ModuleFailure(`${shown} Value must either be 'unlimited', 'infinity' or -1, all of which indicate no limit, or a limit of 0 or larger.`)
  }
}
