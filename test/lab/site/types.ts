/** A site as its file describes it, see README.md for what the keys mean. */
export interface Site {
  readonly name: string
  readonly domain: string
  readonly mgmt_domain: string
  readonly console_id: string
  readonly version: string
  readonly management_network: string
  readonly user_network: string
  readonly region: { readonly id: string; readonly name: string }
  readonly accounts: Accounts
  readonly zones: readonly [old: Zone, new_: Zone]
  readonly shared_rows: Readonly<Record<string, number>>
}

export interface Accounts {
  readonly root_password: string
  readonly sudo_with_password: { readonly user: string; readonly password: string }
  readonly sudo_without_password: { readonly user: string }
}

export type VipKind = 'proxy' | 'dnsmaster' | 'pgpool' | 'webservice' | 'zoocassa' | 'boss'

export interface Zone {
  readonly id: string
  readonly side: 'old' | 'new'
  readonly code: number
  readonly networks: readonly { readonly network: string; readonly router: string }[]
  readonly firstbox: { readonly name: string; readonly address: string }
  readonly vips: Readonly<Partial<Record<VipKind, string>>>
  readonly dns_trusted: readonly string[]
  readonly eip_network: string
  readonly postgresql: PostgresqlSettings
  readonly rows: Readonly<Record<string, number>>
  readonly hosts: readonly Node[]
}

export interface PostgresqlSettings {
  readonly flavour: 'debian' | 'pitrix'
  readonly port: number
  readonly user: string
  readonly password: string
  readonly replication_password: string
}

/** A node of the platform: every host of a zone but its firstbox. */
export interface Node {
  readonly name: string
  readonly address: string
  /** Comma list, as in the settings file. */
  readonly role: string
  /** The physical node that a VM runs on; physical nodes have none. */
  readonly on?: string
  readonly container_mode?: string
  readonly eip?: string
  readonly eip_suffix?: string
}

/** A host of the lab: a node or a firstbox. */
export interface Host {
  readonly name: string
  readonly address: string
  readonly zone: Zone
  readonly roles: readonly string[]
  /** Absent on a firstbox. */
  readonly node?: Node
}
