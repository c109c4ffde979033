import { existsSync } from 'node:fs'
import { parseHostPattern } from '../host-address.ts'
import type { InventoryPlugin } from '../inventory-plugin.ts'
import { addHosts, hostTexts } from './host-list.ts'

/** Plugin `advanced_host_list`: as `host_list`, but a range whose ends are neither numbers nor letters is an error. */
export const advancedHostList: InventoryPlugin = {
  accepts: (source) => source.includes(',') && !existsSync(source),
  read(source, context) {
    for (const text of hostTexts(source)) {
      const hosts = parseHostPattern(text)
      if (typeof hosts !== 'string') addHosts(hosts, context)
      else if (/\[[^\]]*:[^\]]+\]/.test(text)) context.problems.error('inventory-entry', `Failed to parse ${source} with advanced_host_list plugin: ${hosts}`)
      else {
        context.problems.warning('inventory-entry', `Unable to parse address from hostname, leaving unchanged: ${text}: ${hosts}`)
        addHosts({ names: [text], port: undefined }, context)
      }
    }
    return []
  },
}
