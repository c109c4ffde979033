import type { ArgumentsOf } from '../module/argument-spec.ts'
import { defineModule } from '../module/define-module.ts'
import { ModuleFailure, type Change } from '../module/module.ts'
import type { JsonObject } from '../value/value.ts'
import { attributeArguments } from './files/attributes.ts'
import { withExtended } from './files/extended/with-extended.ts'
import { applyTextChange, backupField, observeTextFile, textChange, textDestroyed, textFacts, textPaths, type TextFile } from './files/text-file.ts'
import { withOption } from './system/interfaces/edit-option.ts'
import { interfacesIn, parseInterfaces } from './system/interfaces/parse-interfaces.ts'

const args = {
  dest: { type: 'path', default: '/etc/network/interfaces', description: 'The file.' },
  iface: { type: 'str', description: 'The interface; needed with an option.' },
  address_family: { type: 'str', description: 'Only where the interface is of this family: `inet`, `inet6`.' },
  option: { type: 'str', description: 'The option; `method` is the last word of the iface line.' },
  value: { type: 'str', description: 'Its value. Of `up`, `down`, `pre-up` and `post-up` there may be several.' },
  backup: { type: 'bool', default: false, description: 'Keep a dated copy of the file beside it.' },
  state: { type: 'str', default: 'present', choices: ['present', 'absent'], description: 'Whether the option is to be there.' },
  ...attributeArguments,
} as const

/** `community.general.interfaces_file`: options of network interfaces. */
export const interfacesFile = withExtended(defineModule({
  name: 'interfaces_file',
  aliases: ['community.general.interfaces_file'],
  summary: 'Keep an option of an interface in /etc/network/interfaces, and tell all of them.',
  args,
  examples: [{ name: 'Larger packets on the storage network', args: { iface: 'eth1', option: 'mtu', value: '9000' } }],
  prepare: async (given: ArgumentsOf<typeof args>) => {
    if (given.option !== undefined && given.iface === undefined) throw new ModuleFailure("missing parameter(s) required by 'option': iface")
    if (given.option !== undefined && given.state === 'present' && given.value === undefined) throw new ModuleFailure("Value must be set if option is defined and state is 'present'")
    return given
  },
  observe: ({ dest }, remote) => observeTextFile(dest, remote),
  diff: (wanted, before) => {
    if (before.text === undefined) throw new ModuleFailure(`[Errno 2] No such file or directory: '${wanted.dest}'`)
    const { option, iface } = wanted
    return textChange(before, option === undefined || iface === undefined ? before.text : withOption({ ...wanted, option, iface }, before.text), wanted)
  },
  apply: async ({ backup }, change: Change<TextFile>, remote) => backupField(await applyTextChange(change, remote, { backup })),
  result: ({ dest }, file): JsonObject => ({ dest, ifaces: interfacesIn(parseInterfaces(file.text ?? '')), ...textFacts(file) }),
  destroys: (_wanted, change) => textDestroyed(change),
}), textPaths)
