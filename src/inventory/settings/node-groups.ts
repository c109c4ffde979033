import { setting, type SettingsNode } from './node.ts'

interface GroupFacts {
  /** Management addresses of the time servers. */
  readonly ntpAddresses: ReadonlySet<string>
}

/** Decides whether a node belongs to a group. */
export type GroupRule = (node: SettingsNode, facts: GroupFacts) => boolean

/** The platform's node groups, as `gen_node_list.py` computes them. A role that no rule names makes a group of its own. */
export const NODE_GROUPS: Readonly<Record<string, GroupRule>> = {
  phy: isPhysical,
  vm: isVirtual,
  hyper: isHyper,
  'hyper-local': hyperOf('local'),
  'hyper-pair': hyperOf('pair'),
  'hyper-repl': hyperOf('repl'),
  'hyper-sanc': hyperOf('sanc'),
  vg: isGateway,
  vgateway: isGateway,
  ks: isKs,
  'ks-phy': (node) => isKs(node) && isPhysical(node),
  'ks-vm': (node) => isKs(node) && isVirtual(node),
  'ks-bm': (node) => isKs(node) && setting(node, 'bm_ipmi_network_interface') !== '',
  'non-ks': (node) => !isKs(node),
  'non-vg': (node) => !isGateway(node),
  'non-vg-phy': (node) => !isGateway(node) && isPhysical(node),
  'non-hyper': (node) => !isHyper(node),
  'non-hyper-phy': (node) => !isHyper(node) && isPhysical(node),
  pgserver: hasRole('pgserver', 'pgmaster', 'pgslave'),
  pgmaster: hasRole('pgmaster'),
  pgslave: hasRole('pgslave'),
  pgalone: hasRole('pgalone'),
  dns: hasRole('dnsmaster', 'dnsslave'),
  ntp: isNtp,
  'non-ntp': (node, facts) => !isNtp(node, facts),
  bm: hasRole('bm', 'swctl'),
  ...Object.fromEntries(
    ['seed', 'vbr', 'snapshot', 'proxy', 'dnsmaster', 'dnsslave', 'webservice', 'zookeeper', 'zoocassa', 'pgpool', 'vdi', 'eipctl', 'boss'].map((role) => [role, hasRole(role)]),
  ),
}

function isVirtual(node: SettingsNode): boolean {
  return setting(node, 'physical_host_network_interface') !== ''
}

function isPhysical(node: SettingsNode): boolean {
  return !isVirtual(node)
}

function isHyper(node: SettingsNode): boolean {
  return setting(node, 'feature_hypernode') === 'on'
}

function isGateway(node: SettingsNode): boolean {
  return node.roles.includes('vgateway')
}

function isKs(node: SettingsNode): boolean {
  return !isHyper(node) && !isGateway(node)
}

function isNtp(node: SettingsNode, { ntpAddresses }: GroupFacts): boolean {
  return ntpAddresses.has(setting(node, 'mgmt_network_address'))
}

function hyperOf(mode: string): GroupRule {
  return (node) => isHyper(node) && setting(node, 'container_mode') === mode
}

function hasRole(...wanted: readonly string[]): GroupRule {
  return ({ roles }) => roles.some((role) => wanted.includes(role))
}
