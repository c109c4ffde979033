import { createHash } from 'node:crypto'
import { defineModule } from '../module/define-module.ts'
import type { Change } from '../module/module.ts'
import type { FileEntry } from '../remote/files.ts'
import type { Remote } from '../remote/remote.ts'
import { deliveryArguments, tellReceivers, type Delivery } from './derive/delivery.ts'

interface Wanted {
  readonly name: string
  readonly inputs: readonly string[]
  readonly key: string
  readonly cmd: readonly string[]
  readonly affects: readonly string[]
  readonly chdir: string | undefined
  readonly timeout: number | undefined
  readonly stamp_dir: string
  readonly delivers: readonly Delivery[]
}

interface State {
  /** Of the inputs when the commands last succeeded, and now. */
  readonly stamp: string | undefined
  readonly inputs: string
}

/** `derive`: what is made from files by a command is up to date with them. tsplay's own. */
export const derive = defineModule({
  name: 'derive',
  summary: 'Run commands when the content of their inputs differs from what it was when they last succeeded.',
  args: {
    name: { type: 'str', required: true, description: 'What is derived; names the stamp that remembers the inputs, so tasks with the same name share it.' },
    inputs: { type: 'list', elements: 'path', default: [], description: 'Files and folders that the result is made from.' },
    key: { type: 'str', default: '', description: 'Anything else that the result depends on.' },
    cmd: { type: 'raw', required: true, description: 'A command line, or a list of them, for sh; the first that fails ends the task.' },
    affects: { type: 'list', elements: 'path', default: [], description: 'Paths of the host that the commands may change, with everything below them.' },
    delivers: { type: 'list', elements: 'dict', default: [], options: deliveryArguments, description: 'Files that the commands bring to other hosts.' },
    chdir: { type: 'path', description: 'Folder to run in.' },
    timeout: { type: 'int', description: 'Seconds after which a command is given up.' },
    stamp_dir: { type: 'path', default: '/var/lib/tsplay/derived', description: 'Folder of the stamps on the host.' },
  },
  examples: [{ name: 'Node lists', args: { name: 'node-lists', inputs: ['/pitrix/conf/settings'], cmd: '/pitrix/bin/gen_node_list.py', affects: ['/pitrix/conf/nodes'] } }],
  prepare: async (args, controller): Promise<Wanted> => {
    const delivers = await Promise.all(args.delivers.map(async ({ hosts, from, suffix, to }) => {
      const remotes = await Promise.all(hosts.map((host) => controller.remote(host)))
      return { from, suffix, to, remotes }
    }))
    return { ...args, cmd: Array.isArray(args.cmd) ? args.cmd.map(String) : [String(args.cmd)], delivers }
  },
  observe: async (wanted, remote): Promise<State> => {
    const [stamp, inputs] = await Promise.all([remote.readText(stampPath(wanted)), fingerprint(wanted, remote)])
    return { stamp: stamp?.trim(), inputs }
  },
  diff: ({ name, cmd }, before): Change<State> | undefined => {
    if (before.stamp === before.inputs) return undefined
    return { before, after: { ...before, stamp: before.inputs }, diff: [{ before: '', after: cmd.map((line) => `${line}\n`).join(''), afterHeader: `to derive ${name}` }] }
  },
  apply: async (wanted, { after }, remote) => {
    const outputs = []
    for (const line of wanted.cmd) outputs.push((await run(line, wanted, remote)).stdout.toString('utf8'))
    for (const delivery of wanted.delivers) await tellReceivers(delivery, remote)
    await saveStamp(wanted, after.inputs, remote)
    return { stdout: outputs.join('') }
  },
  reachesOthers: true,
  undo: { impossible: 'Only the command knows what it made' },
})

const stampPath = ({ stamp_dir: folder, name }: Wanted): string => `${folder}/${name}`

function run(line: string, { name, affects, chdir, timeout }: Wanted, remote: Remote): ReturnType<Remote['write']> {
  const command = { script: line, ...(chdir === undefined ? {} : { directory: chdir }), ...(timeout === undefined ? {} : { timeout }) }
  return remote.write({ summary: `Derive ${name}: ${line}`, command, effects: { paths: affects } })
}

async function saveStamp(wanted: Wanted, inputs: string, remote: Remote): Promise<void> {
  if (await remote.stat(wanted.stamp_dir) === undefined) await remote.makeDirectory(wanted.stamp_dir)
  await remote.writeFile(stampPath(wanted), `${inputs}\n`)
}

/** Names, kinds and contents of all inputs; times and owners do not count. */
async function fingerprint({ inputs, key, cmd }: Wanted, remote: Remote): Promise<string> {
  const parts = await Promise.all(inputs.map((path) => describeInput(path, remote)))
  return createHash('sha256').update(JSON.stringify([key, cmd, parts])).digest('hex')
}

async function describeInput(path: string, remote: Remote): Promise<unknown> {
  const stat = await remote.stat(path)
  if (stat?.type !== 'directory') return [path, await remote.sha256(path)]
  const entries = [...await remote.list(path) ?? []].sort((a, b) => (a.path < b.path ? -1 : 1))
  return [path, await Promise.all(entries.map((entry) => describeEntry(entry, remote)))]
}

async function describeEntry({ path, type, target }: FileEntry, remote: Remote): Promise<unknown> {
  return [path, type, target, type === 'file' ? await remote.sha256(path) : undefined]
}
