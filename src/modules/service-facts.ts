import { defineAction } from '../module/define-module.ts'
import type { Remote } from '../remote/remote.ts'
import type { JsonObject } from '../value/value.ts'

/** `ansible.builtin.service_facts`: all services, as facts. */
export const serviceFacts = defineAction({
  name: 'service_facts',
  summary: 'Tell all services, whether they run and whether they start at boot.',
  where: 'host',
  check: 'run',
  args: {},
  examples: [{ name: 'What runs', args: {} }],
  observe: async (_args, remote) => ask(remote),
  run: async (_args, { remote }) => {
    const facts: JsonObject = { services: await ask(remote) }
    return { changed: false, effects: [{ kind: 'facts', facts }], fields: { ansible_facts: facts } }
  },
})

/** Units of systemd, then init scripts: `NAME`, source, state and whether it starts at boot, with tabs between. */
const SCRIPT = `if [ -d /run/systemd/system ]; then
systemctl list-units --no-pager --type service --all --plain --no-legend 2>/dev/null | while read -r u l a s d; do printf 'unit\\t%s\\t%s\\t%s\\n' "$u" "$a" "$s"; done
systemctl list-unit-files --no-pager --type service --no-legend 2>/dev/null | while read -r u s d; do printf 'file\\t%s\\t%s\\n' "$u" "$s"; done
elif command -v rc-status >/dev/null; then
rc-status -a -s 2>/dev/null | sed -n 's/^ *\\([^ ]*\\) *\\[ *\\([a-z]*\\).*/openrc\\t\\1\\t\\2/p'
else
for f in /etc/init.d/*; do
n=\${f##*/}
case $n in README|skeleton|rc|rcS|functions|halt|reboot|killall|single|*.dpkg-*) continue;; esac
# as the program service does for --status-all: who cannot tell is left out
if [ -x "$f" ]; then
s=$(cd / && env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin TERM=dumb "$f" status 2>&1)
r=$?
case $s in *[Uu][Ss][Aa][Gg][Ee]:*) continue;; esac
e=disabled; for l in /etc/rc[2345].d/S[0-9][0-9]"$n"; do if [ -e "$l" ]; then e=enabled; break; fi; done
printf 'script\\t%s\\t%s\\t%s\\t%s\\n' "$n" "$r" "$e" "$(printf '%s' "$s" | head -n 1)"
fi
done
fi`

function ask(remote: Remote): Promise<JsonObject> {
  return remote.read({
    kind: 'script',
    key: 'services',
    script: SCRIPT,
    parse: ({ stdout }) => services(stdout.toString('utf8').split('\n').map((line) => line.split('\t'))),
    readsPaths: ['/etc/init.d', '/etc/systemd/system', '/lib/systemd/system'],
  })
}

interface Service { readonly [field: string]: string, readonly name: string, readonly state: string, readonly status: string, readonly source: string }

function services(lines: readonly (readonly string[])[]): JsonObject {
  const found = new Map<string, Service>()
  for (const [kind = '', ...fields] of lines) {
    const service = READERS[kind]?.(fields as [string, ...string[]], found)
    if (service !== undefined) found.set(service.name, service)
  }
  return Object.fromEntries(found)
}

const READERS: Readonly<Record<string, (fields: readonly [string, ...string[]], found: ReadonlyMap<string, Service>) => Service>> = {
  unit: ([name, active = '', sub = '']) => ({ name, state: active === 'failed' ? 'failed' : sub === 'running' ? 'running' : 'stopped', status: 'unknown', source: 'systemd' }),
  file: ([name, status = ''], found) => ({ name, state: found.get(name)?.state ?? (status === 'enabled' ? 'unknown' : 'inactive'), status, source: 'systemd' }),
  openrc: ([name, state = '']) => ({ name, state: state === 'started' ? 'running' : 'stopped', status: 'unknown', source: 'openrc' }),
  script: ([name, status = '', enabled = '', said = '']) => ({ name, state: status === '0' && said !== '' ? 'running' : 'stopped', status: enabled, source: 'sysv' }),
}
