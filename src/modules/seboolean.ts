import { defineModule } from '../module/define-module.ts'
import { ModuleFailure } from '../module/module.ts'
import type { ScriptProbe } from '../remote/probe.ts'
import { quote } from '../text/shell-quote.ts'

interface BooleanState {
  /** Null where SELinux does not run. */
  readonly active: boolean | null
  /** What it is after a reboot; null where that is not asked for. */
  readonly atBoot: boolean | null
}

/** `ansible.posix.seboolean`: switches of the SELinux policy. */
export const seboolean = defineModule({
  name: 'seboolean',
  aliases: ['ansible.posix.seboolean'],
  summary: 'Keep a switch of the SELinux policy on or off.',
  args: {
    name: { type: 'str', required: true, description: 'The switch: `httpd_can_network_connect`.' },
    state: { type: 'bool', required: true, description: 'Whether it is on.' },
    persistent: { type: 'bool', default: false, description: 'Whether it stays so over reboots.' },
    ignore_selinux_state: { type: 'bool', default: false, description: 'Whether it is set where SELinux does not run, as in a chroot.' },
  },
  examples: [{ name: 'The proxy may connect anywhere', args: { name: 'haproxy_connect_any', state: true, persistent: true } }],
  observe: (wanted: WantedBoolean, remote) => remote.read(booleanProbe(wanted)),
  diff: ({ name, state, persistent, ignore_selinux_state: ignores }, before) => {
    if (before.active === null && !ignores) throw new ModuleFailure('SELinux is disabled on this host.')
    const after = { active: before.active === null ? null : state, atBoot: persistent ? state : before.atBoot }
    // As Ansible has it: of a persistent one only what it is after a reboot counts.
    if (persistent ? before.atBoot === state : before.active === after.active) return undefined
    const shown = ({ active, atBoot }: BooleanState) => `${name}: ${words(active)}\n${atBoot === null ? '' : `at boot: ${words(atBoot)}\n`}`
    return { before, after, diff: [{ before: shown(before), after: shown(after) }] }
  },
  apply: async (wanted, { before, after }, remote) => {
    const { name } = wanted
    const commands = [
      ...after.atBoot === null || after.atBoot === before.atBoot ? [] : [`setsebool -P ${quote(name)} ${words(after.atBoot)}`],
      ...after.active === null || (after.atBoot ?? before.active) === after.active ? [] : [`setsebool ${quote(name)} ${words(after.active)}`],
    ]
    await remote.write({
      summary: `Turn SELinux boolean ${name} ${words(after.atBoot ?? after.active)}`,
      command: { script: commands.join(' && ') },
      effects: { keys: [`seboolean:*:${name}`], predictions: [{ probe: booleanProbe(wanted), answer: after }] },
    })
    return undefined
  },
  result: ({ name, persistent, state }) => ({ name, persistent, state }),
  undo: 'swap',
})

interface WantedBoolean {
  readonly name: string
  readonly state: boolean
  readonly persistent: boolean
  readonly ignore_selinux_state: boolean
}

function words(value: boolean | null): string {
  return value === null ? 'unknown' : value ? 'on' : 'off'
}

/** What someone set is in a small file of the policy store; semanage, which takes a second, is asked only for what nobody set. */
function booleanProbe({ name, persistent }: WantedBoolean): ScriptProbe<BooleanState> {
  const word = quote(name)
  const stored = `v=$(cat /var/lib/selinux/*/active/booleans.local /etc/selinux/*/modules/active/booleans.local 2>/dev/null | sed -n "s/^ *"${word}" *= *//p" | tail -n 1)
case $v in 1|true|on) echo 'B on';; 0|false|off) echo 'B off';; *) semanage boolean -l -n 2>/dev/null | sed -n 's/^'${word}' *(.*, *\\(on\\|off\\)).*/B \\1/p';; esac`
  return {
    kind: 'script',
    key: `seboolean:${persistent ? 'boot' : 'now'}:${name}`,
    script: `[ -e /sys/fs/selinux/enforce ] && { LC_ALL=C getsebool ${word} || exit; }\n${persistent ? stored : ':'}`,
    parse: ({ status, stdout, stderr }) => {
      const text = stdout.toString('utf8')
      const active = / --> (?:.*pending: )?(on|off)$/m.exec(text)?.[1]
      if (status !== 0 && active === undefined) throw new ModuleFailure(`Failed to determine current state for boolean ${name}`, { stderr: stderr.toString('utf8').trim() })
      const atBoot = /^B (on|off)$/m.exec(text)?.[1] ?? active
      if (persistent && atBoot === undefined) throw new ModuleFailure(`SELinux boolean ${name} is not defined in persistent policy`)
      return { active: active === undefined ? null : active === 'on', atBoot: persistent ? atBoot === 'on' : null }
    },
  }
}
