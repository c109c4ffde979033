import { existsSync } from 'node:fs'
import { parseHostPattern } from '../host-address.ts'
import type { InventoryPlugin } from '../inventory-plugin.ts'
import type { SourceContext } from '../source-context.ts'

/** Plugin `host_list`: `a,b[1:3],c:2222` on the command line. Names that are no addresses or ranges are taken as they are. */
export const hostList: InventoryPlugin = {
  accepts: (source) => source.includes(',') && !existsSync(source),
  read(source, context) {
    for (const text of hostTexts(source)) {
      const hosts = parseHostPattern(text)
      addHosts(typeof hosts === 'string' ? { names: [text], port: undefined } : hosts, context)
    }
    return []
  },
}

/** The names in a list of hosts. */
export function hostTexts(source: string): string[] {
  return source.split(',').map((text) => text.trim()).filter((text) => text !== '')
}

/** Adds hosts that are not there yet. */
export function addHosts({ names, port }: { readonly names: readonly string[], readonly port: number | undefined }, { store }: SourceContext): void {
  for (const name of names) if (!store.hosts.has(name)) store.addHost(name, [], new Map(port === undefined ? [] : [['ansible_port', port]]))
}
