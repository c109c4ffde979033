import type { SourceFile, SourceRange } from '../../diagnostics/types.ts'

/** One node of the platform, as its settings file describes it. */
export interface SettingsNode {
  /** Name of the host: that of its settings file. */
  readonly name: string
  readonly file: SourceFile
  readonly values: ReadonlyMap<string, string>
  /** Where each value stands. */
  readonly ranges: ReadonlyMap<string, SourceRange>
  readonly roles: readonly string[]
  /** From `zone_id` or, when that is empty, the zone whose id the name starts with; empty when none fits. */
  readonly zone: string
}

/** A setting's value, empty when it is not there. */
export function setting(node: SettingsNode, name: string): string {
  return node.values.get(name) ?? ''
}

/** A virtual node's name with the prefix of its zone, as all have it in a region. */
export function nameInZone(node: SettingsNode, name: string): string {
  const prefixed = node.zone === '' || setting(node, 'physical_host_network_interface') === '' || name.startsWith(`${node.zone}-`)
  return prefixed ? name : `${node.zone}-${name}`
}
