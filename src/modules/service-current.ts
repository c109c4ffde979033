import { defineModule } from '../module/define-module.ts'
import type { Change } from '../module/module.ts'
import type { ScriptProbe } from '../remote/probe.ts'
import type { Remote } from '../remote/remote.ts'
import { quote } from '../text/shell-quote.ts'

interface Wanted {
  readonly name: string
  readonly pidfile: string
  readonly files: readonly string[]
  readonly stale: readonly string[]
}

interface State {
  readonly running: boolean
  /** Seconds since the epoch; 0 for what is not there. */
  readonly started: number
  readonly configured: number
}

/** `service_current`: a service runs with the configuration that is on disk. Unlike a handler it survives a run that was killed. tsplay's own. */
export const serviceCurrent = defineModule({
  name: 'service_current',
  summary: 'Keep a service running with its current configuration: restart it when a file changed after it started.',
  args: {
    name: { type: 'str', required: true, description: 'The service.' },
    pidfile: { type: 'path', required: true, description: 'Written by the service when it starts.' },
    files: { type: 'list', elements: 'path', required: true, description: 'Files that it reads when it starts.' },
    stale: { type: 'list', elements: 'str', default: [], description: 'Paths (shell patterns) to remove between stop and start.' },
  },
  examples: [{ name: 'haproxy runs with its configuration', args: { name: 'haproxy', pidfile: '/run/haproxy.pid', files: ['/etc/haproxy/haproxy.cfg'] } }],
  observe: async (wanted: Wanted, remote): Promise<State> => {
    const [running, pid, ...files] = await Promise.all([remote.read(runningProbe(wanted)), remote.stat(wanted.pidfile), ...wanted.files.map((path) => remote.stat(path))])
    return { running, started: pid?.modified ?? 0, configured: Math.max(0, ...files.map((file) => file?.changed ?? 0)) }
  },
  diff: (_: Wanted, before): Change<State> | undefined => {
    if (before.running && before.started > before.configured) return undefined
    return { before, after: { running: true, started: before.configured + 1, configured: before.configured }, diff: [{ before: before.running ? 'runs with an older configuration\n' : 'does not run\n', after: 'runs with its configuration\n' }] }
  },
  apply: async (wanted: Wanted, _, remote) => {
    await restart(wanted, remote)
    return undefined
  },
  result: ({ name }: Wanted, { running, started }) => ({ name, running, started }),
  undo: { impossible: 'A restart cannot be taken back' },
})

function runningProbe({ name, pidfile }: Wanted): ScriptProbe<boolean> {
  return {
    kind: 'script',
    key: `service-current:${name}`,
    script: `pid=$(sed -n 1p ${quote(pidfile)}) && kill -0 "$pid"`,
    parse: ({ status }) => status === 0,
  }
}

async function restart(wanted: Wanted, remote: Remote): Promise<void> {
  const { name, pidfile } = wanted
  await remote.write({
    summary: `Restart service ${name} with its current configuration`,
    command: { script: restartScript(wanted) },
    effects: { paths: [pidfile], keys: [`service:${name}`], predictions: [{ probe: runningProbe(wanted), answer: true }] },
  })
}

/** Some services say that they stopped when they have only begun to, and start nothing then: their process is waited for. */
function restartScript({ name, pidfile, stale }: Wanted): string {
  const service = quote(name)
  const file = quote(pidfile)
  return `pid=$(sed -n 1p ${file} 2>/dev/null)
service ${service} stop </dev/null >/dev/null 2>&1
tries=0
while [ -n "$pid" ] && kill -0 "$pid" 2>/dev/null && [ $tries -lt 300 ]; do sleep 0.1; tries=$((tries + 1)); done
${stale.length === 0 ? ':' : `rm -f -- ${stale.map(quotePattern).join(' ')}`}
service ${service} start </dev/null >/dev/null || exit
tries=0
until { pid=$(sed -n 1p ${file}) && kill -0 "$pid"; } 2>/dev/null; do
  [ $tries -lt 300 ] || { echo 'it does not run after its start' >&2; exit 1; }
  sleep 0.1; tries=$((tries + 1))
done`
}

/** Quotes all but the characters of shell patterns. */
const quotePattern = (pattern: string): string => pattern.split(/([*?[\]])/).map((part, index) => (index % 2 === 1 ? part : part === '' ? '' : quote(part))).join('')
