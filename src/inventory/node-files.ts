import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Inventory } from './inventory.ts'

/** Writes the platform's node file of every group, empty ones too: `nodes=( a b c );`. Returns the names written. */
export async function writeNodeFiles(inventory: Inventory, folder: string): Promise<readonly string[]> {
  await mkdir(folder, { recursive: true })
  const names = [...inventory.groups.keys()].filter((name) => name !== 'ungrouped' && !name.includes('/'))
  await Promise.all(names.map((name) => writeFile(join(folder, name), nodeFile(inventory.hostsOf(name)))))
  return names
}

/** The content of one node file. */
function nodeFile(hosts: readonly string[]): string {
  return `nodes=( ${hosts.map((host) => `${host} `).join('')});\n`
}
