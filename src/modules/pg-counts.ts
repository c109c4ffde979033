import { defineModule } from '../module/define-module.ts'
import type { Change } from '../module/module.ts'
import type { Remote } from '../remote/remote.ts'
import { countTables, type DatabaseCounts } from './postgresql/count-tables.ts'
import { loginOf, LOGIN_ARGUMENTS, type Login } from './postgresql/login.ts'

interface Wanted {
  readonly logins: readonly Login[]
  readonly dest: string
}

interface State {
  readonly text: string | undefined
  readonly counts: DatabaseCounts
}

/** `pg_counts`: a file tells how many rows every table has. tsplay's own. */
export const pgCounts = defineModule({
  name: 'pg_counts',
  summary: 'Write the number of rows of every table of some databases to a JSON file on the host.',
  args: {
    ...LOGIN_ARGUMENTS,
    databases: { type: 'list', elements: 'str', required: true, description: 'Databases to count.' },
    dest: { type: 'path', required: true, aliases: ['path'], description: 'The file.' },
  },
  examples: [{ name: 'Remember what there was', args: { databases: ['account', 'zone'], dest: '/backup/counts.json' } }],
  prepare: async (args): Promise<Wanted> => ({ logins: args.databases.map((database) => loginOf(args, database)), dest: args.dest }),
  observe: async ({ logins, dest }, remote): Promise<State> => {
    const [text, counts] = await Promise.all([remote.readText(dest), countTables(remote, logins)])
    return { text, counts }
  },
  diff: (_, before): Change<State> | undefined => {
    const text = `${JSON.stringify(before.counts, null, 2)}\n`
    return text === before.text ? undefined : { before, after: { ...before, text }, diff: [{ before: before.text ?? '', after: text }] }
  },
  apply: async ({ dest }, { after }, remote) => {
    if (after.text === undefined) await remote.remove(dest)
    else await write(dest, after.text, remote)
    return undefined
  },
  result: (_, { counts }) => ({ counts }),
})

async function write(dest: string, text: string, remote: Remote): Promise<void> {
  const folder = dest.slice(0, dest.lastIndexOf('/'))
  if (await remote.stat(folder) === undefined) await remote.makeDirectory(folder, { mode: 0o700 })
  await remote.writeFile(dest, text, { mode: 0o600 })
}
