import { contentProbe } from '../../remote/file-probes.ts'
import type { Remote } from '../../remote/remote.ts'
import type { Effects } from '../../remote/write.ts'

export const deliveryArguments = {
  hosts: { type: 'list', elements: 'str', required: true, description: 'Hosts of the inventory.' },
  from: { type: 'path', required: true, description: 'Folder of this host whose files they get.' },
  suffix: { type: 'str', default: '', description: 'Only files whose names end so, and by their names without it.' },
  to: { type: 'path', required: true, description: 'Folder there.' },
} as const

/** Files that a command brings from a folder of this host to one of others. */
export interface Delivery {
  readonly remotes: readonly Remote[]
  readonly from: string
  readonly suffix: string
  readonly to: string
}

/** The receivers' files were changed behind the back of their conversations, which are told what is in them now. */
export async function tellReceivers({ remotes, from, suffix, to }: Delivery, remote: Remote): Promise<void> {
  const names = (await remote.list(from, { depth: 1 }) ?? []).map(({ path }) => path.slice(path.lastIndexOf('/') + 1)).filter((name) => name.endsWith(suffix))
  const files = await Promise.all(names.map(async (name) => ({ path: `${to}/${name.slice(0, name.length - suffix.length)}`, content: await remote.readFile(`${from}/${name}`) })))
  const effects: Effects = {
    keys: files.flatMap(({ path }) => [`content:${path}`, `sha256:${path}`]),
    predictions: files.map(({ path, content }) => ({ probe: contentProbe(path), answer: content })),
  }
  await Promise.all(remotes.map((receiver) => receiver.write({ summary: `Receive ${to}`, command: { script: ':' }, effects })))
}
