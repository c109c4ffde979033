import { didYouMean } from '../../diagnostics/nearest.ts'
import { isFile, shownPath } from '../../yaml/source-store.ts'
import type { InventoryPlugin } from '../inventory-plugin.ts'
import { pluginOf, yamlDocument } from './yaml-document.ts'

/** Plugin `auto`: a YAML file that names the plugin which reads it. */
export function auto(find: (name: string) => InventoryPlugin | undefined, names: () => readonly string[]): InventoryPlugin {
  return {
    accepts: (source) => isFile(source) && /\.ya?ml$/.test(source),
    read(source, context) {
      const node = yamlDocument(source, context)
      const name = pluginOf(node)
      if (node === undefined || name === undefined) return undefined
      const plugin = find(name)
      if (plugin?.configured === true) return plugin.read(source, context)
      context.problems.error('unknown-plugin', `Cannot read ${shownPath(source)}: there is no inventory plugin '${name}'`, {
        range: node.range, hint: didYouMean(name, names()) ?? `Plugins are ${names().join(', ')}`,
      })
      return undefined
    },
  }
}
