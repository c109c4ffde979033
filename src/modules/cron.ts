import { defineModule } from '../module/define-module.ts'
import { ModuleFailure } from '../module/module.ts'
import { readCrontab, writeCrontab } from './system/cron/crontab.ts'
import { crontabNames, editCrontab, type WantedCron } from './system/cron/wanted-cron.ts'
import { backupStamp } from './system/timing.ts'

/** Text of a crontab; null when there is none. */
type CronState = string | null

/** `ansible.builtin.cron`: named entries of crontabs, marked as Ansible marks them. */
export const cron = defineModule({
  name: 'cron',
  summary: 'Keep a job or a variable in a crontab, or keep it away.',
  args: {
    name: { type: 'str', description: 'Name of the job (kept in a comment above it), or of the variable.' },
    state: { type: 'str', default: 'present', choices: ['present', 'absent'], description: 'Whether it is to be there.' },
    job: { type: 'str', aliases: ['value'], description: 'Command, or value of the variable.' },
    user: { type: 'str', description: 'Whose crontab; with `cron_file`, who runs the job.' },
    cron_file: { type: 'path', description: 'A file instead of a user\'s crontab; a bare name is one in /etc/cron.d. With `absent` and no name the file is removed.' },
    minute: { type: 'str', default: '*', description: 'Minutes.' },
    hour: { type: 'str', default: '*', description: 'Hours.' },
    day: { type: 'str', default: '*', aliases: ['dom'], description: 'Days of the month.' },
    month: { type: 'str', default: '*', description: 'Months.' },
    weekday: { type: 'str', default: '*', aliases: ['dow'], description: 'Days of the week.' },
    special_time: { type: 'str', choices: ['reboot', 'yearly', 'annually', 'monthly', 'weekly', 'daily', 'hourly'], description: 'A time by name.' },
    disabled: { type: 'bool', default: false, description: 'Whether the job is commented out.' },
    env: { type: 'bool', default: false, description: 'Whether it is a variable.' },
    insertafter: { type: 'str', description: 'Variable after which a new one goes.' },
    insertbefore: { type: 'str', description: 'Variable before which a new one goes.' },
    backup: { type: 'bool', default: false, description: 'Whether the crontab before is copied to a file, named in the result.' },
  },
  constraints: { exclusive: [['insertafter', 'insertbefore']], requiredIf: [['state', 'present', ['job']]] },
  examples: [
    { name: 'Vacuum at night', args: { name: 'vacuum', user: 'postgres', minute: '0', hour: '3', job: 'vacuumdb -a' } },
    { name: 'No backups by the old server', args: { name: 'backup', user: 'postgres', state: 'absent' } },
  ],
  prepare: async (args): Promise<WantedCron> => {
    const { cron_file: file, name } = args
    const wanted = { ...args, name: name ?? '', fileName: file ?? '', file: file === undefined || file === '' ? undefined : file.startsWith('/') ? file : `/etc/cron.d/${file}` }
    check(wanted)
    return wanted
  },
  observe: (wanted, remote): Promise<CronState> => readCrontab(wanted, remote),
  diff: (wanted, before) => {
    const after = wantedText(wanted, before)
    if ((before ?? '') === (after ?? '') && (before === null) === (after === null)) return undefined
    const header = wanted.file ?? 'crontab'
    return { before, after, diff: [{ before: before ?? '', after: after ?? '', beforeHeader: header, afterHeader: header }] }
  },
  apply: async (wanted, { before, after }, remote) => {
    const saved = wanted.backup && before !== null ? `/tmp/crontab.${wanted.user ?? remote.user}.${backupStamp(new Date())}` : undefined
    if (saved !== undefined) await remote.writeFile(saved, before ?? '', { mode: 0o600 })
    await writeCrontab(wanted, after, remote)
    return saved === undefined ? undefined : { backup_file: saved }
  },
  result: ({ state, file, fileName }, text) => {
    if (text === null && file !== undefined) return { cron_file: file, state }
    return { ...file === undefined ? {} : { cron_file: fileName }, ...crontabNames(text ?? '') }
  },
  destroys: ({ file }) => file === undefined ? [] : [file],
})

function check(wanted: WantedCron): void {
  const broken = RULES.find(([isBroken]) => isBroken(wanted))
  if (broken !== undefined) throw new ModuleFailure(broken[1])
}

const RULES: readonly (readonly [(wanted: WantedCron) => boolean, string])[] = [
  [(wanted) => wanted.special_time !== undefined && (['minute', 'hour', 'day', 'month', 'weekday'] as const).some((part) => wanted[part] !== '*'), 'Give either special_time or minute, hour, day, month and weekday'],
  [({ state, file, env, user = '' }) => state === 'present' && file !== undefined && !env && user === '', 'cron_file needs a user, who runs the job'],
  [({ name, state, file }) => name === '' && (state === 'present' || file === undefined), 'You must specify a name: only that tells the entry from others'],
  [({ file }) => file === '/etc/crontab', 'Will not manage /etc/crontab via cron_file, see documentation.'],
  [({ job = '' }) => /[\r\n]/.test(job.trim()), 'Job should not contain line breaks'],
]

function wantedText(wanted: WantedCron, before: CronState): CronState {
  if (wanted.state === 'absent' && wanted.name === '') return null
  const text = editCrontab(wanted, before ?? '')
  if (wanted.state === 'present') return text
  // A file that holds nothing any more goes; a user's crontab stays.
  return before === null || (wanted.file !== undefined && text.trim() === '') ? null : text
}
