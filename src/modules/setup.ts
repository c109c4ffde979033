import { defineAction } from '../module/define-module.ts'
import type { Remote } from '../remote/remote.ts'
import type { JsonObject } from '../value/value.ts'
import { matchesGlob } from './system/glob-match.ts'
import type { Collector } from './setup/collectors.ts'
import { localWarnings } from './setup/local.ts'
import { parseRawFacts, type RawFacts } from './setup/raw-facts.ts'
import { factsScript } from './setup/script.ts'
import { chosenCollectors } from './setup/subset.ts'

/** `ansible.builtin.setup`: facts about the host, in one round trip. */
export const setup = defineAction({
  name: 'setup',
  asksInEnvironment: true,
  summary: 'Gather facts about the host.',
  where: 'host',
  check: 'run',
  args: {
    gather_subset: { type: 'list', elements: 'str', default: ['all'], description: 'Which facts: `all`, `min`, `hardware`, `network`, `virtual` or single ones; `!` takes away.' },
    filter: { type: 'list', elements: 'str', default: [], description: 'Glob patterns of names to return, with or without `ansible_`.' },
    gather_timeout: { type: 'int', default: 10, description: 'Accepted for compatibility: nothing here waits, save 3 seconds for a file server that is gone.' },
    fact_path: { type: 'path', default: '/etc/ansible/facts.d', description: 'Folder of local facts (`*.fact`).' },
  },
  examples: [
    { name: 'All facts', args: {} },
    { name: 'Only what distribution it is', args: { gather_subset: ['min'], filter: ['distribution*'] } },
  ],
  observe: async ({ gather_subset: subset, fact_path: factPath }, remote) => read(chosenCollectors(subset), factPath, remote),
  run: async ({ gather_subset: subset, filter, fact_path: factPath }, { remote }) => {
    const collectors = chosenCollectors(subset)
    const raw = await read(collectors, factPath, remote)
    const found = Object.assign({}, ...collectors.map(({ gather }) => gather(raw))) as JsonObject
    const all = filter.every((pattern) => pattern === '')
    const facts = { ...prefixed(found, filter), ...all && { gather_subset: subset, module_setup: true } }
    const warnings = localWarnings(raw)
    return { changed: false, effects: [{ kind: 'facts', facts, cacheable: true }], fields: { ansible_facts: facts, ...warnings.length > 0 && { warnings } } }
  },
})

async function read(collectors: readonly Collector[], factPath: string, remote: Remote): Promise<RawFacts> {
  const wants = (name: string): boolean => collectors.some((collector) => collector.name === name)
  const options = { hardware: wants('hardware'), network: wants('network'), virtual: wants('virtual'), local: wants('local'), systemd: wants('systemd'), factPath }
  return remote.read({
    kind: 'script',
    key: `facts:${Object.entries(options).filter(([, value]) => value !== false).map(([name, value]) => value === true ? name : value).join(':')}`,
    script: factsScript(options),
    ...options.local && { readsPaths: [factPath] },
    parse: ({ stdout }) => parseRawFacts(stdout.toString('utf8')),
  })
}

function prefixed(facts: JsonObject, filter: readonly string[]): JsonObject {
  const patterns = filter.filter((pattern) => pattern !== '').map((pattern) => pattern.startsWith('ansible_') ? pattern : `ansible_${pattern}`)
  const entries = Object.entries(facts).map(([name, value]) => [`ansible_${name}`, value] as const)
  return Object.fromEntries(entries.filter(([name]) => patterns.length === 0 || patterns.some((pattern) => matchesGlob(name, pattern))))
}
