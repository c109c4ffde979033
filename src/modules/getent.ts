import { defineAction } from '../module/define-module.ts'
import { ModuleFailure } from '../module/module.ts'
import type { ExecResult } from '../remote/exec.ts'
import type { Remote } from '../remote/remote.ts'
import { quoteAll } from '../text/shell-quote.ts'
import type { Json, JsonObject } from '../value/value.ts'

/** `ansible.builtin.getent`: entries of the host's name services, as facts. */
export const getent = defineAction({
  name: 'getent',
  summary: 'Read entries of passwd, group, hosts and the like.',
  where: 'host',
  check: 'run',
  args: {
    database: { type: 'str', required: true, description: 'Name of the database.' },
    key: { type: 'str', default: '', description: 'One entry; all when empty.' },
    service: { type: 'str', description: 'Only this service of nsswitch.conf.' },
    split: { type: 'str', description: 'What separates fields; `:` for passwd, shadow, group and gshadow, else blanks.' },
    fail_key: { type: 'bool', default: true, description: 'Whether a key that is not there fails.' },
  },
  examples: [{ name: 'Where the web server lives', args: { database: 'passwd', key: 'www-data' } }],
  observe: ask,
  run: async (args, { remote }) => {
    const { database, key, fail_key: failKey } = args
    const { status, stdout } = await ask(args, remote)
    const name = `getent_${database}`
    if (status === 1) throw new ModuleFailure('The host has no such database')
    if (status === 3) throw new ModuleFailure('This database cannot be listed: give a key')
    if (status === 2 && failKey) throw new ModuleFailure(`There is no '${key}' in the database`)
    const facts: JsonObject = { [name]: status === 2 ? { [key]: null } : entries(stdout.toString('utf8'), args.split ?? separatorOf(database)) }
    return { changed: false, effects: [{ kind: 'facts', facts }], ...status === 2 && { msg: 'One or more supplied key could not be found in the database.' }, fields: { ansible_facts: facts } }
  },
})

interface Question {
  readonly database: string
  readonly key: string
  readonly service: string | undefined
}

function ask({ database, key, service }: Question, remote: Remote): Promise<ExecResult> {
  const words = [database, ...key === '' ? [] : [key], ...service === undefined ? [] : ['-s', service]]
  return remote.read({
    kind: 'script',
    key: `getent:${words.join(' ')}`,
    script: `getent ${quoteAll(words)}`,
    parse: (result) => result,
    readsPaths: [`/etc/${database}`, '/etc/nsswitch.conf'],
  })
}

function separatorOf(database: string): string | undefined {
  return ['passwd', 'shadow', 'group', 'gshadow'].includes(database) ? ':' : undefined
}

// A key that is there several times has a list of its entries.
function entries(text: string, separator: string | undefined): JsonObject {
  const found: Record<string, Json> = {}
  const repeated = new Set<string>()
  for (const line of text.split('\n').filter((one) => one !== '')) {
    const [key = '', ...fields] = separator === undefined ? line.trim().split(/\s+/) : line.split(separator)
    const before = found[key]
    if (before === undefined) found[key] = fields
    else found[key] = repeated.has(key) ? [...before as readonly Json[], fields] : [before, fields]
    if (before !== undefined) repeated.add(key)
  }
  return found
}
