import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { AnsibleServer } from '../differential/ansible-side.ts'
import type { Sides } from '../differential/compare.ts'
import type { RunRecord } from '../differential/record.ts'
import { runTsplay } from '../differential/tsplay-side.ts'
import { compareResults } from './compare-results.ts'
import { compareStates, type LookedAt } from './compare-states.ts'
import { prepareContent, type ParityContent } from './content.ts'
import type { Difference } from './difference.ts'
import type { TwoHosts } from './hosts.ts'
import type { ParityHost } from './host/parity-host.ts'
import { stateOf } from './state.ts'

export interface Application {
  readonly differences: readonly Difference[]
  readonly first: Sides<RunRecord>
  readonly second: Sides<RunRecord>
  readonly seconds: Sides<number>
}

interface Side {
  readonly host: ParityHost
  readonly run: () => Promise<RunRecord>
}

/** Applies content twice to two fresh hosts, at the same time with each tool, and compares what came of it. */
export async function applyBoth(content: ParityContent, { hosts, ansible: server, fresh }: Pick<TwoHosts, 'hosts' | 'ansible' | 'fresh'>, args: readonly string[]): Promise<Application> {
  await fresh(content.packages)
  const sides: Sides<Side> = { ansible: ansibleSide(content, { host: hosts.ansible, server }, args), tsplay: tsplaySide(content, hosts.tsplay, args) }
  const [ansible, tsplay] = await Promise.all([applySide(sides.ansible), applySide(sides.tsplay)])
  const first = { ansible: ansible.first, tsplay: tsplay.first }
  const second = { ansible: ansible.second, tsplay: tsplay.second }
  return {
    first, second,
    seconds: { ansible: ansible.seconds, tsplay: tsplay.seconds },
    differences: [...compareResults('results', first), ...compareResults('second run', second), ...compareStates({ ansible: ansible.state, tsplay: tsplay.state })],
  }
}

interface Applied {
  readonly first: RunRecord
  readonly second: RunRecord
  readonly state: LookedAt
  readonly seconds: number
}

async function applySide({ host, run }: Side): Promise<Applied> {
  const start = Date.now()
  const first = withoutFolder(await run(), host.folder)
  const second = withoutFolder(await run(), host.folder)
  const seconds = (Date.now() - start) / 1000
  return { first, second, seconds, state: { ...await stateOf(host), pathOf: (path) => host.pathOf(path) } }
}

/** Paths of this machine are each tool's own. */
function withoutFolder(record: RunRecord, folder: string): RunRecord {
  return JSON.parse(JSON.stringify(record).replaceAll(folder, '')) as RunRecord
}

function ansibleSide(content: ParityContent, { host, server }: { readonly host: ParityHost, readonly server: AnsibleServer }, args: readonly string[]): Side {
  const folder = join(host.folder, 'content')
  prepareContent(content, folder, host.folder)
  return {
    host,
    run: () => server.run({ files: new Map(), environment: environmentOf(content) }, folder, argumentsFor(args)),
  }
}

function tsplaySide(content: ParityContent, host: ParityHost, args: readonly string[]): Side {
  const folder = join(host.folder, 'content')
  prepareContent(content, folder, host.folder)
  return {
    host,
    run: async () => {
      rmSync(join(folder, '.tsplay'), { recursive: true, force: true })
      return runTsplay({ files: new Map(), environment: environmentOf(content) }, folder, { args: argumentsFor(args), through: host.through })
    },
  }
}

const argumentsFor = (args: readonly string[]): readonly string[] => ['-i', 'inventory', 'playbook.yml', ...args]

/** Roles are found beside the playbook. */
function environmentOf({ collections }: ParityContent): Record<string, string> {
  return collections === undefined ? {} : { ANSIBLE_COLLECTIONS_PATH: collections }
}
