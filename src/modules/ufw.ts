import type { ArgumentsOf } from '../module/argument-spec.ts'
import { defineModule } from '../module/define-module.ts'
import { ModuleFailure } from '../module/module.ts'
import { quoteAll } from '../text/shell-quote.ts'
import { UFW_ARGUMENTS } from './system/ufw/arguments.ts'
import { observeUfw, type UfwState } from './system/ufw/ufw-state.ts'
import { ufwCommands, wantedUfw } from './system/ufw/wanted-ufw.ts'

/** `community.general.ufw`: the uncomplicated firewall. */
export const ufw = defineModule({
  name: 'ufw',
  aliases: ['community.general.ufw'],
  summary: 'Keep rules, policies and state of the uncomplicated firewall.',
  args: UFW_ARGUMENTS,
  constraints: {
    oneOf: [['state', 'default', 'rule', 'logging']],
    exclusive: [['name', 'proto', 'logging'], ['direction', 'interface_in'], ['direction', 'interface_out']],
  },
  examples: [
    { name: 'Let ssh in', args: { rule: 'limit', port: 'ssh', proto: 'tcp' } },
    { name: 'Nothing else comes in', args: { state: 'enabled', default: 'deny', direction: 'incoming' } },
  ],
  prepare: async (given: ArgumentsOf<typeof UFW_ARGUMENTS>) => {
    const broken = RULES.find(([holds]) => holds(given))
    if (broken !== undefined) throw new ModuleFailure(broken[1])
    return given
  },
  observe: (given, remote): Promise<UfwState> => observeUfw(given, remote),
  diff: (given, before) => {
    const after = wantedUfw(given, before)
    const isSo = JSON.stringify([after.settings, after.rules]) === JSON.stringify([before.settings, before.rules])
    if (isSo && after.action === undefined) return undefined
    return { before, after, diff: [{ before: shown(before), after: shown(after) }], fields: { commands: ufwCommands(given, before.place) } }
  },
  apply: async (given, { before, after }, remote) => {
    const { files } = after
    const commands = files === null ? ufwCommands(given, before.place) : [`ufw -f ${after.settings.enabled ? 'enable' : 'disable'}`]
    if (files !== null) for (const [path, text] of Object.entries(files)) await remote.writeFile(path, text)
    const { stdout } = await remote.write({
      summary: `Set the firewall: ${commands.join(', ')}`,
      command: { script: `export LC_ALL=C\n${commands.map((command) => `${command} >/dev/null || exit`).join('\n')}\nufw status verbose` },
      effects: { keys: ['ufw:*', 'iptables:*'], paths: ['/etc/ufw', '/etc/default/ufw'] },
    })
    return files === null && stdout.length > 0 ? { msg: stdout.toString('utf8').trimEnd() } : undefined
  },
  result: (given, { status, place }) => ({ commands: ufwCommands(given, place), msg: status }),
  destroys: (_given, { before }) => Object.keys(before.files ?? {}),
})

type Given = ArgumentsOf<typeof UFW_ARGUMENTS>

const RULES: readonly (readonly [(given: Given) => boolean, string])[] = [
  [({ interface: name, direction }) => name !== undefined && direction === undefined, "missing parameter(s) required by 'interface': direction"],
  [({ default: policy, direction }) => policy !== undefined && (direction === 'in' || direction === 'out'), 'For default, direction must be one of "outgoing", "incoming" and "routed", or direction must not be specified.'],
  [({ rule, direction }) => rule !== undefined && direction !== undefined && direction !== 'in' && direction !== 'out', 'For rules, direction must be one of "in" and "out", or direction must not be specified.'],
  [({ route, interface_in: into, interface_out: out }) => !route && into !== undefined && out !== undefined, 'Only route rules can combine interface_in and interface_out'],
]

function shown({ settings, rules }: UfwState): string {
  return `${Object.entries(settings).map(([name, value]) => `${name}: ${String(value)}\n`).join('')}${[...rules.v4, ...rules.v6].map((rule) => `${quoteAll([rule])}\n`).join('')}`
}
