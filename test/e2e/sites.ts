interface NodeNames { readonly name: string, readonly host: string }

/** What the tests need to know of a site besides what its lab says. */
export interface Site {
  readonly name: string
  readonly inventory: string
  /** Hosts of the old master, the region's primary and the new zone's primary, by lab name. */
  readonly oldMaster: string
  readonly primary: string
  readonly newPrimary: string
  /** The dnsmasters of the old zone: by their names after the merge, and in the lab. */
  readonly dnsmasters: readonly [NodeNames, ...NodeNames[]]
}

export const DEVOPS: Site = {
  name: 'devops', inventory: 'inventory/',
  oldMaster: 'devops1ar01n01', primary: 'devops1ar01n02', newPrimary: 'devops2ar01n01',
  dnsmasters: [{ name: 'devops1a-dnsmaster0', host: 'dnsmaster0' }, { name: 'devops1a-dnsmaster1', host: 'dnsmaster1' }],
}

export const SMALL: Site = {
  name: 'small', inventory: 'test/e2e/inventory-small/',
  oldMaster: 'pek3ar01n01', primary: 'pek3ar01n02', newPrimary: 'sh1br01n01',
  dnsmasters: [{ name: 'pek3a-proxy0', host: 'proxy0' }],
}

export const PLAYBOOK = 'playbooks/region-merge.yml'
