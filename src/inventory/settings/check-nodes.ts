import { locationText } from '../../diagnostics/position.ts'
import { didYouMean } from '../../diagnostics/nearest.ts'
import type { Problems } from '../../yaml/problems.ts'
import { nameInZone, setting, type SettingsNode } from './node.ts'

export interface NodeChecks {
  readonly problems: Problems
  /** The zones that may occur; undefined when the configuration does not say. */
  readonly zones: ReadonlySet<string> | undefined
}

/** Everything that contradicts itself in settings files: reported together. */
export function checkNodes(nodes: readonly SettingsNode[], { problems, zones }: NodeChecks): void {
  for (const node of nodes) {
    checkHostname(node, problems)
    checkZone(node, problems, zones)
    if (setting(node, 'mgmt_network_address') === '') {
      problems.error('settings-no-address', `Cannot reach '${node.name}': its settings have no mgmt_network_address`, { range: node.ranges.get('mgmt_network_address') ?? start(node) })
    }
  }
  checkUnique(nodes, { name: 'mgmt_network_address', code: 'duplicate-address', what: 'address', problems })
  checkUnique(nodes, { name: 'hostname', code: 'duplicate-hostname', what: 'hostname', problems })
}

function checkHostname(node: SettingsNode, problems: Problems): void {
  const hostname = setting(node, 'hostname')
  if (hostname === node.name || (hostname !== '' && nameInZone(node, hostname) === node.name)) return
  problems.error('hostname-differs', hostname === '' ? `Cannot use the settings of '${node.name}': they have no hostname` : `Cannot use the settings of '${node.name}': their hostname is '${hostname}'`, {
    range: node.ranges.get('hostname') ?? start(node),
    hint: 'A settings file is named after the hostname in it',
  })
}

function checkZone(node: SettingsNode, problems: Problems, zones: ReadonlySet<string> | undefined): void {
  const range = node.ranges.get('zone_id') ?? start(node)
  if (node.zone === '') problems.error('unknown-zone', `Cannot tell the zone of '${node.name}': zone_id is empty and no zone's id starts the name`, { range })
  else if (zones !== undefined && !zones.has(node.zone)) {
    problems.error('unknown-zone', `Cannot use the settings of '${node.name}': there is no zone '${node.zone}'`, { range, hint: didYouMean(node.zone, zones) ?? `Zones are ${[...zones].join(', ')}` })
  }
}

interface UniqueCheck {
  readonly name: string
  readonly code: string
  readonly what: string
  readonly problems: Problems
}

function checkUnique(nodes: readonly SettingsNode[], { name, code, what, problems }: UniqueCheck): void {
  const owners = new Map<string, SettingsNode>()
  for (const node of nodes) {
    const value = setting(node, name)
    const owner = owners.get(value)
    if (value !== '' && owner !== undefined) {
      const place = owner.ranges.get(name)
      problems.error(code, `Cannot use the ${what} ${value} of '${node.name}': '${owner.name}' has it too`, {
        range: node.ranges.get(name),
        detail: place === undefined ? undefined : `The other one is at ${locationText(place)}`,
      })
    }
    if (!owners.has(value)) owners.set(value, node)
  }
}

function start({ file }: SettingsNode): { readonly file: SettingsNode['file'], readonly start: number, readonly end: number } {
  return { file, start: 0, end: 0 }
}
