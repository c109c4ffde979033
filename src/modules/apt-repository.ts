import type { ArgumentsOf } from '../module/argument-spec.ts'
import { defineModule } from '../module/define-module.ts'
import { ModuleFailure, type Change } from '../module/module.ts'
import type { Remote } from '../remote/remote.ts'
import { resolveMode } from './files/mode.ts'
import { realPath } from './files/real-path.ts'
import { changedLists, parseSource, sourceFileName, type SourceList } from './system/apt-sources/source-lists.ts'
import { ppaSource, type PpaSource } from './system/apt-sources/ppa.ts'
import { updateLists } from './system/packages/package-lists.ts'

const args = {
  repo: { type: 'str', required: true, description: 'The source, as a line of sources.list; or `ppa:OWNER/NAME`.' },
  state: { type: 'str', default: 'present', choices: ['absent', 'present'], description: 'Whether it is to be there.' },
  filename: { type: 'str', description: 'Name of the file in sources.list.d, without `.list`; default: made from the address.' },
  mode: { type: 'raw', description: 'Permissions of a file that is made.' },
  codename: { type: 'str', description: 'Distribution for a PPA, if not that of the host.' },
  update_cache: { type: 'bool', default: true, aliases: ['update-cache'], description: 'Fetch package lists after a change.' },
  update_cache_retries: { type: 'int', default: 5, description: 'How often fetching is tried.' },
  update_cache_retry_max_delay: { type: 'int', default: 12, description: 'Greatest number of seconds between tries.' },
  validate_certs: { type: 'bool', default: true, description: 'Whether the certificate of the PPA\'s server must be trusted.' },
  install_python_apt: { type: 'bool', default: true, description: 'Accepted for compatibility: no Python is needed.' },
} as const

/** `ansible.builtin.apt_repository`: package archives of apt as lines of sources.list. */
export const aptRepository = defineModule({
  name: 'apt_repository',
  listsDiffs: true,
  summary: 'Keep an archive of Debian packages in sources.list.d.',
  args,
  examples: [
    { name: 'Another archive', args: { repo: 'deb [signed-by=/etc/apt/keyrings/pgdg.asc] https://apt.postgresql.org/pub/repos/apt bookworm-pgdg main', filename: 'pgdg' } },
    { name: 'Packages of our own', args: { repo: 'deb [trusted=yes] file:/srv/packages ./', filename: 'own' } },
    { name: 'No more', args: { repo: 'deb [trusted=yes] file:/srv/old-packages ./', state: 'absent' } },
  ],
  prepare: async (given): Promise<Given> => {
    if (given.repo === '') throw new ModuleFailure("Please set argument 'repo' to a non-empty value")
    return given
  },
  observe,
  diff: (given, before) => sourcesChange(given, before),
  apply: async (given, change, remote) => {
    const { before, after } = change
    await writeKey(change, remote)
    for (const [index, list] of after.lists.entries()) await writeList(before.lists[index], list, remote)
    if (given.update_cache) await update(given, change, remote)
    return undefined
  },
  result: ({ repo, state }) => ({ repo, state, sources_added: [], sources_removed: [] }),
})

type Given = ArgumentsOf<typeof args>

interface SourcesState {
  readonly lists: readonly SourceList[]
  /** The line that is meant, and the key of a PPA where it is not there yet. */
  readonly source: PpaSource
  readonly hasKey: boolean
}

const PARTS = '/etc/apt/sources.list.d'

async function observe(given: Given, remote: Remote): Promise<SourcesState> {
  const source = given.repo.startsWith('ppa:') ? await ppaSource(given, remote) : { line: parseSource(given.repo) }
  const [main, parts, key] = await Promise.all([remote.readText('/etc/apt/sources.list'), remote.list(PARTS, { depth: 1 }), source.key === undefined ? undefined : remote.stat(source.key.path)])
  const paths = (parts ?? []).map(({ path }) => path).filter((path) => path.endsWith('.list')).sort()
  const own = fileFor(given, source)
  const wanted = paths.includes(own) ? paths : [...paths, own]
  const read = async (path: string): Promise<SourceList> => ({ path, target: await realPath(path, remote), text: await remote.readText(path) ?? null, mode: null })
  const lists = await Promise.all(wanted.map(read))
  return { lists: [{ path: '/etc/apt/sources.list', target: '/etc/apt/sources.list', text: main ?? null, mode: null }, ...lists], source, hasKey: key !== undefined }
}

function fileFor({ filename }: Given, { line }: PpaSource): string {
  const name = filename === undefined ? sourceFileName(line) : `${filename}.list`
  return name.includes('/') ? name : `${PARTS}/${name}`
}

function sourcesChange(given: Given, before: SourcesState): Change<SourcesState> | undefined {
  const { source, lists } = before
  const mode = given.mode === undefined || given.mode === null ? 0o644 : resolveMode(given.mode, 0o644, false)
  const wanted = changedLists(lists, { line: source.line, file: fileFor(given, source), isWanted: given.state === 'present', mode })
  const changed = wanted.filter((list, index) => list.text !== lists[index]?.text)
  const needsKey = given.state === 'present' && source.key !== undefined && !before.hasKey
  if (changed.length === 0 && !needsKey) return undefined
  const textAt = (all: readonly SourceList[], path: string): string | null => all.find((list) => list.path === path)?.text ?? null
  return {
    before,
    after: { ...before, lists: wanted, hasKey: before.hasKey || needsKey },
    diff: changed.map(({ path, text }) => ({
      before: textAt(lists, path) ?? '', after: text ?? '',
      beforeHeader: textAt(lists, path) === null ? '/dev/null' : path, afterHeader: text === null ? '/dev/null' : path,
    })),
    fields: {
      sources_added: changed.filter(({ path }) => textAt(lists, path) === null).map(({ path }) => path),
      sources_removed: changed.filter(({ text }) => text === null).map(({ path }) => path),
    },
  }
}

async function writeKey({ before, after }: Change<SourcesState>, remote: Remote): Promise<void> {
  const { key } = after.source
  if (key === undefined || before.hasKey === after.hasKey) return
  await (after.hasKey ? remote.writeFile(key.path, key.text, { mode: 0o644 }) : remote.remove(key.path))
}

async function writeList(before: SourceList | undefined, { path, target, text, mode }: SourceList, remote: Remote): Promise<void> {
  if (before?.text === text) return
  if (text === null) await remote.remove(path)
  else await remote.writeFile(target, text, before?.text === null ? { mode: mode ?? 0o644 } : {})
}

/** Sources that apt cannot use are taken back. */
async function update({ update_cache_retries: tries, update_cache_retry_max_delay: longest }: Given, { before, after }: Change<SourcesState>, remote: Remote): Promise<void> {
  try {
    await updateLists(remote, { tries, longest })
  } catch (error) {
    if (error instanceof ModuleFailure) for (const [index, list] of before.lists.entries()) await writeList(after.lists[index], list, remote)
    throw error
  }
}
