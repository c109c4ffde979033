import type { FirewalldState, WantedFirewalld } from './wanted.ts'

/** What the task says it did, in Ansible's words. */
export function messagesOf(wanted: WantedFirewalld, state: FirewalldState, { changed }: { readonly changed: boolean }): string {
  const { asks } = wanted
  const kind = asks.permanent && asks.immediate && !state.offline ? 'Permanent and Non-Permanent(immediate) operation' : asks.permanent ? 'Permanent operation' : 'Non-permanent operation'
  const messages = [kind, ...changed ? doneMessages(wanted, state) : [], ...state.offline ? ['(offline operation: only on-disk configs were altered)'] : []]
  return messages.join(', ')
}

function doneMessages({ item, goal, state: wantedState, ...given }: WantedFirewalld, { zone }: FirewalldState): readonly string[] {
  const on = goal === 'yes'
  const { value } = item
  const said: Readonly<Record<string, readonly string[]>> = {
    forward: [`${on ? 'Added forward to' : 'Removed forward from'} zone ${zone}`],
    masquerade: [`${on ? 'Added masquerade to' : 'Removed masquerade from'} zone ${zone}`],
    interface: [on ? `Changed ${value} to zone ${zone}` : `Removed ${value} from zone ${zone}`],
    source: [`${on ? 'Added' : 'Removed'} ${value} ${on ? 'to' : 'from'} zone ${zone}`],
    target: [goal === 'default' ? `Reset zone ${zone} target to default` : `Set zone ${zone} target to ${goal}`],
    zone: [`${on ? 'Added' : 'Removed'} zone ${value}`, `Changed zone ${value} to ${wantedState}`],
    
    icmp_block: [`Changed icmp-block ${value} to ${wantedState}`],
    icmp_block_inversion: [`Changed icmp-block-inversion ${given.icmp_block_inversion === true ? 'True' : 'False'} to ${wantedState}`],
  }
  return said[item.argument] ?? [`Changed ${item.argument} ${value} to ${wantedState}`]
}
