/** What a task wants of a crontab. */
export interface WantedCron {
  readonly name: string
  readonly state: 'present' | 'absent'
  readonly job: string | undefined
  readonly user: string | undefined
  /** `cron_file` as it was given. */
  readonly fileName: string
  /** Absolute path of a crontab with a user column; undefined is the user's own crontab. */
  readonly file: string | undefined
  readonly minute: string
  readonly hour: string
  readonly day: string
  readonly month: string
  readonly weekday: string
  readonly special_time: string | undefined
  readonly disabled: boolean
  /** It is a variable rather than a job. */
  readonly env: boolean
  readonly insertafter: string | undefined
  readonly insertbefore: string | undefined
  readonly backup: boolean
}

/** Each job's line follows a line of its own: `#Ansible: NAME`. */
const MARKER = '#Ansible: '

/** The text of a crontab as wanted. */
export function editCrontab(wanted: WantedCron, text: string): string {
  const lines = text === '' ? [] : text.replace(/\n$/, '').split('\n')
  const edited = wanted.env ? editVariable(wanted, lines) : editJob(wanted, lines)
  return edited.length === 0 ? '' : `${edited.join('\n')}\n`
}

/** The line of a job. */
function jobLine(wanted: WantedCron): string {
  const { special_time: special, minute, hour, day, month, weekday } = wanted
  const time = special === undefined ? [minute, hour, day, month, weekday] : [`@${special}`]
  const words = [...time, ...wanted.file === undefined ? [] : [wanted.user ?? 'root'], (wanted.job ?? '').replace(/^[\r\n]+|[\r\n]+$/g, '')]
  return `${wanted.disabled ? '#' : ''}${words.join(' ')}`
}

/** Names of jobs, and of variables, in a crontab. */
export function crontabNames(text: string): { readonly jobs: readonly string[], readonly envs: readonly string[] } {
  const lines = text.split('\n')
  return {
    jobs: lines.filter((line) => line.startsWith(MARKER)).map((line) => line.slice(MARKER.length)),
    envs: lines.flatMap((line) => /^(\S+)=/.exec(line)?.[1] ?? []),
  }
}

function editJob(wanted: WantedCron, lines: readonly string[]): readonly string[] {
  const at = lines.indexOf(MARKER + wanted.name)
  if (wanted.state === 'absent') return at < 0 ? lines : without(lines, at)
  const pair = [MARKER + wanted.name, jobLine(wanted)]
  if (at >= 0) return [...lines.slice(0, at), ...pair, ...lines.slice(at + 2)]
  const same = lines.indexOf(jobLine(wanted))
  return same < 0 ? [...lines, ...pair] : adopted(wanted, lines, same)
}

// Every pair of the name goes, should there be several.
function without(lines: readonly string[], at: number): readonly string[] {
  const rest = [...lines.slice(0, at), ...lines.slice(at + 2)]
  const next = rest.indexOf(lines[at] ?? '')
  return next < 0 ? rest : without(rest, next)
}

// A line that someone wrote by hand, and that says the same, gets its name.
function adopted({ name }: WantedCron, lines: readonly string[], at: number): readonly string[] {
  const before = lines[at - 1]
  if (before === `${MARKER}None` || before === MARKER) return lines.with(at - 1, MARKER + name)
  return before?.startsWith(MARKER) ? [...lines, MARKER + name, lines[at] ?? ''] : [...lines.slice(0, at), MARKER + name, ...lines.slice(at)]
}

function editVariable(wanted: WantedCron, lines: readonly string[]): readonly string[] {
  const at = variableAt(lines, wanted.name)
  if (wanted.state === 'absent') return at < 0 ? lines : lines.filter((_, index) => index !== at)
  const line = `${wanted.name}="${wanted.job ?? ''}"`
  if (at >= 0) return lines.with(at, line)
  const place = placeOf(wanted, lines)
  return [...lines.slice(0, place), line, ...lines.slice(place)]
}

function variableAt(lines: readonly string[], name: string): number {
  return lines.findIndex((line) => line.startsWith(`${name}=`))
}

function placeOf({ insertafter: after, insertbefore: before }: WantedCron, lines: readonly string[]): number {
  if (after !== undefined) return variableAt(lines, after) + 1
  return before === undefined ? 0 : Math.max(0, variableAt(lines, before))
}
