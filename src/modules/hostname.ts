import { defineModule } from '../module/define-module.ts'
import { ModuleFailure } from '../module/module.ts'
import type { ScriptProbe } from '../remote/probe.ts'
import { quote } from '../text/shell-quote.ts'
import type { JsonObject } from '../value/value.ts'
import { fullNameOf } from './setup/platform.ts'

interface WantedHostname {
  readonly name: string
  readonly use: string | undefined
}

interface HostnameState {
  /** The live name. */
  readonly current: string
  /** What the host takes at boot; null when no file says. */
  readonly permanent: string | null
}

/** `ansible.builtin.hostname`: the host's name, live and at boot. */
export const hostname = defineModule({
  name: 'hostname',
  summary: 'Keep the name of the host, live and at boot.',
  args: {
    name: { type: 'str', required: true, description: 'The name.' },
    use: {
      type: 'str', choices: ['alpine', 'debian', 'freebsd', 'generic', 'macos', 'macosx', 'darwin', 'openbsd', 'openrc', 'redhat', 'sles', 'solaris', 'systemd'],
      description: 'How it is done; by default as the host is set up. All but `redhat` and `openrc` write /etc/hostname here.',
    },
  },
  examples: [{ name: 'The name after the merge', args: { name: 'devops1a-proxy0' } }],
  observe: async ({ use }: WantedHostname, remote): Promise<HostnameState> => {
    const [current, text] = await Promise.all([remote.read(CURRENT), remote.readText(placeOf(use).path)])
    return { current, permanent: text === undefined ? null : placeOf(use).read(text) }
  },
  diff: ({ name }, before) => {
    if (name.length > 64 || !/^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$/.test(name)) throw new ModuleFailure(`'${name}' is no name of a host: 1 to 64 letters, digits, dots and dashes`)
    if (before.current === name && before.permanent === name) return undefined
    const shown = (state: HostnameState) => `hostname = ${state.current}\npermanent = ${state.permanent ?? ''}\n`
    const after = { current: name, permanent: name }
    return { before, after, diff: [{ before: shown(before), after: shown(after) }] }
  },
  apply: async ({ use }, { before, after }, remote) => {
    const place = placeOf(use)
    if (before.permanent !== after.permanent) {
      const text = await remote.readText(place.path)
      await (after.permanent === null ? remote.remove(place.path) : remote.writeFile(place.path, place.write(text ?? '', after.permanent), text === undefined ? { mode: 0o644 } : {}))
    }
    if (before.current !== after.current) {
      await remote.write({
        summary: `Name the host ${after.current}`,
        command: { script: `hostname ${quote(after.current)} 2>/dev/null || printf '%s' ${quote(after.current)} >/proc/sys/kernel/hostname` },
        effects: { keys: ['hostname', 'facts:*'], paths: ['/proc/sys/kernel/hostname'], predictions: [{ probe: CURRENT, answer: after.current }] },
      })
    }
    return { ansible_facts: { ...ownFacts(after.current), ...fullNameFacts(await remote.read(namesProbe(after.current)), after.current) } }
  },
  result: ({ name }) => ({ name, ansible_facts: ownFacts(name) }),
})

function ownFacts(name: string): JsonObject {
  return { ansible_hostname: name.split('.')[0] ?? '', ansible_nodename: name }
}

function fullNameFacts(names: string, name: string): JsonObject {
  const { fqdn, domain } = fullNameOf(names, name)
  return { ansible_fqdn: fqdn, ansible_domain: domain }
}

/** The names of the address that a name has. */
function namesProbe(name: string): ScriptProbe<string> {
  return {
    kind: 'script',
    key: `hostname:names of ${name}`,
    script: `if command -v getent >/dev/null; then set -- $(getent hosts ${quote(name)} 2>/dev/null); if [ $# -gt 0 ]; then getent hosts "$1" 2>/dev/null; fi; fi; :`,
    parse: ({ stdout }) => stdout.toString('utf8'),
    readsPaths: ['/etc/hosts'],
  }
}

const CURRENT: ScriptProbe<string> = {
  kind: 'script',
  key: 'hostname',
  script: 'read -r h </proc/sys/kernel/hostname && echo "$h" || hostname',
  parse: ({ stdout }) => stdout.toString('utf8').trim(),
}

/** The file that holds the name, and how. */
interface Place {
  readonly path: string
  readonly read: (text: string) => string | null
  readonly write: (text: string, name: string) => string
}

function placeOf(use: string | undefined): Place {
  return PLACES[use ?? ''] ?? ETC_HOSTNAME
}

const ETC_HOSTNAME: Place = {
  path: '/etc/hostname',
  read: (text) => text.split('\n').map((line) => line.trim()).find((line) => line !== '' && !line.startsWith('#')) ?? null,
  write: (_text, name) => `${name}\n`,
}

const PLACES: Readonly<Record<string, Place>> = {
  redhat: assignment('/etc/sysconfig/network', 'HOSTNAME'),
  openrc: assignment('/etc/conf.d/hostname', 'hostname'),
  sles: { ...ETC_HOSTNAME, path: '/etc/HOSTNAME' },
}

function assignment(path: string, name: string): Place {
  const line = new RegExp(`^\\s*${name}=(["']?)([^"'\\n]*)\\1\\s*$`, 'm')
  return {
    path,
    read: (text) => line.exec(text)?.[2] ?? null,
    write: (text, value) => line.test(text) ? text.replace(line, `${name}="${value}"`) : `${text}${text === '' || text.endsWith('\n') ? '' : '\n'}${name}="${value}"\n`,
  }
}
