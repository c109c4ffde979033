import type { ExecResult } from '../../../remote/exec.ts'
import type { ScriptProbe } from '../../../remote/probe.ts'
import { quote } from '../../../text/shell-quote.ts'
import { isRunningByStatus } from './init-status.ts'
import type { ServiceManager, ServiceState } from './state.ts'

export interface ServiceQuestion {
  readonly name: string
  /** Text to look for in the process list, for init scripts that cannot tell. */
  readonly pattern?: string | undefined
  /** systemd: whose services. */
  readonly scope?: 'system' | 'user' | 'global' | undefined
  /** Init scripts: the only runlevels that count; what is wanted decides whether one of them or all must have a link. */
  readonly runlevels?: readonly string[] | undefined
  readonly enabled?: boolean | undefined
}

/** Key of a service's state, or the prefix of the keys of all its forms. */
export function serviceKey({ name, pattern, scope, runlevels = [], enabled }: ServiceQuestion): string {
  const levels = runlevels.length === 0 || enabled === undefined ? [] : [`${enabled ? 'all' : 'any'} of ${runlevels.join(' ')}`]
  const forms = [...scope === undefined || scope === 'system' ? [] : [scope], ...pattern === undefined ? [] : [pattern], ...levels]
  return ['service', name, ...forms].join(':')
}

/** Asks for a service's state by whichever service manager the host runs. */
export function serviceProbe(question: ServiceQuestion): ScriptProbe<ServiceState> {
  return {
    kind: 'script',
    key: serviceKey(question),
    script: script(question),
    parse: (result) => parse(question, result),
    readsPaths: [`/etc/init.d/${question.name}`, ...UNIT_FOLDERS.map((folder) => `${folder}/${unitFile(question.name)}`)],
  }
}

/** The program of systemd with its options for a scope; a user's own manager is found by a variable that sessions have and others do not. */
export function systemctl(scope: ServiceQuestion['scope']): string {
  if (scope === undefined || scope === 'system') return 'systemctl'
  return scope === 'global' ? 'systemctl --global' : 'XDG_RUNTIME_DIR=${XDG_RUNTIME_DIR:-/run/user/$(id -u)} systemctl --user'
}

const UNIT_FOLDERS = ['/etc/systemd/system', '/run/systemd/system', '/lib/systemd/system', '/usr/lib/systemd/system']

function unitFile(name: string): string {
  return /\.[a-z]+$/.test(name) ? name : `${name}.service`
}

const PROPERTIES = 'Id,LoadState,ActiveState,SubState,UnitFileState,FragmentPath,MainPID,NeedDaemonReload,Type,Result'

function script(question: ServiceQuestion): string {
  const { name, pattern, scope } = question
  return `n=${quote(name)}
${linksFunction(question)}
if [ -d /run/systemd/system ]; then
echo manager=systemd
${systemctl(scope)} show -p ${PROPERTIES} -- "$n" 2>/dev/null
links
elif command -v rc-service >/dev/null; then
echo manager=openrc
if [ -e "/etc/init.d/$n" ]; then echo exists=1; fi
for f in /etc/runlevels/*/"$n"; do if [ -e "$f" ]; then echo linked=1; break; fi; done
${statusBy('rc-service "$n" status', pattern)}
else
echo manager=sysvinit
links
if command -v systemctl >/dev/null; then echo "dormant=$(SYSTEMD_OFFLINE=1 systemctl is-enabled -- "$n" 2>/dev/null)"; fi
if [ -e "/etc/init.d/$n" ]; then
echo exists=1
${statusBy('/etc/init.d/"$n" status', pattern)}
fi
fi`
}

function linksFunction({ name, runlevels = [], enabled }: ServiceQuestion): string {
  const has = (level: string): string => `for f in /etc/rc${level}.d/S[0-9][0-9]${quote(name)}; do [ -e "$f" ] && echo linked=1 && break; done`
  if (runlevels.length === 0) return `links() { ${has('?')}; }`
  const found = runlevels.map((level) => `[ -n "$(${has(quote(level))})" ]`).join(enabled === false ? ' || ' : ' && ')
  return `links() { if ${found}; then echo linked=1; fi; }`
}

function statusBy(command: string, pattern: string | undefined): string {
  // The process list is caught first, so that looking through it is not in it.
  if (pattern !== undefined) return `p=$(ps -ww ax 2>/dev/null || ps -ww); case $p in *${quote(pattern)}*) echo status=0;; *) echo status=3;; esac`
  return `s=$(cd / && env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin TERM=dumb ${command} 2>&1)
echo "status=$?"
printf 'said=%s' "$s"`
}

function parse(question: ServiceQuestion, { stdout }: ExecResult): ServiceState {
  const [, facts = '', said = ''] = /^([\s\S]*?)(?:^said=([\s\S]*))?$(?![\s\S])/m.exec(stdout.toString('utf8')) ?? []
  const fields = Object.fromEntries(facts.split('\n').filter((line) => line.includes('=')).map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]))
  const manager = (fields['manager'] ?? 'sysvinit') as ServiceManager
  if (manager === 'systemd') return bySystemd(fields)
  return {
    manager,
    exists: fields['exists'] === '1',
    running: fields['status'] !== undefined && isRunningByStatus({ name: question.name, status: Number(fields['status']), said }),
    enabled: fields['linked'] === '1',
    masked: false,
    stale: false,
    ...fields['dormant'] !== undefined && { dormant: bySystemd({ UnitFileState: fields['dormant'], ...KNOWN_OFFLINE.test(fields['dormant']) && { LoadState: 'loaded' } }) },
  }
}

/** What systemd answers of a unit that is there, when it does not run. */
const KNOWN_OFFLINE = /^(?:enabled|linked|masked|static|indirect|disabled|generated|transient|alias)/

function bySystemd({ manager: _manager, linked, ...properties }: Readonly<Record<string, string>>): ServiceState {
  const unitFile = properties['UnitFileState'] ?? ''
  return {
    manager: 'systemd',
    exists: (properties['LoadState'] ?? 'not-found') !== 'not-found',
    running: ['active', 'activating', 'reloading'].includes(properties['ActiveState'] ?? ''),
    // Services that only have an init script are `generated`, and enabled by its links.
    enabled: ['enabled', 'enabled-runtime', 'alias', 'static', 'indirect'].includes(unitFile) || (['', 'generated', 'bad'].includes(unitFile) && linked === '1'),
    masked: properties['LoadState'] === 'masked' || unitFile.startsWith('masked'),
    stale: properties['NeedDaemonReload'] === 'yes',
    properties,
  }
}
