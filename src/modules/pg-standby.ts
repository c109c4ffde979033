import { defineModule } from '../module/define-module.ts'
import { ModuleFailure, type Change } from '../module/module.ts'
import type { ExecRequest } from '../remote/exec.ts'
import type { Remote } from '../remote/remote.ts'
import { quote } from '../text/shell-quote.ts'
import { withPassword } from './postgresql/password-file.ts'
import { asServerUser, PROGRAM_ARGUMENTS } from './postgresql/server-host.ts'

interface Wanted {
  readonly primary_host: string
  readonly primary_port: number
  readonly user: string
  readonly password: string | undefined
  readonly data_dir: string
  readonly service: string
  readonly os_user: string
  readonly bin_dir: string | undefined
}

interface Copying extends Wanted {
  /** Folder of the copy until it is whole. */
  readonly copy: string
}

interface State {
  /** Where the data folder's server streams from: `host:port`; undefined when it is a primary or nothing. */
  readonly streamsFrom: string | undefined
}

/** `pg_standby`: the host's server is a streaming standby of a primary. tsplay's own. */
export const pgStandby = defineModule({
  name: 'pg_standby',
  summary: 'Make a host a streaming standby of a PostgreSQL primary; what it held before is put aside.',
  args: {
    ...PROGRAM_ARGUMENTS,
    primary_host: { type: 'str', required: true, aliases: ['primary'], description: 'Primary, as the standby reaches it.' },
    primary_port: { type: 'int', default: 5432, description: 'Its port.' },
    user: { type: 'str', required: true, description: 'Role with the REPLICATION attribute.' },
    password: { type: 'str', secret: true, description: 'Its password.' },
    data_dir: { type: 'path', required: true, description: 'Data folder of the standby. What is in it is moved to the same name with `.before-standby`.' },
    service: { type: 'str', default: 'postgresql', description: 'Service of the server.' },
  },
  examples: [{ name: 'Follow the new primary', args: { primary_host: 'devops1ar01n02', primary_port: 5433, user: 'replica', data_dir: '/opt/postgresql/data' } }],
  observe: async ({ data_dir: folder }: Wanted, remote): Promise<State> => {
    const [signal, settings] = await Promise.all([remote.stat(`${folder}/standby.signal`), remote.readText(`${folder}/postgresql.auto.conf`)])
    return { streamsFrom: signal === undefined ? undefined : primaryIn(settings ?? '') }
  },
  diff: (wanted: Wanted, before): Change<State> | undefined => {
    const streamsFrom = `${wanted.primary_host}:${wanted.primary_port}`
    return before.streamsFrom === streamsFrom ? undefined : { before, after: { streamsFrom } }
  },
  apply: async (given: Wanted, _, remote) => {
    // A copy of a run that was killed may still be under way: this one has a folder of its own.
    const wanted: Copying = { ...given, copy: `${given.data_dir}.new-standby.${Date.now().toString(36)}` }
    await step('copy the primary', copyRequest(wanted), remote)
    await writeSettings(wanted, remote)
    await step('put the copy in place', { script: swapScript(wanted) }, remote)
    return undefined
  },
  effects: ({ data_dir: folder, service }: Wanted) => ({ paths: [folder], keys: [`service:${service}`] }),
  undo: { impossible: 'The host had another copy of a server that may be gone' },
})

function primaryIn(settings: string): string | undefined {
  const [, conninfo = ''] = [...settings.matchAll(/^\s*primary_conninfo\s*=\s*'((?:[^']|'')*)'/gm)].at(-1) ?? []
  const host = /\bhost=(\S+)/.exec(conninfo.replaceAll("''", "'").replaceAll("'", ''))?.[1]
  return host === undefined ? undefined : `${host}:${/\bport=(\d+)/.exec(conninfo)?.[1] ?? '5432'}`
}

function copyRequest(wanted: Copying): ExecRequest {
  const copy = `rm -rf ${quote(wanted.data_dir)}.new-standby.* && exec pg_basebackup -D ${quote(wanted.copy)} -h ${quote(wanted.primary_host)} -p ${wanted.primary_port} -U ${quote(wanted.user)} -X stream -c fast -w`
  if (wanted.password === undefined) return { script: asServerUser(wanted, copy) }
  const { script, ...given } = withPassword({ script: copy }, wanted.password)
  return { ...given, script: asServerUser(wanted, script) }
}

async function writeSettings(wanted: Copying, remote: Remote): Promise<void> {
  const owner = { owner: wanted.os_user, group: wanted.os_user, mode: 0o600 }
  const path = `${wanted.copy}/postgresql.auto.conf`
  remote.forget()
  const kept = (await remote.readText(path) ?? '').split('\n').filter((line) => !/^\s*primary_conninfo\s*=/.test(line)).join('\n')
  await remote.writeFile(path, `${kept.trimEnd()}\nprimary_conninfo = ${settingValue(conninfoOf(wanted))}\n`, owner)
  await remote.writeFile(`${wanted.copy}/standby.signal`, '', owner)
}

function conninfoOf({ primary_host: host, primary_port: port, user, password }: Wanted): string {
  const words = [`host=${host}`, `port=${port}`, `user=${conninfoValue(user)}`, 'application_name=tsplay_standby']
  return [...words, ...(password === undefined ? [] : [`password=${conninfoValue(password)}`])].join(' ')
}

const conninfoValue = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
const settingValue = (text: string): string => `'${text.replaceAll("'", "''")}'`

function swapScript({ data_dir: folder, service, copy: source }: Copying): string {
  const [data, aside, copy] = [folder, `${folder}.before-standby`, source].map(quote)
  return [
    `service ${quote(service)} stop </dev/null >/dev/null 2>&1 || :`,
    `if [ -e ${data ?? ''} ]; then rm -rf ${aside ?? ''} && mv ${data ?? ''} ${aside ?? ''} || exit; fi`,
    `mv ${copy ?? ''} ${data ?? ''} && service ${quote(service)} start </dev/null >/dev/null`,
  ].join('\n')
}

async function step(what: string, request: ExecRequest, remote: Remote): Promise<void> {
  const { status, stdout, stderr } = await remote.exec(request)
  if (status !== 0) throw new ModuleFailure(`Cannot ${what}: ${(stderr.toString('utf8').trim() || stdout.toString('utf8').trim()).split('\n').slice(-3).join('; ')}`)
}
